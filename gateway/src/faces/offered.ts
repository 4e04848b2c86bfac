import { subgraphsWith } from '../supergraph.ts';

/** Which faces a supergraph has what they need for. A graph of other subgraphs is served without the others. */
export interface Offered {
  /** Agencies with tokens of their own: what they may read, and the log of it. */
  readonly agencies: boolean;
  readonly calendars: boolean;
  /** The subgraphs that keep files. */
  readonly files: readonly (typeof fileKeepers)[number][];
}

const fileKeepers = ['consultations', 'cooperation'] as const;

/** What stands in the graph for the gateway that makes each face. */
const needed = {
  agencies: { Query: ['agencyAccess'], Mutation: ['recordAccesses', 'signAccesses'] },
  calendars: { Query: ['calendarFeedBySecret'], Mutation: [] },
  files: {
    Query: ['storedFile', 'fileBytes'],
    Mutation: ['beginFile', 'appendFileChunk', 'finishFile', 'abandonFile'],
  },
} as const;

export function offeredBy(supergraph: string): Offered {
  const has = (subgraph: string, face: keyof typeof needed): boolean =>
    (['Query', 'Mutation'] as const).every((root) =>
      needed[face][root].every((field) => subgraphsWith(supergraph, root, field).includes(subgraph)),
    );
  return {
    agencies: has('cooperation', 'agencies'),
    calendars: has('consultations', 'calendars'),
    files: fileKeepers.filter((subgraph) => has(subgraph, 'files')),
  };
}
