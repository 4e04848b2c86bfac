/**
 * `pnpm stress:strangers`: hostile and careless clients beside ordinary ones, against the hub in one process. Options: --minutes 15,
 * --requests 200000 of strangers in that time, --seed 1. Ends with 1 where the hub ended or outgrew its bound, where an ordinary
 * client was refused, or where a stranger got an internal error.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer } from '@hub/access';
import { databaseUrl, startTestServer } from '@hub/testkit';
import postgres from 'postgres';
import { Target } from '../../bench/processes.ts';
import { subgraphs } from '../../subgraphs.ts';
import { ordinaryClients } from './ordinary.ts';
import { besiege } from './siege.ts';

/** Megabytes of memory that the hub's process may have while it is under load. */
const mostMegabytes = 400;

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    requests: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    // Looked for by whatever starts the hub: it writes to .data/bench/profile what it spends its time on.
    'cpu-prof': { type: 'boolean' },
  },
});
const seconds = Number(options.minutes) * 60;

const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-stress-'));
const server = await startTestServer(subgraphs);
const maker = postgres(server.url, { max: 1, onnotice: () => undefined });
await maker.unsafe('create database stress template template_facts');
await maker.end();
const hub = new Target('in process');
let ended = false;
try {
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' });
  const url = await hub.begin('hub.ts', {
    DATABASE_URL: databaseUrl(server.url, 'stress'),
    HUB_DATA_DIR: directory,
    PORT: '0',
    HUB_LOG_LEVEL: 'silent',
    // Each client is one of its own behind the proxy that this program is; limits are the usual ones.
    HUB_TRUSTED_PROXIES: '127.0.0.1,::1',
    HUB_RATE_LIMITS: '',
  });
  const [child] = hub.children;
  const [pid = 0] = hub.ids();
  child?.once('exit', () => {
    ended = true;
  });
  const usual = { ...(await ordinaryClients(issuer)), seed: Number(options.seed) };
  // Until what is usual is compiled.
  await besiege({ url, pid }, { ...usual, seconds: Math.min(20, seconds / 10), requestsPerSecond: 0 });
  const alone = await besiege({ url, pid }, { ...usual, seconds: seconds / 10, requestsPerSecond: 0 });
  console.log(`alone: ${JSON.stringify(alone.ordinary)}, ${alone.largestMegabytes} MB`);
  const { wrongs, faults, ...siege } = await besiege(
    { url, pid },
    { ...usual, seconds, requestsPerSecond: Number(options.requests) / seconds },
  );
  console.log(`under strangers: ${JSON.stringify(siege)}`);
  console.log(`p99 of ordinary requests: ${(siege.ordinary.p99 / alone.ordinary.p99).toFixed(2)} times`);
  const found = [
    ...(ended ? ['the hub ended'] : []),
    ...(siege.largestMegabytes > mostMegabytes ? [`the hub had ${siege.largestMegabytes} MB`] : []),
    ...wrongs.slice(0, 10).map((wrong) => `an ordinary client was told ${wrong}`),
    ...faults.slice(0, 10),
  ];
  for (const line of found) console.error(line);
  console.log(found.length === 0 ? 'all well' : `${found.length} things are wrong`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  await hub.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
