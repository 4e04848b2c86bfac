import { connectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { countedTotal, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import type { InstructionScope } from './instructions.ts';
import { bySeries } from './series.ts';
import { recordInstruction, recordOutcome, recordReading, reportReading } from './steps.ts';
import type { Outcome, OutcomesRequest, Reading } from './store.ts';

const outcomeOf = (id: string, { outcomes }: Context) => outcomes.outcomes.load(id);
const readingOf = (id: string, { outcomes }: Context) => outcomes.readings.load(id);

export const outcomeResolvers: Resolvers = {
  Query: {
    consultationOutcome: (_, { id }: { id: string }, { outcomes }: Context) => outcomes.outcomes.load(id),
    consultationOutcomes: (_, args: OutcomesRequest & { within?: string | null }, { outcomes }: Context) =>
      outcomes.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    readings: ({ id }: Consultation, _, { outcomes }: Context) => outcomes.readingsOfConsultation.load(id),
    readingSeries: async ({ id }: Consultation, _, { outcomes }: Context) =>
      bySeries(await outcomes.readingsOfConsultation.load(id)),
    outcomes: ({ id }: Consultation, _, { outcomes }: Context) => outcomes.outcomesOfConsultation.load(id),
  },
  Suggestion: {
    outcomes: ({ id }: { id: string }, _, { outcomes }: Context) => outcomes.outcomesOfSuggestion.load(id),
    readings: ({ id }: { id: string }, _, { outcomes }: Context) => outcomes.readingsOfSuggestion.load(id),
  },
  FollowUpReading: {
    consultation: ({ consultation }: Reading, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    suggestion: ({ suggestion }: Reading, _, { suggestions }: Context) =>
      suggestion ? suggestions.suggestions.load(suggestion) : null,
    recordedBy: ({ department, source }: Reading) => (department ? 'DEPARTMENT' : source ? null : 'STAFF'),
  },
  Committee: {
    instructionSummary: (
      { code }: Committee,
      { scope, year }: ScopeArgument & { year?: number | null },
    ): InstructionScope => ({ ...rangeOf(code, 'code', scope), year: year ?? null }),
  },
  InstructionSummary: {
    total: async (asked: InstructionScope, _, { outcomes }: Context) =>
      countedTotal(await outcomes.instructions.total(asked)),
    byLevelAndSide: (asked: InstructionScope, _, { outcomes }: Context) => outcomes.instructions.groups(asked),
  },
  ConsultationOutcome: {
    __resolveReference: ({ id }: Outcome, { outcomes }: Context) => outcomes.outcomes.load(id),
    consultation: ({ consultation }: Outcome, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    suggestions: async ({ id }: Outcome, _, { outcomes, suggestions }: Context) => {
      const links = await outcomes.suggestionsOfOutcome.load(id);
      const found = await Promise.all(links.map(({ suggestion }) => suggestions.suggestions.load(suggestion)));
      return found.filter((row) => row !== null);
    },
  },
  Mutation: {
    recordReading: mutation('reading', recordReading, readingOf),
    reportReading: mutation('reading', reportReading, readingOf),
    recordOutcome: mutation('outcome', recordOutcome, outcomeOf),
    recordInstruction: mutation('outcome', recordInstruction, outcomeOf),
  },
  ConsultationOutcomeConnection: connectionResolvers,
};
