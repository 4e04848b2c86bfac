import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Attendance } from '../attendance/store.ts';
import type { Context } from '../context.ts';
import { recordSpeech, removeSpeech, type Speech, speechSteps, submitWrittenSpeech, withdrawSpeech } from './store.ts';

const read = (id: string, { speeches }: Context) => speeches.speeches.load(id);

export const speechResolvers: Resolvers = {
  Query: {
    speech: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Consultation: {
    speeches: ({ id }: { id: string }, _, { speeches }: Context) => speeches.speechesOfConsultation.load(id),
  },
  Attendance: {
    speeches: async ({ consultation, member }: Attendance, _, { speeches }: Context) =>
      (await speeches.speechesOfConsultation.load(consultation)).filter((one) => one.member === member),
  },
  Speech: {
    __resolveReference: ({ id }: Speech, context: Context) => read(id, context),
    consultation: ({ consultation }: Speech, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    speaker: ({ member }: Speech) => (member === null ? null : { id: member }),
    agendaItem: ({ agendaItem }: Speech, _, { agenda }: Context) => (agendaItem ? agenda.items.load(agendaItem) : null),
    ...speechSteps.fields,
  },
  Mutation: {
    recordSpeech: mutation('speech', recordSpeech, read),
    submitWrittenSpeech: mutation('speech', submitWrittenSpeech, read),
    withdrawSpeech: mutation('speech', withdrawSpeech, read),
    removeSpeech: mutation('speech', removeSpeech, read),
  },
};
