import {
  type CodeRange,
  type Connection,
  type Filter,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
} from '@hub/connections';
import { build, countedApart, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import DataLoader from 'dataloader';
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { cooperation, milestone, organizationLink, partner, partnerOrganization } from '../tables.ts';

const { placeholder } = sql;

const cooperationFields = {
  id: cooperation.id,
  owner: cooperation.owner,
  title: cooperation.title,
  kind: cooperation.kind,
  field: cooperation.field,
  status: cooperation.status,
  started: cooperation.started,
  startedFrom: cooperation.startedFrom,
  description: cooperation.description,
  result: cooperation.result,
  since: cooperation.since,
  parties: cooperation.parties,
  subjects: cooperation.subjects,
  figures: cooperation.figures,
  visibility: cooperation.visibility,
  upward: cooperation.upward,
  source: cooperation.source,
  revision: cooperation.revision,
  created: cooperation.created,
  modified: cooperation.modified,
};
export type Cooperation = Awaited<ReturnType<typeof cooperationsById.run>>[number];
const cooperationsById = statement(
  build
    .select(cooperationFields)
    .from(cooperation)
    .where(and(sql`${cooperation.id} = any(${placeholder('ids')}::uuid[])`, isNull(cooperation.deleted))),
);

/** That the cooperation of a part, or of a part's part, has not been withdrawn. */
export const stands = (of: AnyPgColumn): SQL =>
  sql`exists (select 1 from ${cooperation} where ${cooperation.id} = ${of} and ${cooperation.deleted} is null)`;

const ownerInRange = sql`owner >= key.lo and owner < key.hi`;
/** Cooperations in which a committee of the range is a partner without being the owner. */
const partneredInRange = sql`select ${partner.cooperation} from ${partner}
  where position > 0 and status = 'ACCEPTED' and ${partner.committee} >= key.lo and ${partner.committee} < key.hi and ${partner.deleted} is null`;

const partnerThat = (condition: SQL) =>
  sql`exists (select 1 from ${partner} where ${partner.cooperation} = ${cooperation.id} and ${partner.status} = 'ACCEPTED' and ${partner.deleted} is null and ${condition})`;
const conditions = {
  kinds: sql`${cooperation.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${cooperation.status} = any(${placeholder('statuses')}::text[])`,
  level: partnerThat(sql`${partner.committee} ~ ${placeholder('level')}`),
  // What is undated ends at -infinity, before any day that can be asked for.
  dated: sql`exists (select 1 from ${milestone} where ${milestone.cooperation} = ${cooperation.id} and ${milestone.deleted} is null and ${milestone.status} = 'DONE'
    and ${milestone.dateFrom} <= ${placeholder('until')}::date and ${milestone.dateUntil} >= ${placeholder('from')}::date)`,
  crossProvince: sql`${partnerThat(sql`left(${partner.committee}, 2) <> left(${cooperation.owner}, 2)`)} = ${placeholder('crossProvince')}::boolean`,
};
const orders = {
  STARTED_DESC: { by: ['startedFrom'], descending: true },
  TITLE_ASC: { by: ['title'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;
export type CooperationOrder = keyof typeof orders;

/** What a range holds, as kinds and numbers: from the counters, what these can't hold, and what owners outside of it share with a committee inside. */
const countedInRange = sql`
  select kind, total from cooperation.counter where type = 'cooperation' and ${ownerInRange}
  union all
  select kind, 1 from ${cooperation} where ${ownerInRange} and ${sql.raw(countedApart)} and deleted is null
  union all
  select kind, 1 from ${cooperation} where id = any(array(${partneredInRange} and not (${ownerInRange}))) and deleted is null`;

const cooperationsIn = rangedList({
  name: 'cooperations',
  table: cooperation,
  fields: cooperationFields,
  owner: cooperation.owner,
  also: sql`${cooperation.id} = any(array(${partneredInRange} and not (${ownerInRange})))`,
  searched: {
    schema: 'cooperation',
    type: 'cooperation',
    besides: sql`${cooperation.id} = any(array(select ${partner.cooperation} from ${partner} join ${partnerOrganization} on ${partnerOrganization.partner} = ${partner.id}
      where ${partner.deleted} is null and ${partnerOrganization.deleted} is null
        and ${partnerOrganization.id} = any((select ids from cooperation.search('partner_organization', ${placeholder('text')}, null, null, null))::uuid[])))`,
  },
  orders,
  counters: {
    schema: 'cooperation',
    type: 'cooperation',
    conditions: { kinds: sql`kind = any(${placeholder('kinds')}::text[])` },
  },
});
const cooperationsOfOrganization = list({
  name: 'cooperations of organization',
  table: cooperation,
  fields: cooperationFields,
  key: { organization: 'uuid' },
  tie: sql`${cooperation.id} = any(array(
    select ${partner.cooperation} from ${partner} join ${partnerOrganization} on ${partnerOrganization.partner} = ${partner.id}
    where ${partnerOrganization.organization} = key.organization and ${partner.status} = 'ACCEPTED' and ${partner.deleted} is null and ${partnerOrganization.deleted} is null
    union all
    select ${partner.cooperation} from ${organizationLink} join ${partnerOrganization} on ${partnerOrganization.id} = ${organizationLink.partnerOrganization}
      join ${partner} on ${partner.id} = ${partnerOrganization.partner}
    where ${organizationLink.organization} = key.organization and ${partner.status} = 'ACCEPTED' and ${partner.deleted} is null
      and ${partnerOrganization.deleted} is null and ${organizationLink.deleted} is null))`,
  orders,
});
const kindsInRanges = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number),
      kind: sql<string>`counts.kind`,
      count: sql<number>`counts.count`.mapWith(Number),
    })
    .from(
      sql`unnest(${placeholder('lo')}::text[], ${placeholder('hi')}::text[]) with ordinality as key(lo, hi, ordinal)
        cross join lateral (select kind, sum(total) as count from (${countedInRange}) as counted group by kind having sum(total) > 0) as counts`,
    )
    .orderBy(sql`key.ordinal, counts.count desc, counts.kind`),
);

