import { type Actor, type Authenticate, readerOf, subjectOf } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Agencies, isAgencyToken } from '../../agencies/agencies.ts';
import { actorOf, actorUntil, bearerOf } from '../../authenticate.ts';
import type { Places } from '../../followers/change-cursors.ts';
import type { ChangeFollower } from '../../followers/changes.ts';
import { whenClosed } from '../../http/when-closed.ts';
import { admitToChanges, streamToAgency, toldOf, watchOver } from './agencies.ts';
import { changesDescription } from './openapi.ts';
import { poll, pollText } from './poll.ts';
import { type Question, questionOf } from './question.ts';
import { ChangeStreams, placesNow } from './streams.ts';

export interface Changes {
  /** Something may have happened just now. */
  nudge(): void;
  /** Ends all streams, each after what it is told at this moment. */
  end(): void;
}

/** Streams, and polls that wait, of one actor at the same time; the public is many. */
const ofOne = 20;
const ofThePublic = 2_000;
const retryAfterSeconds = 10;
/**
 * A poll that was told nothing gets the cursor that it sent for so long, and a newer one afterwards, whatever happened meanwhile that it
 * may not know of.
 */
const freshMs = 60_000;
const eventStream = 'text/event-stream; charset=utf-8';

/** Serves `GET /changes`: what the actor may see changing, as it changes. Errors are thrown to the app's handler. */
export function registerChanges(
  app: FastifyInstance,
  given: {
    readonly follower: ChangeFollower;
    /** Types that are told of. */
    readonly types: ReadonlySet<string>;
    readonly authenticate: Authenticate;
    readonly agencies: Pick<Agencies, 'follow'>;
    readonly heartbeatMs?: number;
  },
): Changes {
  const { follower, types, authenticate, agencies, heartbeatMs = 15_000 } = given;
  const streams = new ChangeStreams(follower, heartbeatMs);
  const open = new Map<string, number>();
  /** Polls, and streams of agencies, that are on their way. */
  const ending = new Set<AbortController>();
  const end = () => {
    streams.stop();
    for (const one of ending) one.abort();
    follower.stop();
  };
  app.addHook('preClose', async () => end());

  /** Counts one more of an actor's, until it is over. A receipt is somebody of the public: anybody can send any. */
  const admit = (actor: Actor, reply: FastifyReply): (() => void) => {
    const isPublic = actor.kind === 'PUBLIC';
    const limits = [
      ...(isPublic ? [['public', ofThePublic] as const] : [[subjectOf(actor), ofOne] as const]),
      ...(isPublic && actor.receipt !== undefined ? [[`receipt ${actor.receipt}`, ofOne] as const] : []),
    ];
    for (const [name, maximum] of limits)
      if ((open.get(name) ?? 0) >= maximum) {
        reply.header('retry-after', retryAfterSeconds);
        throw new HubError('TOO_MANY_STREAMS', { maximum });
      }
    const add = (by: number) => {
      for (const [name] of limits) {
        const count = (open.get(name) ?? 0) + by;
        if (count > 0) open.set(name, count);
        else open.delete(name);
      }
    };
    add(1);
    return () => add(-1);
  };

  /** From where on it is told, and the cursor that says so where it needs no newer one. */
  const placesOf = ({ after, field }: Question): { places: Places; fresh: string | undefined } => {
    if (after === undefined) return { places: placesNow(follower), fresh: undefined };
    const { places, writtenAt } = follower.cursors.read(after, follower.sources.keys(), field);
    for (const [name, source] of follower.sources)
      if (source.isLost(places.get(name))) throw new HubError('CURSOR_NOT_RESTORED', { field });
    // Beyond all that ever was: not a cursor of this hub.
    for (const [name, { tail, isFailing }] of follower.sources)
      if (!isFailing && tail !== undefined && Number(places.get(name)) > tail)
        throw new HubError('BAD_USER_INPUT', { field });
    return { places, fresh: Date.now() - writtenAt < freshMs ? after : undefined };
  };

  const admitAgency = (request: FastifyRequest, question: Question) =>
    admitToChanges(agencies, bearerOf(request) ?? '', { request, question, types });

  app.route({
    method: ['GET', 'HEAD'],
    url: '/changes',
    config: { openapi: changesDescription },
    onRequest: async (request) => {
      const token = bearerOf(request);
      // An agency's token is good once: it is looked at when it is known what for.
      if (token === undefined || !isAgencyToken(token)) request.actor = await actorOf(request, authenticate);
    },
    handler: async (request, reply) => {
      const question = questionOf(request, types);
      const agency = request.actor === undefined ? await admitAgency(request, question) : undefined;
      if (agency) request.actor = agency.following.actor;
      const reader = agency?.reader ?? readerOf(request.actor);
      const wanted = agency?.wanted ?? question.wanted;
      const until = actorUntil(request);
      reply.headers({ 'cache-control': 'no-store' });
      // The head of a stream takes no place of one.
      if (request.method === 'HEAD')
        return reply.type(question.wait === undefined ? eventStream : 'application/json; charset=utf-8').send();
      // Left while it was admitted: nothing would tell that its place is free.
      if (reply.raw.destroyed) return reply;
      whenClosed(reply.raw, admit(request.actor, reply));
      if (request.actor.kind === 'PUBLIC' && request.visitor) whenClosed(reply.raw, request.visitor.openStream());
      await follower.refresh();
      const { wait } = question;
      const { places, fresh } = placesOf(question);
      const over = new AbortController();
      if (wait !== undefined || agency) {
        ending.add(over);
        whenClosed(reply.raw, () => {
          ending.delete(over);
          over.abort();
        });
      }
      if (wait !== undefined) {
        const end = Math.min(until, Date.now() + wait * 1000);
        const watching = agency && watchOver(agency.following, () => over.abort());
        const polled = await poll(follower, { reader, wanted, places, until: end, over: over.signal, fresh }).finally(
          () => watching?.stop(),
        );
        if (agency && polled.events.length > 0) await agency.following.tell(toldOf(polled.events));
        else await agency?.following.recheck();
        return reply.type('application/json; charset=utf-8').send(pollText(polled));
      }
      // Before it begins: a browser that is refused by its status doesn't come back again and again.
      await Promise.all([...places].map(([name, place]) => follower.sources.get(name)?.assertKept(place)));
      if (reply.raw.destroyed) return reply;
      reply.hijack();
      reply.raw.on('error', () => undefined);
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': eventStream,
        // nginx would gather it.
        'x-accel-buffering': 'no',
      });
      const { raw } = reply;
      if (agency) void streamToAgency(follower, { ...agency, raw, places, until, heartbeatMs, over: over.signal });
      else streams.open({ raw, reader, wanted, places, until });
      return reply;
    },
  });
  return { nudge: () => follower.nudge(), end };
}
