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
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Range } from '../owned.ts';
import { programme, programmeStaffing } from '../tables.ts';

const { placeholder } = sql;

const programmeFields = {
  id: programme.id,
  owner: programme.owner,
  name: programme.name,
  started: programme.started,
  startedFrom: programme.startedFrom,
  description: programme.description,
  figures: programme.figures,
  visibility: programme.visibility,
  source: programme.source,
  revision: programme.revision,
  created: programme.created,
  modified: programme.modified,
};
export type Programme = Awaited<ReturnType<typeof programmesById.run>>[number];

const programmesById = statement(
  build
    .select(programmeFields)
    .from(programme)
    .where(and(sql`${programme.id} = any(${placeholder('ids')}::uuid[])`, isNull(programme.deleted))),
);
const staffingOfProgrammes = statement(
  build
    .select({
      programme: programmeStaffing.programme,
      member: programmeStaffing.member,
      person: programmeStaffing.person,
      role: programmeStaffing.role,
    })
    .from(programmeStaffing)
    .where(
      and(sql`${programmeStaffing.programme} = any(${placeholder('keys')}::uuid[])`, isNull(programmeStaffing.deleted)),
    )
    .orderBy(asc(programmeStaffing.position), asc(programmeStaffing.id)),
);

const conditions = {
  level: sql`${programme.owner} ~ ${placeholder('level')}`,
};
const orders = {
  NAME_ASC: { by: ['name'], descending: false },
  STARTED_DESC: { by: ['startedFrom'], descending: true },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const searched = { schema: 'workstations', type: 'programme' };
const programmesIn = rangedList({
  name: 'programmes',
  table: programme,
  fields: programmeFields,
  owner: programme.owner,
  searched,
  orders,
  counters: {
    schema: 'workstations',
    type: 'programme',
    conditions: {
      level: sql`owner ~ ${placeholder('level')}`,
    },
  },
});
const programmesStaffedBy = (who: 'member' | 'person') =>
  list({
    name: `programmes of ${who}`,
    table: programme,
    fields: programmeFields,
    key: { who: 'uuid' },
    searched,
    tie: sql`exists (select 1 from ${programmeStaffing} where ${and(eq(programmeStaffing.programme, programme.id), sql`${programmeStaffing[who]} = key.who`, isNull(programmeStaffing.deleted))})`,
    orders,
  });
const programmesOf = { member: programmesStaffedBy('member'), person: programmesStaffedBy('person') };

/** How a list of programmes is asked for. */
export interface ProgrammesAsked extends PageArguments {
  readonly filter?: { readonly level?: CommitteeLevel | null; readonly text?: string | null } | null;
  readonly orderBy: keyof typeof orders;
}
const options = (asked: ProgrammesAsked) => ({
  page: asked,
  order: asked.orderBy,
  filter: filterBy(conditions, {
    ...asked.filter,
    level: asked.filter?.level && codesOfLevel[asked.filter.level],
  }),
});

/** Programmes and who runs them, for one fetch. */
export class ProgrammeStore {
  readonly #lists: ListReader;
  readonly programmes;
  readonly staffingOfProgramme;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.programmes = rowById(scope, programmesById);
    this.staffingOfProgramme = rowsByKey(scope, staffingOfProgrammes, (row) => row.programme);
  }

  programmesIn(range: Range, asked: ProgrammesAsked): Connection<Programme> {
    return this.#lists.connection(programmesIn(range), range, options(asked));
  }

  programmesOf(kind: 'member' | 'person', who: string, asked: ProgrammesAsked): Connection<Programme> {
    return this.#lists.connection(programmesOf[kind], { who }, options(asked));
  }
}
