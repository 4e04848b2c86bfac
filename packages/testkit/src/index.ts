export { agency, department, everyone, liaison, member, operator, staff } from './actors.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
export { databaseUrl, startTestServer, type Template } from './server.ts';
export { type Answer, startTestSubgraph, type TestSubgraph } from './subgraph.ts';
