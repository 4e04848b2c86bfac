import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Reader, readerOf } from '@hub/access';
import { type ErrorCode, errorKinds, HubError, isErrorCode } from '@hub/errors';
import type { FastifyRequest } from 'fastify';
import { type Agencies, type AgencyFollowing, RefusedRead } from '../../agencies/agencies.ts';
import type { Told } from '../../agencies/answer.ts';
import type { Places } from '../../followers/change-cursors.ts';
import type { ChangeFollower } from '../../followers/changes.ts';
import type { Question } from './question.ts';
import { beatsOfACursor, endFrame, frameOf, placeFrame, silence } from './streams.ts';
import { type Event, type Wanted, Watch } from './watch.ts';

/** How often it is looked whether an agency may be told more: with the half second that an answer is good for, within one. */
const recheckMs = 400;
/** Changes of one entry in the log. */
const atOnce = 200;

/** An agency's question with what its agreement makes of it. */
export interface AgencyQuestion {
  readonly following: AgencyFollowing;
  readonly reader: Reader;
  readonly wanted: Wanted;
}

/** Admits an agency to the changes of those types whose ids its agreement shares. */
export async function admitToChanges(
  agencies: Pick<Agencies, 'follow'>,
  token: string,
  given: { readonly request: FastifyRequest; readonly question: Question; readonly types: ReadonlySet<string> },
): Promise<AgencyQuestion> {
  const { request, question, types } = given;
  const { wanted } = question;
  const following = await agencies.follow(token, {
    operation: 'GET /changes',
    fields: (mayRead) => {
      const asked = [...(wanted.types ?? types)].map(idOf);
      const shared = asked.filter(mayRead);
      // Without any it is refused by what there would be.
      return wanted.types || shared.length === 0 ? asked : shared;
    },
    filters:
      wanted.types || wanted.committees
        ? JSON.stringify({ types: [...(wanted.types ?? [])], committees: [...(wanted.committees ?? [])] }).slice(
            0,
            4_000,
          )
        : null,
    address: request.ip,
    requestId: request.id,
  });
  const shared = new Set(following.fields);
  return {
    following,
    reader: readerOf(following.actor),
    wanted: { ...wanted, types: new Set([...types].filter((type) => shared.has(idOf(type)))) },
  };
}

const idOf = (type: string): string => `${type}.id`;

/** Of changes: how many records, and which members. */
export const toldOf = (events: readonly Event[]): Told => ({
  rows: events.length,
  subjects: [...new Set(events.filter(({ type }) => type === 'Member').map(({ id }) => id))],
});

/** Looks again and again whether an agency may be told more, until it may not or it is over. */
export function watchOver({ recheck }: AgencyFollowing, ended: (error: unknown) => void): { stop(): void } {
  const timer = setInterval(() => void recheck().catch(ended), recheckMs);
  return { stop: () => clearInterval(timer) };
}

/** Streams changes to an agency at its own pace: each batch stands in the log before any of it is written. */
export async function streamToAgency(
  follower: ChangeFollower,
  given: AgencyQuestion & {
    readonly raw: ServerResponse;
    readonly places: Places;
    readonly until: number;
    readonly heartbeatMs: number;
    readonly over: AbortSignal;
  },
): Promise<void> {
  const { following, reader, wanted, raw, places, until, heartbeatMs, over } = given;
  let wake: () => void = () => undefined;
  let woken = Promise.resolve();
  const sleep = () => {
    woken = new Promise((resolve) => {
      wake = resolve;
    });
  };
  sleep();
  const stop = new AbortController();
  const end = (code?: ErrorCode) => {
    if (!stop.signal.aborted) stop.abort(code);
    wake();
  };
  const onOver = () => end();
  over.addEventListener('abort', onOver);
  const listening = follower.listen({ told: () => wake(), reset: () => end('CURSOR_NOT_RESTORED') });
  const checking = watchOver(following, (error) => end(codeOf(error)));
  const expiry = setTimeout(() => end('UNAUTHENTICATED'), Math.max(0, until - Date.now()));
  let isSilent = false;
  const beating = setInterval(() => {
    isSilent = true;
    wake();
  }, heartbeatMs);
  try {
    const watch = new Watch({ follower, reader, wanted, places, wake: () => wake() });
    let beats = 0;
    const write = async (text: string) => {
      isSilent = false;
      beating.refresh();
      if (!raw.write(text)) await once(raw, 'drain', { signal: stop.signal });
    };
    await write(placeFrame('ready', watch.cursor));
    while (!stop.signal.aborted) {
      const taken = watch.take(atOnce);
      if (taken === 'LOST') throw new HubError('CURSOR_NOT_RESTORED', { field: 'after' });
      if (typeof taken !== 'string') {
        if (taken.length === 0) continue;
        await tellInTime(following, taken, stop.signal);
        if (stop.signal.aborted) break;
        await write(taken.map((event) => frameOf(event)).join(''));
        continue;
      }
      if (isSilent) {
        beats += 1;
        await write(beats % beatsOfACursor === 0 ? placeFrame('cursor', watch.cursor) : silence);
      }
      await woken;
      sleep();
    }
  } catch (error) {
    end(codeOf(error));
  } finally {
    clearInterval(beating);
    clearTimeout(expiry);
    checking.stop();
    listening.stop();
    over.removeEventListener('abort', onOver);
    const code = stop.signal.reason;
    if (raw.writableNeedDrain) raw.destroy();
    else raw.end(isErrorCode(code) ? endFrame(code) : undefined);
  }
}

/** Logs a batch; one that would be one too many in its minute waits for the next. */
async function tellInTime(following: AgencyFollowing, events: readonly Event[], signal: AbortSignal): Promise<void> {
  for (;;)
    try {
      return await following.tell(toldOf(events));
    } catch (error) {
      if (!(error instanceof RefusedRead) || error.extensions['code'] !== 'TOO_MANY_REQUESTS') throw error;
      await delay((error.retryAfter ?? 1) * 1000, undefined, { signal });
    }
}

/** Why it is over, where it is the agency that has to do something before it comes back. */
function codeOf(error: unknown): ErrorCode | undefined {
  const code = error instanceof HubError ? error.extensions['code'] : undefined;
  return isErrorCode(code) && errorKinds[code].status < 500 ? code : undefined;
}
