import { connectionResolvers, type PageArguments } from '@hub/connections';
import { committeeByCode, type Resolvers, rangeOf } from '@hub/subgraph-server';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import { adoptedByAll } from './adopted-by-all.ts';
import type { Adoption, Author, Suggestion, SuggestionsRequest } from './store.ts';

export const suggestionResolvers: Resolvers = {
  Query: {
    suggestion: (_, { id }: { id: string }, { suggestions }: Context) => suggestions.suggestions.load(id),
    suggestions: (_, args: SuggestionsRequest & { within?: string | null }, { suggestions }: Context) =>
      suggestions.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    suggestions: ({ id }: Consultation, page: PageArguments, { suggestions }: Context) =>
      suggestions.suggestionsOf(id, page),
  },
  Suggestion: {
    __resolveReference: ({ id }: Suggestion, { suggestions }: Context) => suggestions.suggestions.load(id),
    consultation: ({ consultation }: Suggestion, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    authors: ({ id }: Suggestion, _, { suggestions }: Context) => suggestions.authorsOfSuggestion.load(id),
    adoptions: ({ id }: Suggestion, _, { suggestions }: Context) => suggestions.adoptionsOfSuggestion.load(id),
    adoptedByAll: async ({ id, consultation }: Suggestion, _, { consultations, suggestions }: Context) => {
      const [hosts, adoptions] = await Promise.all([
        consultations.hostsOfConsultation.load(consultation),
        suggestions.adoptionsOfSuggestion.load(id),
      ]);
      return adoptedByAll(hosts, adoptions);
    },
  },
  SuggestionAuthor: {
    member: ({ member }: Author) => ({ id: member }),
  },
  Adoption: {
    committee: ({ owner }: Adoption) => committeeByCode(owner),
  },
  SuggestionConnection: connectionResolvers,
};
