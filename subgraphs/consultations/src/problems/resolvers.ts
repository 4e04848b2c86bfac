import { searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  answerProblem,
  closeProblem,
  handBackProblem,
  handOverProblem,
  problemSteps,
  recallProblem,
  recordProblemAnswer,
  rejectProblem,
  reportProblem,
  reportProblemPutRight,
  verifyProblem,
} from './steps.ts';
import { isOverdue, type Problem, type ProblemsRequest } from './store.ts';

const read = (id: string, { problems }: Context) => problems.problems.load(id);

export const problemResolvers: Resolvers = {
  Query: {
    problem: (_, { id }: { id: string }, context: Context) => read(id, context),
    problems: (_, args: ProblemsRequest & { within?: string | null }, { problems }: Context) =>
      problems.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Committee: {
    problems: ({ code }: Committee, args: ProblemsRequest & ScopeArgument, { problems }: Context) =>
      problems.inRange(rangeOf(code, 'code', args.scope), args),
  },
  LinkedAction: {
    problems: (
      { id }: { id: string },
      args: ProblemsRequest & { readonly scope: 'OWN' | 'SUBTREE' },
      { problems }: Context,
    ) => problems.ofAction(id, args),
    problemProgress: async (
      { id }: { id: string },
      { scope }: { scope: 'OWN' | 'SUBTREE' },
      { problems }: Context,
    ) => ({ basis: 'COUNTED', ...(await problems.progress.load({ action: id, scope })) }),
  },
  Problem: {
    __resolveReference: ({ id }: Problem, context: Context) => read(id, context),
    committee: ({ owner }: Problem) => committeeByCode(owner),
    linkedAction: ({ linkedAction }: Problem, _, { linkedActions }: Context) =>
      linkedAction && linkedActions.actions.load(linkedAction),
    consultation: ({ consultation }: Problem, _, { consultations }: Context) =>
      consultation && consultations.consultations.load(consultation),
    overdue: isOverdue,
    ...problemSteps.fields,
  },
  Mutation: {
    reportProblem: mutation('problem', reportProblem, read),
    handOverProblem: mutation('problem', handOverProblem, read),
    recallProblem: mutation('problem', recallProblem, read),
    handBackProblem: mutation('problem', handBackProblem, read),
    reportProblemPutRight: mutation('problem', reportProblemPutRight, read),
    answerProblem: mutation('problem', answerProblem, read),
    recordProblemAnswer: mutation('problem', recordProblemAnswer, read),
    verifyProblem: mutation('problem', verifyProblem, read),
    rejectProblem: mutation('problem', rejectProblem, read),
    closeProblem: mutation('problem', closeProblem, read),
  },
  ProblemConnection: searchedConnectionResolvers,
};
