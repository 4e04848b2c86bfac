import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { dueOf, mutation, stepOf } from '@hub/workflow';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import { consultationSettings } from '../settings/settings.ts';
import { followUpMachine } from './followup.machine.ts';
import {
  closeFollowUp,
  evaluateConsultation,
  evaluateFollowUp,
  fileMinutes,
  followUpConsultation,
  followUpSteps,
  receiveHandlingReport,
  reviewConsultation,
  sendResults,
} from './steps.ts';
import type { FollowUp } from './store.ts';

const read = (id: string, { followUps }: Context) => followUps.followUps.load(id);

/** Scores as the one who asks may see them: none of a group so small that they tell who gave them. */
async function scoresOf({ id, owner }: Consultation, context: Context) {
  const { actor, followUps } = context;
  const scores = await followUps.scores.load(id);
  const members = scores.reduce((sum, score) => (score.matter === 'ATTITUDE' ? sum + score.members : sum), 0);
  const { evaluationLeastGroup } = await consultationSettings.of(context, owner);
  const shown = members >= evaluationLeastGroup || (actor.kind === 'STAFF' && actor.committee === owner);
  const of = (matter: 'ATTITUDE' | 'RESULT') => (shown ? scores.filter((score) => score.matter === matter) : []);
  return { members: shown ? members : null, attitude: of('ATTITUDE'), result: of('RESULT') };
}

export const followUpResolvers: Resolvers = {
  Query: {
    followUp: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Consultation: {
    followUp: async ({ id }: Consultation, _, { followUps }: Context) =>
      (await followUps.followUpOfConsultation.load(id))[0] ?? null,
    minutesDue: async ({ id, owner, status, heldUntil }: Consultation, _, context: Context) => {
      if (status !== 'HELD' || (await context.followUps.minutesFiled.load(id)).length > 0) return null;
      const settings = await consultationSettings.of(context, owner);
      return dueOf(stepOf(followUpMachine, 'fileMinutes'), { since: null, heldUntil }, settings)?.day ?? null;
    },
    evaluation: async (row: Consultation, _, context: Context) => ({
      ...(await scoresOf(row, context)),
      evaluations: await context.followUps.consultationEvaluations.load(row.id),
    }),
  },
  FollowUp: {
    __resolveReference: ({ id }: FollowUp, context: Context) => read(id, context),
    consultation: ({ consultation }: FollowUp, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    dispatches: ({ id }: FollowUp, _, { followUps }: Context) => followUps.dispatches.load(id),
    handlingReports: ({ id }: FollowUp, _, { followUps }: Context) => followUps.reports.load(id),
    visits: ({ id }: FollowUp, _, { followUps }: Context) => followUps.visits.load(id),
    evaluations: ({ id }: FollowUp, _, { followUps }: Context) => followUps.evaluations.load(id),
    ...followUpSteps.fields,
  },
  FollowUpVisit: {
    consultation: ({ consultation }: { consultation: string }, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
  },
  FollowUpEvaluation: {
    committee: ({ owner }: { owner: string }) => committeeByCode(owner),
  },
  Mutation: {
    fileMinutes: mutation('followUp', fileMinutes, read),
    sendResults: mutation('followUp', sendResults, read),
    receiveHandlingReport: mutation('followUp', receiveHandlingReport, read),
    followUpConsultation: mutation('followUp', followUpConsultation, read),
    evaluateFollowUp: mutation('followUp', evaluateFollowUp, read),
    reviewConsultation: mutation('followUp', reviewConsultation, read),
    closeFollowUp: mutation('followUp', closeFollowUp, read),
    evaluateConsultation: mutation('consultation', evaluateConsultation, (id, { consultations }: Context) =>
      consultations.consultations.load(id),
    ),
  },
};
