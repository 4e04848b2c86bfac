import { connectionResolvers } from '@hub/connections';
import { type Resolvers, rangeOf } from '@hub/subgraph-server';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import type { Outcome, OutcomesRequest } from './store.ts';

export const outcomeResolvers: Resolvers = {
  Query: {
    consultationOutcome: (_, { id }: { id: string }, { outcomes }: Context) => outcomes.outcomes.load(id),
    consultationOutcomes: (_, args: OutcomesRequest & { within?: string | null }, { outcomes }: Context) =>
      outcomes.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    readings: ({ id }: Consultation, _, { outcomes }: Context) => outcomes.readingsOfConsultation.load(id),
    outcomes: ({ id }: Consultation, _, { outcomes }: Context) => outcomes.outcomesOfConsultation.load(id),
  },
  ConsultationOutcome: {
    __resolveReference: ({ id }: Outcome, { outcomes }: Context) => outcomes.outcomes.load(id),
    consultation: ({ consultation }: Outcome, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
  },
  ConsultationOutcomeConnection: connectionResolvers,
};
