import { searchedConnectionResolvers } from '@hub/connections';
import { committeeByCode, type Resolvers, rangeOf, regionByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  acceptSubmission,
  answerSubmission,
  assignSubmission,
  declineSubmission,
  enterSubmission,
  fileSubmission,
  handBackSubmission,
  isFiler,
  rateSubmission,
  recallSubmission,
  recordSubmissionAnswer,
  type Submission,
  type SubmissionsRequest,
  solveSubmission,
  submissionSteps,
  withdrawSubmission,
} from './store.ts';

const read = (id: string, { submissions }: Context) => submissions.submissions.load(id);
const dayMs = 86_400_000;
const ofFiler: ReadonlySet<string> = new Set(['withdrawSubmission', 'rateSubmission']);

export const submissionResolvers: Resolvers = {
  Query: {
    submission: (_, { id }: { id: string }, context: Context) => read(id, context),
    submissions: (_, args: SubmissionsRequest & { within?: string | null }, { submissions }: Context) =>
      submissions.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    submissions: ({ id }: { id: string }, _, { submissions }: Context) =>
      submissions.submissionsOfConsultation.load(id),
  },
  Submission: {
    __resolveReference: ({ id }: Submission, context: Context) => read(id, context),
    committee: ({ owner }: Submission) => committeeByCode(owner),
    region: ({ region }: Submission) => (region ? regionByCode(region) : null),
    daysToSolve: ({ received, solved }: Submission) =>
      solved === null ? null : Math.round((Date.parse(solved) - Date.parse(received)) / dayMs),
    consultation: ({ consultation }: Submission, _, { consultations }: Context) =>
      consultation ? consultations.consultations.load(consultation) : null,
    phone: async ({ id }: Submission, _, { submissions }: Context) =>
      (await submissions.contactOfSubmission.load(id))[0]?.phone ?? null,
    events: submissionSteps.fields.events,
    pendingSteps: async (row: Submission, _, context: Context) => {
      const open = await submissionSteps.pending(context, row);
      return isFiler(context.actor, row) ? open : open.filter(({ step }) => !ofFiler.has(step));
    },
  },
  Mutation: {
    fileSubmission: mutation('submission', fileSubmission, read),
    enterSubmission: mutation('submission', enterSubmission, read),
    withdrawSubmission: mutation('submission', withdrawSubmission, read),
    rateSubmission: mutation('submission', rateSubmission, read),
    acceptSubmission: mutation('submission', acceptSubmission, read),
    declineSubmission: mutation('submission', declineSubmission, read),
    assignSubmission: mutation('submission', assignSubmission, read),
    recallSubmission: mutation('submission', recallSubmission, read),
    recordSubmissionAnswer: mutation('submission', recordSubmissionAnswer, read),
    handBackSubmission: mutation('submission', handBackSubmission, read),
    answerSubmission: mutation('submission', answerSubmission, read),
    solveSubmission: mutation('submission', solveSubmission, read),
  },
  SubmissionConnection: searchedConnectionResolvers,
};
