import { type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import { committeeByCode, type Resolvers, rangeOf } from '@hub/subgraph-server';
import { adoptedByAll, mutation } from '@hub/workflow';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import {
  answerSuggestion,
  assignSuggestion,
  closeSuggestion,
  confirmCoAuthorship,
  decideSuggestion,
  declineCoAuthorship,
  handBackSuggestion,
  makeSuggestion,
  recallSuggestion,
  recordSuggestion,
  recordSuggestionAnswer,
  returnSuggestion,
  reviseSuggestion,
  suggestionSteps,
  takeSuggestion,
  withdrawSuggestion,
} from './steps.ts';
import type { Adoption, Author, Suggestion, SuggestionsRequest } from './store.ts';

const read = (id: string, { suggestions }: Context) => suggestions.suggestions.load(id);

const ofCoAuthors: ReadonlySet<string> = new Set(['confirmCoAuthorship', 'declineCoAuthorship']);

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
    authors: async ({ id, department }: Suggestion, _, { actor, suggestions }: Context) =>
      actor.kind === 'DEPARTMENT' && department === actor.department
        ? suggestions.authorsForDepartment.load(id)
        : (await suggestions.authorsOfSuggestion.load(id)).filter(({ certain, confirmed }) => certain || confirmed),
    namedAuthors: async ({ id }: Suggestion, _, { suggestions }: Context) =>
      (await suggestions.authorsOfSuggestion.load(id)).filter(({ certain }) => !certain),
    adoptions: ({ id }: Suggestion, _, { suggestions }: Context) => suggestions.adoptionsOfSuggestion.load(id),
    adoptedByAll: async ({ id, consultation }: Suggestion, _, { consultations, suggestions }: Context) => {
      const [hosts, adoptions] = await Promise.all([
        consultations.hostsOfConsultation.load(consultation),
        suggestions.adoptionsOfSuggestion.load(id),
      ]);
      return adoptedByAll(
        hosts,
        adoptions.filter(({ superseded }) => !superseded),
      );
    },
    events: suggestionSteps.fields.events,
    pendingSteps: async (row: Suggestion, _, context: Context) => {
      const { actor, suggestions } = context;
      if (actor.kind !== 'MEMBER') return suggestionSteps.pending(context, row);
      // To confirm is for those who were named, of all the members, and of whichever committee they are.
      const asked = (await suggestions.asked()).has(row.id);
      const open = await suggestionSteps.pending(context, asked ? { ...row, owner: actor.committee } : row);
      return open.filter(({ step }) => asked || !ofCoAuthors.has(step));
    },
  },
  Member: {
    suggestions: ({ id }: { id: string }, page: PageArguments, { suggestions }: Context) =>
      suggestions.ofMember(id, page),
  },
  NamedAuthor: {
    member: ({ member }: Author) => ({ id: member }),
  },
  SuggestionAuthor: {
    member: ({ member }: Pick<Author, 'member'>) => ({ id: member }),
  },
  Adoption: {
    committee: ({ owner }: Adoption) => committeeByCode(owner),
  },
  Mutation: {
    makeSuggestion: mutation('suggestion', makeSuggestion, read),
    recordSuggestion: mutation('suggestion', recordSuggestion, read),
    confirmCoAuthorship: mutation('suggestion', confirmCoAuthorship, read),
    declineCoAuthorship: mutation('suggestion', declineCoAuthorship, read),
    withdrawSuggestion: mutation('suggestion', withdrawSuggestion, read),
    returnSuggestion: mutation('suggestion', returnSuggestion, read),
    reviseSuggestion: mutation('suggestion', reviseSuggestion, read),
    takeSuggestion: mutation('suggestion', takeSuggestion, read),
    assignSuggestion: mutation('suggestion', assignSuggestion, read),
    recallSuggestion: mutation('suggestion', recallSuggestion, read),
    recordSuggestionAnswer: mutation('suggestion', recordSuggestionAnswer, read),
    handBackSuggestion: mutation('suggestion', handBackSuggestion, read),
    answerSuggestion: mutation('suggestion', answerSuggestion, read),
    closeSuggestion: mutation('suggestion', closeSuggestion, read),
    decideSuggestion: mutation('suggestion', decideSuggestion, read),
  },
  SuggestionConnection: searchedConnectionResolvers,
};
