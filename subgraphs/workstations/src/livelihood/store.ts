import {
  type Connection,
  filterBy,
  ListReader,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { and, asc, isNull, sql } from 'drizzle-orm';
import type { Range } from '../owned.ts';
import { livelihoodItem } from '../tables.ts';

const { placeholder } = sql;

const itemFields = {
  id: livelihoodItem.id,
  owner: livelihoodItem.owner,
  workstation: livelihoodItem.workstation,
  title: livelihoodItem.title,
  year: livelihoodItem.year,
  yearOrder: livelihoodItem.yearOrder,
  status: livelihoodItem.status,
  finished: livelihoodItem.finished,
  description: livelihoodItem.description,
  figures: livelihoodItem.figures,
  visibility: livelihoodItem.visibility,
  source: livelihoodItem.source,
  revision: livelihoodItem.revision,
  created: livelihoodItem.created,
  modified: livelihoodItem.modified,
};
export type LivelihoodItem = Awaited<ReturnType<typeof itemsById.run>>[number];

const itemsById = statement(
  build
    .select(itemFields)
    .from(livelihoodItem)
    .where(and(sql`${livelihoodItem.id} = any(${placeholder('ids')}::uuid[])`, isNull(livelihoodItem.deleted))),
);
const itemsOfWorkstations = statement(
  build
    .select(itemFields)
    .from(livelihoodItem)
    .where(
      and(sql`${livelihoodItem.workstation} = any(${placeholder('keys')}::uuid[])`, isNull(livelihoodItem.deleted)),
    )
    .orderBy(asc(livelihoodItem.position), asc(livelihoodItem.id)),
);

const conditions = {
  years: sql`${livelihoodItem.year} = any(${placeholder('years')}::int[])`,
  statuses: sql`${livelihoodItem.status} = any(${placeholder('statuses')}::text[])`,
  level: sql`${livelihoodItem.owner} ~ ${placeholder('level')}`,
};
const orders = {
  YEAR_DESC: { by: ['yearOrder'], descending: true },
  TITLE_ASC: { by: ['title'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const itemsIn = rangedList({
  name: 'livelihood items',
  table: livelihoodItem,
  fields: itemFields,
  owner: livelihoodItem.owner,
  searched: { schema: 'workstations', type: 'livelihood_item' },
  orders,
  counters: {
    schema: 'workstations',
    type: 'livelihood_item',
    conditions: {
      statuses: sql`kind = any(${placeholder('statuses')}::text[])`,
      level: sql`owner ~ ${placeholder('level')}`,
    },
  },
});

/** How a list of livelihood items is asked for. */
export interface LivelihoodItemsAsked extends PageArguments {
  readonly filter?: {
    readonly years?: readonly number[] | null;
    readonly statuses?: readonly string[] | null;
    readonly level?: CommitteeLevel | null;
    readonly text?: string | null;
  } | null;
  readonly orderBy: keyof typeof orders;
}

/** Livelihood items of workstations, for one fetch. */
export class LivelihoodStore {
  readonly #lists: ListReader;
  readonly items;
  readonly itemsOfWorkstation;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.items = rowById(scope, itemsById);
    this.itemsOfWorkstation = rowsByKey(scope, itemsOfWorkstations, (row) => row.workstation);
  }

  itemsIn(range: Range, asked: LivelihoodItemsAsked): Connection<LivelihoodItem> {
    return this.#lists.connection(itemsIn(range), range, {
      page: asked,
      order: asked.orderBy,
      filter: filterBy(conditions, {
        ...asked.filter,
        level: asked.filter?.level && codesOfLevel[asked.filter.level],
      }),
    });
  }
}
