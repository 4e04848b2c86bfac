import { randomUUID } from 'node:crypto';
import { type Reader, readerOf } from '@hub/access';
import { HubError } from '@hub/errors';
import { type Agencies, type AgencyFollowing, RefusedRead } from '../agencies/agencies.ts';
import { toldOf } from '../faces/changes/agencies.ts';
import { type Event, type Wanted, Watch } from '../faces/changes/watch.ts';
import type { Places } from '../followers/change-cursors.ts';
import { isTooOld } from '../followers/change-source.ts';
import type { ChangeFollower } from '../followers/changes.ts';

/** A webhook for which this gateway makes messages. */
export interface ClaimedWebhook {
  readonly id: string;
  readonly url: string;
  readonly agency: string;
  readonly agreement: string;
  readonly version: number;
  readonly types: readonly string[] | null;
  readonly cursor: string | null;
  /** Milliseconds since 1970. */
  readonly started: string;
}

/** What is kept of what was gathered: a cursor, and a message where there was something to tell. */
export interface Gathered {
  readonly webhook: string;
  readonly version: number;
  readonly from: string | null;
  readonly cursor: string;
  readonly message: {
    readonly id: string;
    readonly after: string;
    readonly changes: number;
    readonly body: string;
  } | null;
}

/** Why a webhook can't be told on from its cursor. */
export type Halt = 'CURSOR_TOO_OLD' | 'CURSOR_UNKNOWN';

/** Changes of one message. */
const mostChanges = 100;
/** How often a cursor is kept that only passed over what others changed. */
const keepMs = 30_000;
/** How long one is let be that may not be told now, where it isn't said until when. */
const refusedMs = 5_000;

interface Following {
  readonly version: number;
  readonly following: AgencyFollowing;
  readonly watch: Watch;
  /** As it stands in the queue. */
  from: string | null;
  /** Where the next message begins. */
  after: string;
  /** The places that it was kept at. */
  passed: string;
  /** Read, and in no message yet. */
  waiting: readonly Event[];
  keptAt: number;
}

/** Makes messages of what webhooks' agencies may know, each batch in the access log before it is kept. */
export class Gatherer {
  readonly #follower: ChangeFollower;
  readonly #agencies: Pick<Agencies, 'followWebhook'>;
  readonly #types: ReadonlySet<string>;
  readonly #gatherMs: number;
  readonly #keep: (gathered: Gathered) => Promise<boolean>;
  readonly #halt: (webhook: string, reason: Halt) => Promise<unknown>;
  readonly #wake: () => void;
  readonly #followed = new Map<string, Following>();
  /** Until when those are let be that were told just now, or may not be. */
  readonly #restsUntil = new Map<string, number>();

  /**
   * @param keep keeps it unless another gateway did, or it may be told no more
   * @param halt stops a webhook whose cursor is of no use here
   * @param wake there may be more to gather
   */
  constructor(given: {
    follower: ChangeFollower;
    agencies: Pick<Agencies, 'followWebhook'>;
    types: ReadonlySet<string>;
    gatherMs: number;
    keep: (gathered: Gathered) => Promise<boolean>;
    halt: (webhook: string, reason: Halt) => Promise<unknown>;
    wake: () => void;
  }) {
    this.#follower = given.follower;
    this.#agencies = given.agencies;
    this.#types = given.types;
    this.#gatherMs = given.gatherMs;
    this.#keep = given.keep;
    this.#halt = given.halt;
    this.#wake = given.wake;
  }

  /** Forgets all but these: what others do with a webhook meanwhile isn't known here. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.#followed.keys()) if (!ids.has(id)) this.#followed.delete(id);
    for (const [id, until] of this.#restsUntil) if (until <= Date.now()) this.#restsUntil.delete(id);
  }

  /** A source began anew: no place in it is what it was. */
  reset(): void {
    this.#followed.clear();
  }

