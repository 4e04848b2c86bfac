export { defineSubgraph, rangeOf, type ScopeArgument } from './define.ts';
export { committeeByCode, countedTotal, regionByCode, reportedTotal } from './directory.ts';
export type { Log } from './errors.ts';
export { type SubgraphServer, serveSubgraph } from './http.ts';
export { runSubgraph } from './process.ts';
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
