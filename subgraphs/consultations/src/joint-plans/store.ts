import { type Connection, filterBy, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { jointPlan, jointPlanCooperation, jointPlanParty, jointPlanPlatform, jointPlanProposal } from './tables.ts';

const { placeholder } = sql;

const planFields = {
  id: jointPlan.id,
  owner: jointPlan.owner,
  title: jointPlan.title,
  kind: jointPlan.kind,
  status: jointPlan.status,
  since: jointPlan.since,
  required: jointPlan.required,
  number: jointPlan.number,
  lockedNumber: jointPlan.lockedNumber,
  sequence: jointPlan.sequence,
  starts: jointPlan.starts,
  ends: jointPlan.ends,
  consultation: jointPlan.consultation,
  follows: jointPlan.follows,
  reason: jointPlan.reason,
  visibility: jointPlan.visibility,
  parties: jointPlan.parties,
  revision: jointPlan.revision,
  created: jointPlan.created,
  modified: jointPlan.modified,
};
const plansById = statement(
  build
    .select(planFields)
    .from(jointPlan)
    .where(and(sql`${jointPlan.id} = any(${placeholder('ids')}::uuid[])`, isNull(jointPlan.deleted))),
);
export type JointPlan = Awaited<ReturnType<typeof plansById.run>>[number];
const plansOfConsultations = statement(
  build
    .select(planFields)
    .from(jointPlan)
    .where(and(sql`${jointPlan.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(jointPlan.deleted))),
);

const partyFields = {
  id: jointPlanParty.id,
  owner: jointPlanParty.owner,
  jointPlan: jointPlanParty.jointPlan,
  status: jointPlanParty.status,
  since: jointPlanParty.since,
  number: jointPlanParty.number,
  starts: jointPlanParty.starts,
  reason: jointPlanParty.reason,
  hostName: jointPlanParty.hostName,
  lockedNumber: jointPlanParty.lockedNumber,
  callOffReason: jointPlanParty.callOffReason,
  callOffBy: jointPlanParty.callOffBy,
  revision: jointPlanParty.revision,
};
const partiesById = statement(
  build
    .select(partyFields)
    .from(jointPlanParty)
    .where(and(sql`${jointPlanParty.id} = any(${placeholder('ids')}::uuid[])`, isNull(jointPlanParty.deleted))),
);
export type JointPlanParty = Awaited<ReturnType<typeof partiesById.run>>[number];
const partiesOfPlans = statement(
  build
    .select(partyFields)
    .from(jointPlanParty)
    .where(and(sql`${jointPlanParty.jointPlan} = any(${placeholder('keys')}::uuid[])`, isNull(jointPlanParty.deleted)))
    .orderBy(asc(jointPlanParty.created), asc(jointPlanParty.owner)),
);

const proposalFields = {
  id: jointPlanProposal.id,
  owner: jointPlanProposal.owner,
  jointPlan: jointPlanProposal.jointPlan,
  number: jointPlanProposal.number,
  basedOn: jointPlanProposal.basedOn,
  title: jointPlanProposal.title,
  kind: jointPlanProposal.kind,
  topics: jointPlanProposal.topics,
  agenda: jointPlanProposal.agenda,
  place: jointPlanProposal.place,
  region: jointPlanProposal.region,
  online: jointPlanProposal.online,
  durationMinutes: jointPlanProposal.durationMinutes,
  starts: jointPlanProposal.starts,
  visits: jointPlanProposal.visits,
  quotas: jointPlanProposal.quotas,
  comment: jointPlanProposal.comment,
  lockedBefore: jointPlanProposal.lockedBefore,
  answerBy: jointPlanProposal.answerBy,
  takenBack: jointPlanProposal.takenBack,
  slot: jointPlanProposal.slot,
  created: jointPlanProposal.created,
};
/** Proposals of joint plans, by `keys`, the latest first. */
export const proposalsOfPlans = statement(
  build
    .select(proposalFields)
    .from(jointPlanProposal)
    .where(
      and(sql`${jointPlanProposal.jointPlan} = any(${placeholder('keys')}::uuid[])`, isNull(jointPlanProposal.deleted)),
    )
    .orderBy(desc(jointPlanProposal.number)),
);
export type JointPlanProposal = Awaited<ReturnType<typeof proposalsOfPlans.run>>[number];

const platformsOfParties = statement(
  build
    .select({ party: jointPlanPlatform.jointPlanParty, workstation: jointPlanPlatform.workstation })
    .from(jointPlanPlatform)
    .where(
      and(
        sql`${jointPlanPlatform.jointPlanParty} = any(${placeholder('keys')}::uuid[])`,
        isNull(jointPlanPlatform.deleted),
      ),
    ),
);
const cooperationsOfPlans = statement(
  build
    .select({ plan: jointPlanCooperation.jointPlan, cooperation: jointPlanCooperation.cooperation })
    .from(jointPlanCooperation)
    .where(
      and(
        sql`${jointPlanCooperation.jointPlan} = any(${placeholder('keys')}::uuid[])`,
        isNull(jointPlanCooperation.deleted),
      ),
    ),
);
const freeSlots = statement(
  build
    .select({
      proposal: sql<string>`key.id`.as('proposal'),
      start: sql<string>`slot.start`.as('start'),
      free: sql<boolean>`slot.free`.as('free'),
    })
    .from(
      sql`unnest(${placeholder('keys')}::uuid[]) as key(id) cross join lateral consultations.slots_free(key.id) as slot`,
    ),
);

const takesPart = sql`select ${jointPlanParty.jointPlan} from ${jointPlanParty} where ${jointPlanParty.owner} = key.committee and ${jointPlanParty.deleted} is null`;
const plansOfCommittee = list({
  name: 'joint plans of committee',
  table: jointPlan,
  fields: planFields,
  key: { committee: 'text' },
  tie: sql`${jointPlan.id} = any(array(${takesPart} and ${jointPlanParty.status} not in ('WITHDRAWN', 'UNINVITED')))`,
  orders: { MODIFIED_DESC: { by: ['modified'], descending: true } },
});
const conditions = {
  statuses: sql`${jointPlan.status} = any(${placeholder('statuses')}::text[])`,
  answers: sql`${jointPlan.id} = any(array(${takesPart} and ${jointPlanParty.status} = any(${placeholder('answers')}::text[])))`,
};
export interface JointPlansRequest extends PageArguments {
  readonly statuses?: readonly string[] | null;
  readonly answers?: readonly string[] | null;
}

/** Joint plans with their parties and proposals, for one fetch. */
export class JointPlanStore {
  readonly #lists: ListReader;
  readonly plans;
  readonly planOfConsultation;
  readonly parties;
  readonly partiesOfPlan;
  readonly proposalsOfPlan;
  readonly platformOfParty;
  readonly cooperationOfPlan;
  readonly freeSlotsOfProposal;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.plans = rowById(scope, plansById);
    this.planOfConsultation = rowsByKey(scope, plansOfConsultations, (row) => row.consultation ?? '');
    this.parties = rowById(scope, partiesById);
    this.partiesOfPlan = rowsByKey(scope, partiesOfPlans, (row) => row.jointPlan);
    this.proposalsOfPlan = rowsByKey(scope, proposalsOfPlans, (row) => row.jointPlan);
    this.platformOfParty = rowsByKey(scope, platformsOfParties, (row) => row.party);
    this.cooperationOfPlan = rowsByKey(scope, cooperationsOfPlans, (row) => row.plan);
    this.freeSlotsOfProposal = rowsByKey(scope, freeSlots, (row) => row.proposal);
  }

  /** The plans in which a committee takes part. */
  ofCommittee(committee: string, { statuses, answers, ...page }: JointPlansRequest): Connection<JointPlan> {
    const filter = filterBy(conditions, { statuses, answers });
    return this.#lists.connection(plansOfCommittee, { committee }, { page, order: 'MODIFIED_DESC', filter });
  }
}