  /** Makes at most one message. @returns whether it made one */
  async gather(hook: ClaimedWebhook): Promise<boolean> {
    const { id } = hook;
    if ((this.#restsUntil.get(id) ?? 0) > Date.now()) return false;
    try {
      const one = await this.#following(hook);
      return one !== null && (await this.#gatherFor(hook, one));
    } catch (error) {
      this.#followed.delete(id);
      if (isTooOld(error)) await this.#halt(id, 'CURSOR_TOO_OLD');
      const wait = error instanceof RefusedRead ? error.retryAfter : null;
      this.#restsUntil.set(id, Date.now() + (wait === null ? refusedMs : wait * 1000));
      return false;
    }
  }

  async #following(hook: ClaimedWebhook): Promise<Following | null> {
    const { id, version, cursor, types } = hook;
    const known = this.#followed.get(id);
    if (known?.version === version && known.from === cursor) return known;
    this.#followed.delete(id);
    const places = await this.#placesOf(hook);
    if (!places) {
      await this.#halt(id, 'CURSOR_UNKNOWN');
      return null;
    }
    const asked = types === null ? this.#types : types.filter((type) => this.#types.has(type));
    const following = await this.#agencies.followWebhook({
      ...hook,
      fields: (mayRead) => [...asked].map((type) => `${type}.id`).filter(mayRead),
      filters: types && JSON.stringify({ types }),
      operation: 'POST webhook',
    });
    if (!following) return null;
    const reader: Reader = readerOf(following.actor);
    const shared = new Set(following.fields.map((field) => field.slice(0, -'.id'.length)));
    const wanted: Wanted = { types: shared, committees: undefined };
    const watch = new Watch({ follower: this.#follower, reader, wanted, places, wake: this.#wake });
    const made: Following = {
      version,
      following,
      watch,
      from: cursor,
      after: cursor ?? watch.cursor,
      passed: watch.place,
      waiting: [],
      keptAt: Date.now(),
    };
    this.#followed.set(id, made);
    return made;
  }

  /** Undefined where they are none of this hub's. */
  async #placesOf({ cursor, started }: ClaimedWebhook): Promise<Places | undefined> {
    const { sources } = this.#follower;
    if (cursor === null) return new Map([...sources.keys()].map((name) => [name, `@${Number(started)}` as const]));
    let places: Places;
    try {
      places = this.#follower.cursors.readKept(cursor, sources.keys());
    } catch (error) {
      if (error instanceof HubError) return undefined;
      throw error;
    }
    const isBeyond = () =>
      [...sources].some(
        ([name, { tail, isFailing }]) => !isFailing && tail !== undefined && Number(places.get(name)) > tail,
      );
    // Another gateway may have read further than this one has.
    if (isBeyond()) await this.#follower.refresh();
    return isBeyond() || [...sources].some(([name, source]) => source.isLost(places.get(name))) ? undefined : places;
  }

  async #gatherFor({ id, version }: ClaimedWebhook, one: Following): Promise<boolean> {
    const { watch, following } = one;
    let waiting = [...one.waiting];
    while (waiting.length < mostChanges) {
      const taken = watch.take(mostChanges);
      // Its source wasn't heard yet when its places were looked at.
      if (taken === 'LOST') {
        this.#followed.delete(id);
        await this.#halt(id, 'CURSOR_UNKNOWN');
        return false;
      }
      if (typeof taken === 'string') break;
      waiting = [...waiting, ...taken];
    }
    one.waiting = waiting;
    const batch = waiting.slice(0, mostChanges);
    const rest = waiting.slice(mostChanges);
    const moved = one.from === null || (watch.place !== one.passed && Date.now() - one.keptAt >= keepMs);
    if (batch.length === 0 && !moved) return false;
    const passed = watch.place;
    const cursor = (rest.length > 0 && batch.at(-1)?.cursor) || watch.cursor;
    if (batch.length > 0) await following.tell(toldOf(batch));
    const message =
      batch.length === 0 ? null : { ...bodyOf(id, { after: one.after, cursor, batch }), after: one.after };
    if (!(await this.#keep({ webhook: id, version, from: one.from, cursor, message }))) {
      this.#followed.delete(id);
      return false;
    }
    Object.assign(one, { from: cursor, after: cursor, passed, waiting: rest, keptAt: Date.now() });
    // Each telling counts as a request of the agency's: what comes one by one is gathered.
    if (message && batch.length < mostChanges) this.#restsUntil.set(id, Date.now() + this.#gatherMs);
    return message !== null;
  }
}

/** Byte for byte what is sent, however often: which records changed, and nothing of what stands in them. */
function bodyOf(
  webhook: string,
  { after, cursor, batch }: { after: string; cursor: string; batch: readonly Event[] },
): { id: string; changes: number; body: string } {
  const head = { type: 'records.changed', timestamp: new Date().toISOString() };
  const places = JSON.stringify({ webhook, after, cursor });
  const changes = batch.map(({ data }) => data).join(',');
  const body = `${JSON.stringify(head).slice(0, -1)},"data":${places.slice(0, -1)},"changes":[${changes}]}}`;
  return { id: randomUUID(), changes: batch.length, body };
}
