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

/** Those that may be seen, the one of the committee that leads first. */
async function followUpsOf({ id, owner }: Consultation, { followUps }: Context): Promise<FollowUp[]> {
  const all = await followUps.followUpOfConsultation.load(id);
  return [...all.filter((one) => one.owner === owner), ...all.filter((one) => one.owner !== owner)];
}

/** The host whose side the one who asks is on: of its own office, or of the committee that leads. */
async function sideShown({ id, owner }: Consultation, { actor, consultations }: Context): Promise<string> {
  if (actor.kind !== 'STAFF') return owner;
  const hosts = await consultations.hostsOfConsultation.load(id);
  return hosts.some(({ committee }) => committee === actor.committee) ? actor.committee : owner;
}

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
    followUp: async (row: Consultation, _, context: Context) => {
      const all = await followUpsOf(row, context);
      const side = await sideShown(row, context);
      return all.find(({ owner }) => owner === side) ?? all[0] ?? null;
    },
    followUps: (row: Consultation, _, context: Context) => followUpsOf(row, context),
    minutesDue: async (row: Consultation, _, context: Context) => {
      const { id, status, heldUntil } = row;
      if (status !== 'HELD') return null;
      const side = await sideShown(row, context);
      if ((await context.followUps.minutesFiled.load(id)).some(({ owner }) => owner === side)) return null;
      const settings = await consultationSettings.of(context, side);
      return dueOf(stepOf(followUpMachine, 'fileMinutes'), { since: null, heldUntil }, settings)?.day ?? null;
    },
    evaluation: async (row: Consultation, _, context: Context) => ({
      ...(await scoresOf(row, context)),
      evaluations: await context.followUps.consultationEvaluations.load(row.id),
    }),
  },
  FollowUp: {
    committee: ({ owner }: FollowUp) => committeeByCode(owner),
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
