export { cleanConnection } from './clean-connection.ts';
export { UnknownColumn } from './column-keys.ts';
export {
  code,
  day,
  daysOf,
  type Figure,
  figures,
  instant,
  type Period,
  period,
  province,
  type Quantity,
  quantity,
} from './columns.ts';
export { requireConnections } from './connection-room.ts';
export { type Database, openDatabase, type PoolName, pools, type Scope } from './database.ts';
export { DatabaseError } from './database-error.ts';
export { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts';
export { type ImportBatch, importRows, withdrawMissing } from './import.ts';
export { importOnce, migrateSchemas, type Schema, subgraphUrl, subgraphUrls } from './migrate.ts';
export { type PartAudience, partAudiences } from './part-audiences.ts';
export { keptTables, policed, readOnly, schemaTables } from './policies.ts';
export { readServerStatus } from './postmaster.ts';
export {
  oneOf,
  partOf,
  publicOrders,
  recordSchema,
  recordTable,
  recordTables,
  referenceColumns,
  referenceColumnsWithParties,
} from './records.ts';
export { roleOf } from './roles.ts';
export { runningServer } from './running-server.ts';
export { derivedTables, enterAllSql } from './search-index.ts';
export { type SharedSecrets, withSharedSecrets } from './shared-secrets.ts';
export { driverAddress } from './socket.ts';
export { build, type Statement, statement } from './statement.ts';
export { structuresOf } from './structure.ts';
export { type Retention, sweeper } from './sweep.ts';
export { countedApart, keptTablesSql, type Upkeep } from './upkeep.ts';
export { requireUsableServer } from './usable-server.ts';
