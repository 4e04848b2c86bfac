import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import { setPartVisibility } from './steps.ts';
import type { PreviewedPart } from './store.ts';

export const audienceResolvers: Resolvers = {
  Consultation: {
    publicationPreview: async ({ id }: Consultation, _, { actor, audiences }: Context) => {
      if (actor.kind !== 'STAFF') return null;
      const hosts = await audiences.hostsOfConsultation.load(id);
      if (!hosts.some(({ committee }) => committee === actor.committee)) return null;
      return {
        awaited: hosts.filter(({ awaited }) => awaited).map(({ committee }) => committeeByCode(committee)),
        parts: await audiences.partsOfConsultation.load(id),
      };
    },
  },
  PreviewedPart: {
    committee: ({ owner }: PreviewedPart) => committeeByCode(owner),
  },
  Mutation: {
    setPartVisibility: mutation('consultation', setPartVisibility, (id, { consultations }: Context) =>
      id === '' ? null : consultations.consultations.load(id),
    ),
  },
};
