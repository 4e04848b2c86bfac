/**
 * `pnpm stress:plans`: joint plans under races, over HTTP, on two hubs over one database. Each round is checked in the
 * tables afterwards, and what is locked in calendars, feeds and what hosts see as well. Options: --rounds 1000 (of fifty clients on one slot), --clients 50, --kills 20.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer } from '@hub/access';
import { committees } from '@hub/regions';
import { databaseUrl, startTestServer } from '@hub/testkit';
import postgres from 'postgres';
import { Target } from '../bench/processes.ts';
import { subgraphs } from '../subgraphs.ts';
import { walkedOn } from './after-lock.ts';
import {
  accepting,
  acceptWhileCountering,
  counteringAtOnce,
  killedWhileAccepting,
  nextSlot,
  sentTwice,
  step,
} from './races.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '50' },
    kills: { type: 'string', default: '20' },
  },
});
const rounds = Number(options.rounds);
const clients = Number(options.clients);
const few = Math.max(1, Math.round(rounds / 10));

const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-stress-'));
const server = await startTestServer(subgraphs);
const maker = postgres(server.url, { max: 1, onnotice: () => undefined });
await maker.unsafe('create database stress template template_empty');
await maker.end();
const url = databaseUrl(server.url, 'stress');
const admin = postgres(url, { max: 1, onnotice: () => undefined });
const victim = new Target('second hub');
const hubs = [new Target('first hub'), victim];
const begin = (hub: Target) =>
  hub.begin('hub.ts', { DATABASE_URL: url, HUB_DATA_DIR: directory, PORT: '0', HUB_LOG_LEVEL: 'silent' });

let failed = false;
try {
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' });
  for (const hub of hubs) await begin(hub);
  const counties = committees({ level: 'COUNTY' }).map(({ code }) => code);
  const tokens = new Map<string, string>();
  const bench = {
    admin,
    host: '310117',
    others: counties.filter((code) => code !== '310117').slice(0, clients),
    hubs,
    async token(committee: string) {
      const known =
        tokens.get(committee) ??
        (await issuer.issue(`staff-${committee}`, { role: 'staff', committee, duties: ['meetings'] }));
      tokens.set(committee, known);
      return known;
    },
  };
  const races = [
    [`${clients} clients accept on one slot: one wins, the others are told CONFLICT`, () => accepting(bench, rounds)],
    ['two parties counter one proposal: one wins', () => counteringAtOnce(bench, few)],
    [
      'one accepts while another counters: the proposal that was read, or CONFLICT',
      () => acceptWhileCountering(bench, few),
    ],
    ['one request is sent twice at once: it is done once', () => sentTwice(bench, few)],
    [
      'what is locked is changed, countered, called off, objected to, left and passed over in silence: all tell the same of it',
      () => walkedOn(bench, rounds, step, nextSlot),
    ],
    [
      'the hub is killed while it accepts, and the request is sent again',
      () => killedWhileAccepting(bench, Number(options.kills), victim, begin),
    ],
  ] as const;
  for (const [name, race] of races) {
    const started = Date.now();
    const { held, of, faults } = await race();
    failed ||= held < of;
    console.log(`${held}/${of} rounds  ${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${name}`);
    for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
  }
} finally {
  await Promise.all(hubs.map((hub) => hub.stop()));
  await admin.end();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
