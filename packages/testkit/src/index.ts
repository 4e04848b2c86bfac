export { agency, agencyReading, department, everyone, feed, liaison, member, operator, staff } from './actors.ts';
export { createPreparedDatabase, createTestDatabase, openLogin, type TestDatabase } from './database.ts';
export { databaseUrl, startTestServer, type Template, testRole } from './server.ts';
export { type Answer, startTestSubgraph, type TestSubgraph } from './subgraph.ts';
export { type Walk, walk } from './walk.ts';
