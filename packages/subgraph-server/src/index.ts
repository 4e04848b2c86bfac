export { defineSubgraph, rangeOf, type ScopeArgument } from './define.ts';
export { committeeByCode, countedTotal, regionByCode, reportedTotal } from './directory.ts';
export type { Log } from './errors.ts';
export {
  createSubgraph,
  mergeResolvers,
  type Resolvers,
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphDefinition,
  type SubgraphRequest,
  subgraphSdl,
} from './subgraph.ts';
