import { connectionResolvers } from '@hub/connections';
import { isId } from '@hub/inputs';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import { consultationSettings } from '../settings/settings.ts';
import type { Submission } from '../submissions/store.ts';
import { amendPlan } from './amendments.ts';
import {
  approvePlan,
  draftPlan,
  openPlan,
  publishPlan,
  recordPlanReview,
  returnPlan,
  submitPlanToChairmen,
  withdrawPlan,
} from './course.ts';
import { holdPlanItem, releasePlanItem } from './held.ts';
import { addPlanItem, changePlanItem, removePlanItem } from './items.ts';
import { type CarriedOut, itemProgress, planProgress } from './progress.ts';
import { editable, inForce, itemSteps, planSteps, topicSteps } from './steps.ts';
import type { Amendment, Plan, PlanItem, PlansRequest, Topic, TopicsRequest } from './store.ts';
import { releaseSubmissionFromPlan, takeSubmissionIntoPlan } from './submissions.ts';
import { declineTopic, releaseTopic, suggestPlanTopic, takeTopicIntoPlan } from './topics.ts';

interface Stub {
  readonly id: string;
}
const reference = (id: string | null | undefined) => (id ? { id } : null);
const planById = (id: string, { plans }: Context) => plans.plans.load(id);
const itemById = (id: string, { plans }: Context) => plans.items.load(id);
const topicById = (id: string, { plans }: Context) => plans.topics.load(id);
const submissionById = (id: string, { submissions }: Context) => submissions.submissions.load(id);

/** The items of a plan with the consultations that carry each out, of which those that aren't seen are left out. */
async function carriedOut(plan: string, { plans, consultations }: Context): Promise<CarriedOut> {
  const [items, links] = await Promise.all([plans.itemsOfPlan.load(plan), plans.linksOfPlan.load(plan)]);
  return Promise.all(
    items.map(async (item) => {
      const linked = links.filter(({ planItem }) => planItem === item.id).map((link) => link.consultation);
      const ids = new Set([...(item.consultation ? [item.consultation] : []), ...linked]);
      const found = await Promise.all([...ids].map((id) => consultations.consultations.load(id)));
      return { item, consultations: found.filter((one) => one !== null) };
    }),
  );
}

/** Who suggested a topic, as far as the one who asks may see them. */
const suggester =
  (what: 'author' | 'organization' | 'department') =>
  async ({ id }: Topic, _: unknown, { plans }: Context) =>
    reference((await plans.suggesterOfTopic.load(id))[0]?.[what]);

/** In which states of its plan a step is taken on an item. */
const statesOfPlan: Readonly<Record<string, readonly string[]>> = {
  changePlanItem: editable,
  removePlanItem: editable,
  holdPlanItem: inForce,
  releasePlanItem: inForce,
};

/** How many topics a committee advises itself to plan in a year. */
const topicsPerYear = async (owner: string, context: Context) =>
  (await consultationSettings.of(context, owner)).topicsPerYear;

