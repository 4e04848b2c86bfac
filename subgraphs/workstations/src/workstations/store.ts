import {
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, countedApart, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import DataLoader from 'dataloader';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { type Range, rangeKey } from '../owned.ts';
import { workstation, workstationKinds, workstationStaffing, workstationStatuses } from '../tables.ts';

const { placeholder } = sql;

const workstationFields = {
  id: workstation.id,
  owner: workstation.owner,
  name: workstation.name,
  kind: workstation.kind,
  localKind: workstation.localKind,
  status: workstation.status,
  region: workstation.region,
  place: workstation.place,
  opened: workstation.opened,
  openedFrom: workstation.openedFrom,
  description: workstation.description,
  openDays: workstation.openDays,
  figures: workstation.figures,
  visibility: workstation.visibility,
  source: workstation.source,
  revision: workstation.revision,
  created: workstation.created,
  modified: workstation.modified,
};
export type Workstation = Awaited<ReturnType<typeof workstationsById.run>>[number];

const workstationsById = statement(
  build
    .select(workstationFields)
    .from(workstation)
    .where(and(sql`${workstation.id} = any(${placeholder('ids')}::uuid[])`, isNull(workstation.deleted))),
);
const staffingOfWorkstations = statement(
  build
    .select({
      workstation: workstationStaffing.workstation,
      member: workstationStaffing.member,
      role: workstationStaffing.role,
    })
    .from(workstationStaffing)
    .where(
      and(
        sql`${workstationStaffing.workstation} = any(${placeholder('keys')}::uuid[])`,
        isNull(workstationStaffing.deleted),
      ),
    )
    .orderBy(asc(workstationStaffing.position), asc(workstationStaffing.id)),
);
export type Staffing = Awaited<ReturnType<typeof staffingOfWorkstations.run>>[number];

/** What a range has of each kind and status: from the counters, and what a counter can't hold counted apart. */
const countsInRanges = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('ordinal'),
      kindAndStatus: sql<string>`counted.kind_and_status`.as('kind_and_status'),
      count: sql<number>`counted.count`.mapWith(Number).as('count'),
    })
    .from(
      sql`unnest(${placeholder('lo')}::text[], ${placeholder('hi')}::text[]) with ordinality as key(lo, hi, ordinal)`,
    )
    .crossJoinLateral(sql`(
      select kind_and_status, sum(count) as count from (
        select kind as kind_and_status, total as count from workstations.counter
          where type = 'workstation' and owner >= key.lo and owner < key.hi
        union all
        select kind_and_status, 1 from ${workstation}
          where owner >= key.lo and owner < key.hi and ${sql.raw(countedApart)} and deleted is null
      ) as row group by kind_and_status having sum(count) > 0
    ) as counted`),
);

const conditions = {
  kinds: sql`${workstation.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${workstation.status} = any(${placeholder('statuses')}::text[])`,
  level: sql`${workstation.owner} ~ ${placeholder('level')}`,
};
const orders = {
  NAME_ASC: { by: ['name'], descending: false },
  OPENED_DESC: { by: ['openedFrom'], descending: true },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const searched = { schema: 'workstations', type: 'workstation' };
const workstationsIn = rangedList({
  name: 'workstations',
  table: workstation,
  fields: workstationFields,
  owner: workstation.owner,
  province: workstation.province,
  searched,
  orders,
  counters: {
    schema: 'workstations',
    type: 'workstation',
    conditions: {
      kinds: sql`split_part(kind, ' ', 1) = any(${placeholder('kinds')}::text[])`,
      statuses: sql`split_part(kind, ' ', 2) = any(${placeholder('statuses')}::text[])`,
      level: sql`owner ~ ${placeholder('level')}`,
    },
  },
});
const workstationsInRegion = list({
  name: 'workstations in region',
  table: workstation,
  fields: workstationFields,
  key: rangeKey,
  tie: sql`${workstation.region} >= key.lo and ${workstation.region} < key.hi`,
  // What lies in a region may be anybody's.
  searched: { ...searched, index: { place: sql`null, null`, most: null, isWhole: false } },
  orders,
});
const workstationsOfMember = list({
  name: 'workstations of member',
  table: workstation,
  fields: workstationFields,
  key: { member: 'uuid' },
  searched,
  tie: sql`exists (select 1 from ${workstationStaffing} where ${and(eq(workstationStaffing.workstation, workstation.id), sql`${workstationStaffing.member} = key.member`, isNull(workstationStaffing.deleted))})`,
  orders,
});

export interface WorkstationFilter {
  readonly kinds?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly level?: CommitteeLevel | null;
  readonly text?: string | null;
}
/** How a list of workstations is asked for. */
export interface WorkstationsAsked extends PageArguments {
  readonly filter?: WorkstationFilter | null;
  readonly orderBy: keyof typeof orders;
}
const options = (asked: WorkstationsAsked) => ({
  page: asked,
  order: asked.orderBy,
  filter: filterBy(conditions, {
    ...asked.filter,
    level: asked.filter?.level && codesOfLevel[asked.filter.level],
  }),
});

/** How many workstations there are, altogether, of each kind and in each status. */
export interface WorkstationCounts {
  readonly total: number;
  readonly byKind: readonly { readonly kind: string; readonly count: number }[];
  readonly byStatus: readonly { readonly status: string; readonly count: number }[];
}

/** Workstations and who staffs them, for one fetch. */
export class WorkstationStore {
  readonly #lists: ListReader;
  readonly workstations;
  readonly staffingOfWorkstation;
  readonly countsInRange: DataLoader<Range, WorkstationCounts, string>;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.workstations = rowById(scope, workstationsById);
    this.staffingOfWorkstation = rowsByKey(scope, staffingOfWorkstations, (row) => row.workstation);
    this.countsInRange = new DataLoader(
      async (ranges) => {
        const values = { lo: ranges.map(({ lo }) => lo), hi: ranges.map(({ hi }) => hi) };
        const rows = await scope.run(countsInRanges, values);
        return ranges.map((_, at) => countsOf(rows.filter(({ ordinal }) => ordinal === at + 1)));
      },
      { cacheKeyFn: ({ lo, hi }) => `${lo} ${hi}` },
    );
  }

  /** Workstations of a committee, or of every committee in its region. */
  workstationsIn(range: Range, asked: WorkstationsAsked): Connection<Workstation> {
    return this.#lists.connection(workstationsIn(range), range, options(asked));
  }

  /** Workstations by where they are, whosesoever they are. */
  workstationsAt(range: Range, asked: WorkstationsAsked): Connection<Workstation> {
    return this.#lists.connection(workstationsInRegion, range, options(asked));
  }

  workstationsOfMember(member: string, asked: WorkstationsAsked): Connection<Workstation> {
    return this.#lists.connection(workstationsOfMember, { member }, options(asked));
  }
}

/** Counts as a summary gives them, in the order of the closed lists and without what there is none of. */
function countsOf(rows: readonly { kindAndStatus: string; count: number }[]): WorkstationCounts {
  const sum = (at: 0 | 1, word: string) =>
    rows.reduce((total, { kindAndStatus, count }) => total + (kindAndStatus.split(' ')[at] === word ? count : 0), 0);
  return {
    total: rows.reduce((total, { count }) => total + count, 0),
    byKind: workstationKinds.map((kind) => ({ kind, count: sum(0, kind) })).filter(({ count }) => count > 0),
    byStatus: workstationStatuses.map((status) => ({ status, count: sum(1, status) })).filter(({ count }) => count > 0),
  };
}