export interface CooperationFilter {
  readonly text?: string | null;
  readonly kinds?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly level?: CommitteeLevel | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly crossProvince?: boolean | null;
}

function filterOf(given: CooperationFilter | null | undefined): Filter {
  const dated = given?.from != null || given?.until != null;
  const filter = filterBy(conditions, {
    text: given?.text,
    kinds: given?.kinds,
    statuses: given?.statuses,
    level: given?.level && codesOfLevel[given.level],
    dated: dated || null,
    crossProvince: given?.crossProvince,
  });
  // One step has to lie between both days, so they are one condition.
  const days = { from: given?.from ?? '0001-01-01', until: given?.until ?? 'infinity' };
  return dated ? { ...filter, values: { ...filter.values, ...days } } : filter;
}

/** Cooperations, for one fetch. */
export class CooperationStore {
  readonly #lists: ListReader;
  readonly #kinds: DataLoader<CodeRange, readonly { kind: string; count: number }[], string>;
  readonly cooperations;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.cooperations = rowById(scope, cooperationsById);
    this.#kinds = new DataLoader(
      async (ranges) => {
        const found: { kind: string; count: number }[][] = ranges.map(() => []);
        const values = { lo: ranges.map(({ lo }) => lo), hi: ranges.map(({ hi }) => hi) };
        for (const { ordinal, ...row } of await scope.run(kindsInRanges, values)) found[ordinal - 1]?.push(row);
        return found;
      },
      { cacheKeyFn: ({ lo, hi }) => `${lo} ${hi}` },
    );
  }

  /** Cooperations of a committee, or of every committee in its region; what several of them share is there once. */
  cooperationsIn(
    range: CodeRange,
    filter: CooperationFilter | null | undefined,
    order: CooperationOrder,
    page: PageArguments,
  ): Connection<Cooperation> {
    return this.#lists.connection(cooperationsIn(range), { ...range }, { page, order, filter: filterOf(filter) });
  }

  cooperationsOfOrganization(
    organization: string,
    order: CooperationOrder,
    page: PageArguments,
  ): Connection<Cooperation> {
    return this.#lists.connection(cooperationsOfOrganization, { organization }, { page, order });
  }

  /** How many of each kind there are in a range. */
  kindsIn(range: CodeRange): Promise<readonly { kind: string; count: number }[]> {
    return this.#kinds.load(range);
  }
}
