export { type Closing, closeAfterAnswers } from './close.ts';
export { codesOfLevel, defineSubgraph, rangeOf, type ScopeArgument } from './define.ts';
export { committeeByCode, countedTotal, regionByCode, reportedTotal } from './directory.ts';
export type { Log } from './errors.ts';
export { type Figures, type Gauge, poolGauges, serveFigures } from './figures.ts';
export { isLive, isReady } from './health.ts';
export { type SubgraphServer, serveSubgraph } from './http.ts';
export { runSubgraph } from './process.ts';
export { recordTypes, typesById } from './record-types.ts';
export { mergeResolvers, type Resolvers } from './resolvers.ts';
export {
  createSubgraph,
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphDefinition,
  type SubgraphRequest,
  subgraphSdl,
} from './subgraph.ts';
export { sweepRegularly } from './sweep.ts';
