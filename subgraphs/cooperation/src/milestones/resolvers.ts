import { connectionResolvers, type PageArguments } from '@hub/connections';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Milestone, MilestonePerson } from './store.ts';

export const milestoneResolvers: Resolvers = {
  Query: {
    milestone: (_, { id }: { id: string }, { milestones }: Context) => milestones.milestones.load(id),
  },
  Cooperation: {
    milestones: ({ id }: { id: string }, _, { milestones }: Context) => milestones.milestonesOfCooperation.load(id),
  },
  Milestone: {
    __resolveReference: ({ id }: Milestone, { milestones }: Context) => milestones.milestones.load(id),
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
};
