import { connectionResolvers, type PageArguments } from '@hub/connections';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  addMilestone,
  cancelMilestone,
  correctMilestone,
  milestoneSteps,
  planMilestone,
  recordMilestoneDone,
} from './steps.ts';
import type { Milestone, MilestonePerson } from './store.ts';

const read = (id: string, { milestones }: Context) => milestones.milestones.load(id);

export const milestoneResolvers: Resolvers = {
  Query: {
    milestone: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Cooperation: {
    milestones: ({ id }: { id: string }, _, { milestones }: Context) => milestones.inOrder(id),
    nextMilestone: async ({ id }: { id: string }, _, { milestones }: Context) =>
      (await milestones.inOrder(id)).find(({ status }) => status === 'PLANNED') ?? null,
  },
  Milestone: {
    __resolveReference: ({ id }: Milestone, context: Context) => read(id, context),
    committee: ({ owner }: Milestone) => committeeByCode(owner),
    ...milestoneSteps.fields,
    done: ({ status }: Milestone) => status === 'DONE',
    people: ({ id }: Milestone, _, { milestones }: Context) => milestones.peopleOfMilestone.load(id),
    cooperation: ({ cooperation }: Milestone, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
  },
  MilestonePerson: {
    person: ({ person }: MilestonePerson) => ({ id: person }),
  },
  Person: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    milestones: ({ id }: { id: string }, page: PageArguments, { milestones }: Context) =>
      milestones.milestonesOfPerson(id, page),
  },
  MilestoneConnection: connectionResolvers,
  Mutation: {
    addMilestone: mutation('milestone', addMilestone, read),
    planMilestone: mutation('milestone', planMilestone, read),
    recordMilestoneDone: mutation('milestone', recordMilestoneDone, read),
    correctMilestone: mutation('milestone', correctMilestone, read),
    cancelMilestone: mutation('milestone', cancelMilestone, read),
  },
};
