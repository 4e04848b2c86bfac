import { type Committee, currentCode } from '@hub/regions';
import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { corrections } from './kinds.ts';
import {
  correctDispatch,
  correctHandlingReport,
  correctMinutes,
  correctOutcome,
  correctReading,
  correctRecordedSuggestion,
  withdrawConsultationRecord,
} from './steps.ts';

const followUpOf = (id: string, { followUps }: Context) => followUps.followUps.load(id);

export const correctionResolvers: Resolvers = {
  Suggestion: corrections.fields,
  ConsultationOutcome: corrections.fields,
  FollowUpReading: corrections.fields,
  FollowUp: corrections.fields,
  Committee: {
    consultationCorrections: ({ code }: Committee, _, context: Context) =>
      corrections.ofCommittee(currentCode(code), context),
  },
  Mutation: {
    correctRecordedSuggestion: mutation(
      'suggestion',
      correctRecordedSuggestion,
      (id: string, { suggestions }: Context) => suggestions.suggestions.load(id),
    ),
    correctOutcome: mutation('outcome', correctOutcome, (id: string, { outcomes }: Context) =>
      outcomes.outcomes.load(id),
    ),
    correctReading: mutation('reading', correctReading, (id: string, { outcomes }: Context) =>
      outcomes.readings.load(id),
    ),
    correctDispatch: mutation('followUp', correctDispatch, followUpOf),
    correctHandlingReport: mutation('followUp', correctHandlingReport, followUpOf),
    correctMinutes: mutation('followUp', correctMinutes, followUpOf),
    withdrawConsultationRecord: mutation('correction', withdrawConsultationRecord, corrections.byId),
  },
};
