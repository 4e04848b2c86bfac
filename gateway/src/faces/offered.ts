import { subgraphsWith } from '../supergraph.ts';

/** Which faces a supergraph has what they need for. A graph of other subgraphs is served without the others. */
export interface Offered {
  /** Agencies with tokens of their own: what they may read, and the log of it. */
  readonly agencies: boolean;
  readonly calendars: boolean;
  /** The subgraph that stores the files of each type of record, by the names that `POST /files?for=…` has for them. */
  readonly files: ReadonlyMap<string, string>;
}

/** Whose records have files, each in its subgraph; the first is meant unless one is named. */
const filedIn: readonly (readonly [record: string, subgraph: string])[] = [
  ['paper', 'consultations'],
  ['plan', 'consultations'],
  ['agreement', 'cooperation'],
];

/** What stands in the graph for the gateway that makes each face. */
const needed = {
  agencies: {
    Query: ['agencyAccess', 'accessChain', 'oldAccesses'],
    Mutation: ['recordAccesses', 'signAccesses', 'addAccessKey'],
  },
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
    files: new Map(filedIn.filter(([, subgraph]) => has(subgraph, 'files'))),
  };
}
