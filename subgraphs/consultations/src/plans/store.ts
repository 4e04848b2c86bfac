import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { plan, planItem } from '../tables.ts';

const { placeholder } = sql;

const planFields = {
  id: plan.id,
  owner: plan.owner,
  year: plan.year,
  title: plan.title,
  status: plan.status,
  visibility: plan.visibility,
  source: plan.source,
  revision: plan.revision,
  created: plan.created,
  modified: plan.modified,
};
export type Plan = Awaited<ReturnType<typeof plansById.run>>[number];
const plansById = statement(
  build
    .select(planFields)
    .from(plan)
    .where(and(sql`${plan.id} = any(${placeholder('ids')}::uuid[])`, isNull(plan.deleted))),
);
const plansOfCommittees = statement(
  build
    .select(planFields)
    .from(plan)
    .where(and(sql`${plan.owner} = any(${placeholder('keys')}::text[])`, isNull(plan.deleted)))
    .orderBy(desc(plan.year), desc(plan.id)),
);

const itemsOfPlans = statement(
  build
    .select({
      plan: planItem.plan,
      kind: planItem.kind,
      localKind: planItem.localKind,
      title: planItem.title,
      count: planItem.count,
      consultation: planItem.consultation,
    })
    .from(planItem)
    .where(and(sql`${planItem.plan} = any(${placeholder('keys')}::uuid[])`, isNull(planItem.deleted)))
    .orderBy(asc(planItem.position), asc(planItem.id)),
);
export type PlanItem = Awaited<ReturnType<typeof itemsOfPlans.run>>[number];

const orders = {
  YEAR_DESC: { by: ['year'], descending: true },
  YEAR_ASC: { by: ['year'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;
const conditions = {
  year: sql`${plan.year} = ${placeholder('year')}`,
  statuses: sql`${plan.status} = any(${placeholder('statuses')}::text[])`,
};
const plansIn = rangedList({
  name: 'plans',
  table: plan,
  fields: planFields,
  owner: plan.owner,
  orders,
  counters: {
    schema: 'consultations',
    type: 'plan',
    conditions: { statuses: sql`kind = any(${placeholder('statuses')}::text[])` },
  },
});

export interface PlansRequest extends PageArguments {
  readonly filter?: { readonly year?: number | null; readonly statuses?: readonly string[] | null } | null;
  readonly orderBy: keyof typeof orders;
}

/** Annual plans, for one fetch. */
export class PlanStore {
  readonly #lists: ListReader;
  readonly plans;
  readonly plansOfCommittee;
  readonly itemsOfPlan;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.plans = rowById(scope, plansById);
    this.plansOfCommittee = rowsByKey(scope, plansOfCommittees, (row) => row.owner);
    this.itemsOfPlan = rowsByKey(scope, itemsOfPlans, (row) => row.plan);
  }

  /** Plans of the committees of a range. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: PlansRequest): Connection<Plan> {
    return this.#lists.connection(
      plansIn(range),
      { ...range },
      { page, order: orderBy, filter: filterBy(conditions, { ...filter }) },
    );
  }
}
