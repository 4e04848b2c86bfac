import { readFileSync } from 'node:fs';

export { type Connection, codeConnection, connection, connectionResolvers } from './connection.ts';
export { rowById, rowsByKey } from './keyed.ts';
export { type Conditions, type Filter, filterBy, type List, ListReader, list, noFilter, type RowOf } from './list.ts';
export { maximumPage, type PageArguments } from './page.ts';
export { type CodeRange, rangedList } from './ranged.ts';

/** The one copy of the types that every subgraph shares. */
export const sharedTypeDefs = readFileSync(new URL('../shared.graphql', import.meta.url), 'utf8');
