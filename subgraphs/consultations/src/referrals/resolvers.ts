import { connectionResolvers } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { dueOf, mutation, stepOf } from '@hub/workflow';
import type { Context } from '../context.ts';
import type { Problem } from '../problems/store.ts';
import { consultationSettings } from '../settings/settings.ts';
import { matterStanding, type Standing } from './chain.ts';
import { handlingSteps } from './handling.ts';
import { referralHandlingMachine } from './referral-handling.machine.ts';
import {
  answerReferral,
  declineReferral,
  handBackReferral,
  passOnReferral,
  recallReferral,
  referProblem,
  referSubmission,
  takeBackProblem,
  takeReferral,
} from './steps.ts';
import type { Handling, Referral, ReferralsRequest } from './store.ts';

const readProblem = (id: string, { problems }: Context) => problems.problems.load(id);
const readHandling = (id: string, { referrals }: Context) => referrals.handlings.load(id);
const handlingOf = async ({ id }: Referral, { referrals }: Context) =>
  (await referrals.handlingsOfReferral.load(id))[0] ?? null;

/** Who has a problem: the committee that found it, unless it was sent to another one. */
async function problemStanding(
  { id, owner, status, due }: Problem,
  { referrals }: Context,
): Promise<Omit<Standing, 'came'>> {
  const sent = status === 'REFERRED' ? matterStanding(await referrals.chainOfProblem.load(id)) : undefined;
  if (sent) return sent;
  return { holder: owner, until: status === 'HANDED_OVER' || status === 'PUT_RIGHT' ? due : null };
}

const standing = async (row: Referral, { referrals }: Context) => matterStanding(await referrals.chainOf(row));

/** The letter that a mutation wrote beside the record that it moved. */
const written = ({ referral }: { referral?: string }, _: unknown, { referrals }: Context) =>
  referral === undefined ? null : referrals.referrals.load(referral);

export const referralResolvers: Resolvers = {
  Query: {
    referral: (_, { id }: { id: string }, { referrals }: Context) => referrals.referrals.load(id),
    referralHandling: (_, { id }: { id: string }, context: Context) => readHandling(id, context),
  },
  Committee: {
    referrals: ({ code }: Committee, args: ReferralsRequest, { referrals }: Context) =>
      referrals.ofCommittee(currentCode(code), args),
  },
  Problem: {
    referrals: ({ id }: Problem, _, { referrals }: Context) => referrals.chainOfProblem.load(id),
    holder: async (row: Problem, _, context: Context) => committeeByCode((await problemStanding(row, context)).holder),
    heldUntil: async (row: Problem, _, context: Context) => (await problemStanding(row, context)).until,
  },
  Submission: {
    referrals: ({ id }: { id: string }, _, { referrals }: Context) => referrals.chainOfSubmission.load(id),
  },
  Referral: {
    __resolveReference: ({ id }: Referral, { referrals }: Context) => referrals.referrals.load(id),
    from: ({ owner }: Referral) => committeeByCode(owner),
    to: ({ committee }: Referral) => committeeByCode(committee),
    path: ({ path }: Referral) => path.map(committeeByCode),
    problem: ({ problem }: Referral, _, context: Context) => problem && readProblem(problem, context),
    submission: ({ submission }: Referral, _, { submissions }: Context) =>
      submission && submissions.submissions.load(submission),
    previous: ({ previous }: Referral, _, { referrals }: Context) => previous && referrals.referrals.load(previous),
    handling: (row: Referral, _, context: Context) => handlingOf(row, context),
    holder: async (row: Referral, _, context: Context) => {
      const now = await standing(row, context);
      return now ? committeeByCode(now.holder) : null;
    },
    heldUntil: async (row: Referral, _, context: Context) => (await standing(row, context))?.until ?? null,
    pendingSteps: async (row: Referral, _, context: Context) => {
      const { actor } = context;
      const waits =
        row.recalled === null &&
        actor.kind === 'STAFF' &&
        [row.owner, row.committee].includes(actor.committee) &&
        actor.duties.includes(referralHandlingMachine.duty) &&
        !(await handlingOf(row, context));
      if (!waits) return [];
      if (actor.committee === row.owner)
        return [{ step: 'recallReferral', label: '收回转办', due: null, dueProvisional: false }];
      const settings = await consultationSettings.of(context, row.committee);
      return ['takeReferral', 'declineReferral'].map((name) => {
        const step = stepOf(referralHandlingMachine, name);
        const due = dueOf(step, { since: null, sent: row.sent }, settings);
        return { step: name, label: step.zh, due: due?.day ?? null, dueProvisional: due?.provisional ?? false };
      });
    },
  },
  ReferralHandling: {
    __resolveReference: ({ id }: Handling, context: Context) => readHandling(id, context),
    committee: ({ owner }: Handling) => committeeByCode(owner),
    referral: ({ referral }: Handling, _, { referrals }: Context) => referrals.referrals.load(referral),
    ...handlingSteps.fields,
  },
  ReferProblemPayload: { referral: written },
  ReferSubmissionPayload: { referral: written },
  PassOnReferralPayload: { referral: written },
  Mutation: {
    referProblem: mutation('problem', referProblem, readProblem),
    takeBackProblem: mutation('problem', takeBackProblem, readProblem),
    referSubmission: mutation('submission', referSubmission, (id, { submissions }: Context) =>
      submissions.submissions.load(id),
    ),
    recallReferral: mutation('referral', recallReferral, (id, { referrals }: Context) => referrals.referrals.load(id)),
    takeReferral: mutation('referralHandling', takeReferral, readHandling),
    declineReferral: mutation('referralHandling', declineReferral, readHandling),
    handBackReferral: mutation('referralHandling', handBackReferral, readHandling),
    passOnReferral: mutation('referralHandling', passOnReferral, readHandling),
    answerReferral: mutation('referralHandling', answerReferral, readHandling),
  },
  ReferralConnection: connectionResolvers,
};
