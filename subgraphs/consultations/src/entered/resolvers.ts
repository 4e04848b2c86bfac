import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { enterAttendance, enterHeldConsultation, recordConsultationHeldAfterwards } from './steps.ts';

const read = (id: string, { consultations }: Context) => consultations.consultations.load(id);

export const enteredResolvers: Resolvers = {
  Mutation: {
    enterHeldConsultation: mutation('consultation', enterHeldConsultation, read),
    recordConsultationHeldAfterwards: mutation('consultation', recordConsultationHeldAfterwards, read),
    enterAttendance: mutation('consultation', enterAttendance, read),
  },
};