export const planResolvers: Resolvers = {
  Query: {
    annualPlan: (_, { id }: Stub, context: Context) => planById(id, context),
    annualPlanItem: (_, { id }: Stub, context: Context) => itemById(id, context),
    annualPlanTopic: (_, { id }: Stub, context: Context) => topicById(id, context),
    annualPlans: (_, args: PlansRequest & { within?: string | null }, { plans }: Context) =>
      plans.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Committee: {
    plans: async (
      { code }: Committee,
      { year, statuses }: { year?: number | null; statuses?: readonly string[] | null },
      { plans }: Context,
    ) =>
      (await plans.plansOfCommittee.load(currentCode(code))).filter(
        (plan) => (year == null || plan.year === year) && (statuses == null || statuses.includes(plan.status)),
      ),
  },
  AnnualPlan: {
    __resolveReference: ({ id }: Stub, context: Context) => planById(id, context),
    committee: ({ owner }: Plan) => committeeByCode(owner),
    items: ({ id }: Plan, _, { plans }: Context) => plans.itemsOfPlan.load(id),
    chairmensMeeting: ({ chairmensMeeting }: Plan, _, { consultations }: Context) =>
      chairmensMeeting ? consultations.consultations.load(chairmensMeeting) : null,
    approval: (row: Plan) => (row.approvedOn === null ? null : row),
    topics: ({ id }: Plan, args: TopicsRequest, { plans }: Context) => plans.topicsOf(id, args),
    progress: async ({ id }: Plan, _, context: Context) => ({
      basis: 'COUNTED',
      ...planProgress(await carriedOut(id, context)),
    }),
    topicsPerYear: ({ owner }: Plan, _, context: Context) => topicsPerYear(owner, context),
    exceedsTopicsPerYear: async ({ id, owner }: Plan, _, context: Context) => {
      const [advised, work] = await Promise.all([topicsPerYear(owner, context), carriedOut(id, context)]);
      return planProgress(work).planned.value > advised;
    },
    amendments: ({ id }: Plan, _, { plans }: Context) => plans.amendmentsOfPlan.load(id),
    ...planSteps.fields,
  },
  AnnualPlanApproval: {
    body: ({ approvalBody }: Plan) => approvalBody,
    file: ({ file }: Plan, _, { files }: Context) => (file ? files.files.load(file) : null),
  },
  AnnualPlanAmendment: {
    item: ({ planItem }: Amendment, _, context: Context) => itemById(planItem, context),
  },
  AnnualPlanItem: {
    __resolveReference: ({ id }: Stub, context: Context) => itemById(id, context),
    plan: ({ plan }: PlanItem, _, context: Context) => planById(plan, context),
    responsible: async ({ id }: PlanItem, _, { plans }: Context) =>
      reference((await plans.responsibleOfItem.load(id))[0]?.organization),
    consultation: ({ consultation }: PlanItem, _, { consultations }: Context) =>
      consultation ? consultations.consultations.load(consultation) : null,
    progress: async (row: PlanItem, _, context: Context) => itemProgress(row, await carriedOut(row.plan, context)),
    fromTopics: ({ id }: PlanItem, _, { plans }: Context) => plans.topicsOfItem.load(id),
    fromSubmissions: ({ id }: PlanItem, _, { submissions }: Context) => submissions.submissionsOfPlanItem.load(id),
    events: itemSteps.fields.events,
    pendingSteps: async (row: PlanItem, _, context: Context) => {
      const status = (await planById(row.plan, context))?.status ?? '';
      return (await itemSteps.pending(context, row)).filter(({ step }) => statesOfPlan[step]?.includes(status));
    },
  },
  AnnualPlanTopic: {
    __resolveReference: ({ id }: Stub, context: Context) => topicById(id, context),
    plan: ({ plan }: Topic, _, context: Context) => planById(plan, context),
    committee: ({ owner }: Topic) => committeeByCode(owner),
    suggestedBy: ({ filedBy }: Topic) => filedBy,
    author: suggester('author'),
    organization: suggester('organization'),
    department: suggester('department'),
    item: ({ planItem }: Topic, _, context: Context) => (planItem ? itemById(planItem, context) : null),
    ...topicSteps.fields,
  },
  Consultation: {
    planItems: ({ id }: Consultation, _, { plans }: Context) => plans.itemsOfConsultation.load(id),
  },
  Member: {
    planTopics: ({ id }: Stub, _, { plans }: Context) => (isId(id) ? plans.topicsOfMember.load(id) : []),
  },
  Submission: {
    planItem: ({ planItem }: Submission, _, context: Context) => (planItem ? itemById(planItem, context) : null),
  },
  Mutation: {
    openPlan: mutation('annualPlan', openPlan, planById),
    draftPlan: mutation('annualPlan', draftPlan, planById),
    submitPlanToChairmen: mutation('annualPlan', submitPlanToChairmen, planById),
    recordPlanReview: mutation('annualPlan', recordPlanReview, planById),
    returnPlan: mutation('annualPlan', returnPlan, planById),
    approvePlan: mutation('annualPlan', approvePlan, planById),
    publishPlan: mutation('annualPlan', publishPlan, planById),
    amendPlan: mutation('annualPlan', amendPlan, planById),
    withdrawPlan: mutation('annualPlan', withdrawPlan, planById),
    addPlanItem: mutation('annualPlanItem', addPlanItem, itemById),
    changePlanItem: mutation('annualPlanItem', changePlanItem, itemById),
    removePlanItem: mutation('annualPlanItem', removePlanItem, itemById),
    holdPlanItem: mutation('annualPlanItem', holdPlanItem, itemById),
    releasePlanItem: mutation('annualPlanItem', releasePlanItem, itemById),
    suggestPlanTopic: mutation('annualPlanTopic', suggestPlanTopic, topicById),
    takeTopicIntoPlan: mutation('annualPlanTopic', takeTopicIntoPlan, topicById),
    declineTopic: mutation('annualPlanTopic', declineTopic, topicById),
    releaseTopic: mutation('annualPlanTopic', releaseTopic, topicById),
    takeSubmissionIntoPlan: mutation('submission', takeSubmissionIntoPlan, submissionById),
    releaseSubmissionFromPlan: mutation('submission', releaseSubmissionFromPlan, submissionById),
  },
  AnnualPlanConnection: connectionResolvers,
  AnnualPlanTopicConnection: connectionResolvers,
};
