import { readFileSync } from 'node:fs';
import { type ImportBatch, recordTables, type Upkeep } from '@hub/database';
import { HubError } from '@hub/errors';
import type { Facts } from '@hub/facts';
import { type CommitteeLevel, codeRange, currentCode, isCode } from '@hub/regions';
import { recordTypes, typesById } from './record-types.ts';
import type { SubgraphDefinition } from './subgraph.ts';

/** Makes a definition of a subgraph's folder: `src/<feature>/schema.graphql` for each feature, and `migrations/`. */
export function defineSubgraph<Context>(
  parts: Pick<SubgraphDefinition<Context>, 'name' | 'resolvers' | 'createContext'> & {
    /** `import.meta.url` of the folder's `src/subgraph.ts`. */
    readonly folder: string;
    readonly features: readonly string[];
    /** SDL that comes with packages of which the subgraph is made. */
    readonly typeDefs?: readonly string[];
    readonly upkeep: Upkeep;
    /** All that `src/tables.ts` exports. */
    readonly tables: Readonly<Record<string, unknown>>;
    /** The facts that are this subgraph's, as rows in the order that references need. */
    readonly factsAsRows: (facts: Facts) => readonly ImportBatch[];
  },
): SubgraphDefinition<Context> {
  const { name, resolvers, createContext, folder, features, upkeep, tables, factsAsRows } = parts;
  const typeDefs = [
    ...(parts.typeDefs ?? []),
    ...features.map((feature) => readFileSync(new URL(`${feature}/schema.graphql`, folder), 'utf8')),
  ].join('\n');
  return {
    name,
    resolvers,
    createContext,
    factsAsRows,
    typeDefs,
    records: recordTypes(recordTables(tables), typesById(typeDefs)),
    schema: { name, migrations: new URL('../migrations', folder), tables, upkeep },
  };
}

export interface ScopeArgument {
  readonly scope?: 'OWN' | 'SUBTREE' | null;
}

/** The range of current codes that a code stands for: itself alone (OWN) or everything below it too. A malformed code names its argument. */
export function rangeOf(
  code: string,
  field: string,
  scope: ScopeArgument['scope'] = 'SUBTREE',
): { lo: string; hi: string } {
  if (!isCode(code)) throw new HubError('BAD_USER_INPUT', { field });
  const current = currentCode(code);
  // Nothing sorts between a code and itself with the lowest character after it.
  return scope === 'SUBTREE' ? codeRange(current) : { lo: current, hi: `${current}!` };
}

/** The codes of the committees of a level, as a regular expression of PostgreSQL. */
export const codesOfLevel: Readonly<Record<CommitteeLevel, string>> = {
  NATIONAL: '^000000$',
  PROVINCE: '^(?!00)..0000$',
  CITY: '^..(?!00)..00$',
  COUNTY: '^....(?!00)..$',
};
