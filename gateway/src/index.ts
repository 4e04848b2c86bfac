export type { Head, KeyStatement } from './agencies/access-chain.ts';
export { digestOfAccess, type SignedGroup } from './agencies/access-digest.ts';
export type { KeptHead } from './agencies/access-head-file.ts';
export {
  accessLogKeySet,
  createAccessLogKey,
  publicHalf,
  readAccessLogKeys,
  type SignedKind,
} from './agencies/access-keys.ts';
export { type AccessLogSigning, openAccessLog } from './agencies/access-log.ts';
export { type ChainKey, type ChainKeys, type KeyRow, readChainKeys } from './agencies/chain-keys.ts';
export { cursorSecrets } from './agencies/cursors.ts';
export type { Restored, Swept } from './agencies/own-entries.ts';
export { apiSchemaOf } from './api-schema.ts';
export { type ChangeCursors, changeCursors } from './followers/change-cursors.ts';
export { nodeSubgraph, nodeTypeDefs } from './nodes/type-defs.ts';
export { createGateway, type Gateway, type GatewayConfig } from './server.ts';
export { gatewaySettings } from './settings.ts';
export { inProcess, overHttp, type Subgraphs, type Transport } from './subgraphs.ts';
export { supergraphFile } from './supergraph.ts';

/** The API schema without federation directives, for code generators. */
export const apiSchemaFile = new URL('../schema.graphql', import.meta.url);
