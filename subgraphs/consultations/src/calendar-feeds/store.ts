import { type Actor, createReceipt, receiptHash } from '@hub/access';
import { type Connection, ListReader, list, type PageArguments, rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { assertLengths, givenId } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { calendarFeedMachine } from './calendar-feed.machine.ts';
import { calendarFeed, calendarFeedEvent, mostFeeds } from './tables.ts';

const { placeholder } = sql;

const feedFields = {
  id: calendarFeed.id,
  owner: calendarFeed.owner,
  kind: calendarFeed.kind,
  label: calendarFeed.label,
  author: calendarFeed.author,
  cooperation: calendarFeed.cooperation,
  status: calendarFeed.status,
  since: calendarFeed.since,
  renewed: calendarFeed.renewed,
  visibility: calendarFeed.visibility,
  revision: calendarFeed.revision,
  created: calendarFeed.created,
  modified: calendarFeed.modified,
};
const feedsById = statement(
  build
    .select(feedFields)
    .from(calendarFeed)
    .where(and(sql`${calendarFeed.id} = any(${placeholder('ids')}::uuid[])`, isNull(calendarFeed.deleted))),
);
export type CalendarFeed = Awaited<ReturnType<typeof feedsById.run>>[number];
// What has ended has no secret, so an address that was given up is asked for as one that never was.
const feedsBySecret = statement(
  build
    .select(feedFields)
    .from(calendarFeed)
    .where(and(sql`${calendarFeed.secret} = ${placeholder('hash')}`, isNull(calendarFeed.deleted))),
);
const isOpen = and(sql`${calendarFeed.status} = 'OPEN'`, isNull(calendarFeed.deleted));
const openOfSubject = statement(
  build
    .select({ total: sql<number>`count(*)`.mapWith(Number).as('total') })
    .from(calendarFeed)
    .where(
      and(
        sql`${calendarFeed.owner} = ${placeholder('owner')}`,
        sql`${calendarFeed.author} is not distinct from ${placeholder('author')}::uuid`,
        sql`${calendarFeed.cooperation} is not distinct from ${placeholder('cooperation')}::uuid`,
        isOpen,
      ),
    ),
);

const listed = {
  table: calendarFeed,
  fields: feedFields,
  orders: { CREATED: { by: ['created'], descending: true } },
} as const;
const feedsOfCommittee = list({
  ...listed,
  name: 'calendar feeds of committee',
  key: { owner: 'text' },
  tie: sql`${calendarFeed.owner} = key.owner and ${calendarFeed.author} is null and ${isOpen}`,
});
const feedsOfMember = list({
  ...listed,
  name: 'calendar feeds of member',
  key: { author: 'uuid' },
  tie: sql`${calendarFeed.author} = key.author and ${isOpen}`,
});

/** Calendar feeds, for one fetch. */
export class CalendarFeedStore {
  readonly #scope: Scope;
  readonly #lists: ListReader;
  readonly feeds;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#lists = new ListReader(scope);
    this.feeds = rowById(scope, feedsById);
  }

  async bySecret(hash: string): Promise<CalendarFeed | null> {
    return (await this.#scope.run(feedsBySecret, { hash }))[0] ?? null;
  }

  /** Those that the actor keeps; none for who keeps none. */
  keptBy(actor: Actor, page: PageArguments): Connection<CalendarFeed> | null {
    const options = { page, order: 'CREATED' };
    switch (actor.kind) {
      case 'STAFF':
        return this.#lists.connection(feedsOfCommittee, { owner: actor.committee }, options);
      case 'MEMBER':
        return this.#lists.connection(feedsOfMember, { author: actor.member }, options);
      default:
        return null;
    }
  }
}

export const feedSteps = stepsOf(calendarFeed, calendarFeedMachine, calendarFeedEvent, consultationSettings);

/** A new address, and what is kept of it. */
function newAddress() {
  const secret = createReceipt();
  return {
    kept: { secret: receiptHash(secret), renewed: new Date().toISOString() },
    told: { address: `/calendars/${secret}.ics` },
  };
}

interface OpenInput extends MutationInput {
  readonly label: string;
  readonly cooperation?: string | null;
}

/** Opens a feed of the member who asks, of the committee whose staff ask, or of a cooperation that these name. */
export async function openCalendarFeed(input: OpenInput, context: FetchContext) {
  const { actor, scope } = context;
  if (actor.kind !== 'STAFF' && actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  assertLengths(input, { label: 50 });
  const owner = actor.committee;
  const author = actor.kind === 'MEMBER' ? actor.member : null;
  if (author !== null && input.cooperation != null)
    throw new RuleBroken('INVALID', { path: ['cooperation'], details: { field: 'cooperation' } });
  const cooperation = input.cooperation == null ? null : givenId(input.cooperation, 'cooperation');
  const [open] = await scope.run(openOfSubject, { owner, author, cooperation });
  if ((open?.total ?? 0) >= mostFeeds) throw new RuleBroken('LIMIT_REACHED', { details: { maximum: mostFeeds } });
  const { kept, told } = newAddress();
  const { id } = await feedSteps.start(
    context,
    'openCalendarFeed',
    {
      owner,
      visibility: author === null ? 'INTERNAL' : 'PRIVATE',
      parties: [],
      subjects: author === null ? [] : [author],
      // Nobody reads of the cooperation, or of the member, here who isn't told by the one who named it.
      referenceOwner: owner,
      referenceVisibility: author === null ? 'INTERNAL' : 'MEMBERS',
      kind: author !== null ? 'MEMBER' : cooperation !== null ? 'PAIRING' : 'COMMITTEE',
      label: input.label,
      author,
      cooperation,
      ...kept,
    },
    input,
  );
  return { id, toldOnce: told };
}

interface FeedInput extends MutationInput {
  readonly calendarFeed: string;
}

export async function renewCalendarFeed(input: FeedInput, context: FetchContext) {
  const { kept, told } = newAddress();
  const { id } = await feedSteps.take(context, 'renewCalendarFeed', 'calendarFeed', input, () => kept);
  return { id, toldOnce: told };
}

export async function endCalendarFeed(input: FeedInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await feedSteps.take(context, 'endCalendarFeed', 'calendarFeed', input, () => ({ secret: null }));
  return { id };
}
