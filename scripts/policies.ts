/**
 * Breaks each policy of the database, one clause at a time: it lets everything pass, it leaves out one of those who write,
 * or takes one more in. Shows that the tests of tests/access notice: a policy that could be other than it should be
 * without anybody noticing isn't guarded. Fails where one isn't. With parts of names, of the tables `schema.table` that have one.
 */
import { databaseUrl, startTestServer } from '@hub/testkit';
import postgres from 'postgres';
import { fill } from '../tests/access/fixture.ts';
import { openSubgraphs } from '../tests/access/opened.ts';
import { breaksOf, type Clause, clausesOf, noticed, withBroken } from '../tests/access/policies.ts';
import { openRoles } from '../tests/access/statements.ts';
import { subgraphs } from './subgraphs.ts';

const started = Date.now();
const parts = process.argv.slice(2);
const schemas = subgraphs.map(({ name }) => name);
const server = await startTestServer(subgraphs);
const maker = postgres(server.url, { max: 1, onnotice: () => undefined });
await maker.unsafe('create database policies template template_empty');
await maker.end();
const url = databaseUrl(server.url, 'policies');
const admin = postgres(url, { max: 2, onnotice: () => undefined });
const roles = await openRoles(url, schemas);
const opened = await openSubgraphs(url);

try {
  const world = await fill(admin, schemas);
  const all = await clausesOf(admin, schemas);
  const before = all.filter(({ table }) => parts.length === 0 || parts.some((part) => table.includes(part)));
  const look = async (clause: Clause) => {
    const subgraph = opened.get(clause.schema);
    if (!subgraph) throw new Error(`no subgraph has the schema ${clause.schema}`);
    return noticed(admin, world, roles, subgraph, clause);
  };

  // What is noticed already has to be put right first, or else it would pass for guarding everything.
  const sound = new Map<string, readonly string[]>();
  for (const clause of before) {
    const name = `${clause.table} ${clause.command}`;
    if (!sound.has(name)) {
      const { statements, matrix } = await look(clause);
      sound.set(name, [...statements, ...matrix]);
    }
  }
  const faults = [...new Set([...sound.values()].flat())];
  for (const fault of faults) console.log(`wrong with the policies as they are: ${fault}`);

  const policies = new Map<string, boolean>();
  let breaks = 0;
  const known = new Set(faults);
  for (const clause of before)
    for (const { what, text } of breaksOf(world, clause)) {
      const { statements, matrix } = await withBroken(admin, clause, text, () => look(clause));
      const [news, shown] = [statements, matrix].map((found) => (found ?? []).filter((one) => !known.has(one)));
      const first = news?.[0] ?? shown?.[0];
      const name = `${clause.table} ${clause.policy}`;
      breaks += 1;
      policies.set(name, (policies.get(name) ?? true) && first !== undefined);
      const graph = shown && shown.length > 0 ? ' [the graph too]' : '';
      console.log(
        `${first === undefined ? 'UNGUARDED' : 'guarded  '}  ${name} ${clause.part} that ${what}: ${(first ?? 'nothing notices').slice(0, 110)}${graph}`,
      );
    }
  const after = await clausesOf(admin, schemas);
  if (JSON.stringify(after) !== JSON.stringify(all)) throw new Error('the policies are not what they were');

  const guarded = [...policies.values()].filter(Boolean).length;
  console.log(
    `${guarded} of ${policies.size} policies are guarded, ${breaks} ways of breaking them (${Math.round((Date.now() - started) / 1000)} s)`,
  );
  if (guarded < policies.size || policies.size === 0 || faults.length > 0) process.exitCode = 1;
} finally {
  await roles.end();
  for (const subgraph of opened.values()) await subgraph.close();
  await admin.end();
  await server.stop();
}
