import {
  type CodeRange,
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
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  plan,
  planAmendment,
  planItem,
  planItemHeld,
  planItemResponsible,
  planTopic,
  planTopicSuggester,
} from './tables.ts';

const { placeholder } = sql;

const planFields = {
  id: plan.id,
  owner: plan.owner,
  year: plan.year,
  title: plan.title,
  status: plan.status,
  since: plan.since,
  collectUntil: plan.collectUntil,
  chairmensMeeting: plan.chairmensMeeting,
  reviewResult: plan.reviewResult,
  reason: plan.reason,
  approvalBody: plan.approvalBody,
  documentNumber: plan.documentNumber,
  approvedOn: plan.approvedOn,
  file: plan.file,
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

const itemFields = {
  id: planItem.id,
  owner: planItem.owner,
  plan: planItem.plan,
  status: planItem.status,
  since: planItem.since,
  kind: planItem.kind,
  localKind: planItem.localKind,
  title: planItem.title,
  count: planItem.count,
  lead: planItem.lead,
  plannedFor: planItem.plannedFor,
  consultation: planItem.consultation,
  revision: planItem.revision,
};
const itemsById = statement(
  build
    .select(itemFields)
    .from(planItem)
    .where(and(sql`${planItem.id} = any(${placeholder('ids')}::uuid[])`, isNull(planItem.deleted))),
);
export type PlanItem = Awaited<ReturnType<typeof itemsById.run>>[number];
const listed = and(eq(planItem.status, sql`'LISTED'`), isNull(planItem.deleted));
const itemsOfPlans = statement(
  build
    .select(itemFields)
    .from(planItem)
    .where(and(sql`${planItem.plan} = any(${placeholder('keys')}::uuid[])`, listed))
    .orderBy(asc(planItem.position), asc(planItem.id)),
);
const responsibleOfItems = statement(
  build
    .select({ planItem: planItemResponsible.planItem, organization: planItemResponsible.organization })
    .from(planItemResponsible)
    .where(
      and(
        sql`${planItemResponsible.planItem} = any(${placeholder('keys')}::uuid[])`,
        isNull(planItemResponsible.deleted),
      ),
    ),
);
const linkFields = {
  plan: planItemHeld.plan,
  planItem: planItemHeld.planItem,
  consultation: planItemHeld.consultation,
};
const linksOfPlans = statement(
  build
    .select(linkFields)
    .from(planItemHeld)
    .where(and(sql`${planItemHeld.plan} = any(${placeholder('keys')}::uuid[])`, isNull(planItemHeld.deleted)))
    .orderBy(asc(planItemHeld.created), asc(planItemHeld.id)),
);
const itemsOfConsultations = statement(
  build
    .select({ ...itemFields, of: sql<string>`carried.consultation`.as('of') })
    .from(
      sql`(select ${planItemHeld.consultation} as consultation, ${planItemHeld.planItem} as item from ${planItemHeld}
        where ${planItemHeld.consultation} = any(${placeholder('keys')}::uuid[]) and ${planItemHeld.deleted} is null
        union select consultation, id from ${planItem} where consultation = any(${placeholder('keys')}::uuid[])) as carried`,
    )
    .innerJoin(planItem, sql`${planItem.id} = carried.item`)
    .where(listed)
    .orderBy(asc(planItem.position), asc(planItem.id)),
);

export type Amendment = Awaited<ReturnType<typeof amendmentsOfPlans.run>>[number];
const amendmentsOfPlans = statement(
  build
    .select({
      id: planAmendment.id,
      plan: planAmendment.plan,
      planItem: planAmendment.planItem,
      change: planAmendment.change,
      reason: planAmendment.reason,
      before: planAmendment.before,
      after: planAmendment.after,
      amended: planAmendment.created,
    })
    .from(planAmendment)
    .where(and(sql`${planAmendment.plan} = any(${placeholder('keys')}::uuid[])`, isNull(planAmendment.deleted)))
    .orderBy(asc(planAmendment.created), asc(planAmendment.position), asc(planAmendment.id)),
);

const topicFields = {
  id: planTopic.id,
  owner: planTopic.owner,
  plan: planTopic.plan,
  status: planTopic.status,
  since: planTopic.since,
  title: planTopic.title,
  text: planTopic.text,
  filedBy: planTopic.filedBy,
  author: planTopic.author,
  organization: planTopic.organization,
  department: planTopic.department,
  planItem: planTopic.planItem,
  reason: planTopic.reason,
  visibility: planTopic.visibility,
  revision: planTopic.revision,
  created: planTopic.created,
  modified: planTopic.modified,
};
export type Topic = Awaited<ReturnType<typeof topicsById.run>>[number];
const topicsById = statement(
  build
    .select(topicFields)
    .from(planTopic)
    .where(and(sql`${planTopic.id} = any(${placeholder('ids')}::uuid[])`, isNull(planTopic.deleted))),
);
const suggestersOfTopics = statement(
  build
    .select({
      topic: planTopicSuggester.planTopic,
      author: planTopicSuggester.author,
      organization: planTopicSuggester.organization,
      department: planTopicSuggester.department,
    })
    .from(planTopicSuggester)
    .where(
      and(
        sql`${planTopicSuggester.planTopic} = any(${placeholder('keys')}::uuid[])`,
        isNull(planTopicSuggester.deleted),
      ),
    ),
);
const topicsOfItems = statement(
  build
    .select(topicFields)
    .from(planTopic)
    .where(and(sql`${planTopic.planItem} = any(${placeholder('keys')}::uuid[])`, isNull(planTopic.deleted)))
    .orderBy(asc(planTopic.created), asc(planTopic.id)),
);
const topicsOfMembers = statement(
  build
    .select(topicFields)
    .from(planTopic)
    .where(and(sql`${planTopic.author} = any(${placeholder('keys')}::uuid[])`, isNull(planTopic.deleted)))
    .orderBy(desc(planTopic.created), desc(planTopic.id)),
);
const topicsOfPlan = list({
  name: 'topics of plan',
  table: planTopic,
  fields: topicFields,
  key: { plan: 'uuid' },
  tie: sql`${planTopic.plan} = key.plan`,
  orders: { CREATED: { by: ['created'], descending: false } },
});
const topicConditions = { statuses: sql`${planTopic.status} = any(${placeholder('statuses')}::text[])` };

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
  province: plan.province,
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
export interface TopicsRequest extends PageArguments {
  readonly statuses?: readonly string[] | null;
}

/** Annual plans with their items and topics, for one fetch. */
export class PlanStore {
  readonly #lists: ListReader;
  readonly plans;
  readonly plansOfCommittee;
  readonly items;
  readonly itemsOfPlan;
  readonly itemsOfConsultation;
  readonly responsibleOfItem;
  readonly linksOfPlan;
  readonly amendmentsOfPlan;
  readonly topics;
  readonly suggesterOfTopic;
  readonly topicsOfItem;
  readonly topicsOfMember;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.plans = rowById(scope, plansById);
    this.plansOfCommittee = rowsByKey(scope, plansOfCommittees, (row) => row.owner);
    this.items = rowById(scope, itemsById);
    this.itemsOfPlan = rowsByKey(scope, itemsOfPlans, (row) => row.plan);
    this.itemsOfConsultation = rowsByKey(scope, itemsOfConsultations, (row) => row.of);
    this.responsibleOfItem = rowsByKey(scope, responsibleOfItems, (row) => row.planItem);
    this.linksOfPlan = rowsByKey(scope, linksOfPlans, (row) => row.plan);
    this.amendmentsOfPlan = rowsByKey(scope, amendmentsOfPlans, (row) => row.plan);
    this.topics = rowById(scope, topicsById);
    this.suggesterOfTopic = rowsByKey(scope, suggestersOfTopics, (row) => row.topic);
    this.topicsOfItem = rowsByKey(scope, topicsOfItems, (row) => row.planItem ?? '');
    this.topicsOfMember = rowsByKey(scope, topicsOfMembers, (row) => row.author ?? '');
  }

  /** Plans of the committees of a range. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: PlansRequest): Connection<Plan> {
    return this.#lists.connection(
      plansIn(range),
      { ...range },
      { page, order: orderBy, filter: filterBy(conditions, { ...filter }) },
    );
  }

  /** Topics that were suggested for a plan, in the order in which they came. */
  topicsOf(plan: string, { statuses, ...page }: TopicsRequest): Connection<Topic> {
    return this.#lists.connection(
      topicsOfPlan,
      { plan },
      { page, order: 'CREATED', filter: filterBy(topicConditions, { statuses }) },
    );
  }
}
