/**
 * `pnpm bench`: the `three-levels` operation on a nation's data, under the same row policies, by three ways: the hub in
 * one process, the hub as five processes, and one hand-written SQL statement behind a bare HTTP server, the floor.
 * The answers are compared first. Then what an agency's read costs
 * beside staff's. Options: --members 650000, --seconds 4 (of each run), --rounds 3, --agencies (these alone), --cpu-prof.
 */
import { deepStrictEqual } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPassportKeys, openDevelopmentIssuer } from '@hub/access';
import { subgraphUrl } from '@hub/database';
import { supergraphFile } from '@hub/gateway';
import autocannon from 'autocannon';
import { run } from '../run.ts';
import { subgraphPort, subgraphs } from '../subgraphs.ts';
import { compareAgency } from './agencies.ts';
import { codesAsked, staff } from './asked.ts';
import { type BenchData, openBenchData, root } from './data.ts';
import { nationalScale } from './nation.ts';
import { cpuSeconds, familyOf, residentMegabytes, Target } from './processes.ts';

const { values: options } = parseArgs({
  options: {
    members: { type: 'string', default: String(nationalScale.members) },
    agencies: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    'cpu-prof': { type: 'boolean', default: false },
  },
});
const connections = 10;
const directory = join(root, '.data/bench');
const query = readFileSync(join(root, 'gateway/operations/three-levels.graphql'), 'utf8');

interface Reading {
  requests: number;
  seconds: number;
  hubCpu: number;
  databaseCpu: number;
  readonly latencies: number[];
  megabytes: number;
}

run(async (interrupted) => {
  const scale = { ...nationalScale, members: Number(options.members) };
  const data = await openBenchData(directory, scale, interrupted, (line) => console.log(line));
  const targets: Target[] = [];
  const stop = async () => {
    await Promise.all(targets.map((target) => target.stop()));
    await data.stop();
  };
  const measured = measure(data, targets, interrupted);
  // The table is all there is to wait for; Ctrl-C comes before it or not at all.
  measured.then(
    () => stop().then(() => process.exit(0)),
    (error: unknown) => {
      if (!interrupted.aborted) console.error(error);
      void stop().finally(() => process.exit(1));
    },
  );
  return { stop };
});

async function measure(data: BenchData, targets: Target[], interrupted: AbortSignal): Promise<void> {
  await startTargets(data, targets);
  const compareAgencies = () =>
    compareAgency({
      url: targets[0]?.url ?? '',
      databaseUrl: data.url,
      directory,
      seconds: Number(options.seconds),
      rounds: Number(options.rounds),
      interrupted,
    });
  if (options.agencies) return compareAgencies();
  const issuer = await openDevelopmentIssuer(directory, {
    issuer: 'urn:cppcc-hub:development',
    audience: 'cppcc-hub',
  });
  const token = await issuer.issue(staff.kind === 'STAFF' ? staff.subject : '', {
    role: 'staff',
    committee: '330000',
    duties: ['meetings'],
  });
  const actors = new Map<string, Record<string, string>>([
    ['PUBLIC', {}],
    ['STAFF 330000', { authorization: `Bearer ${token}` }],
  ]);
  const codes = codesAsked();
  for (const [actor, headers] of actors) {
    const bytes = await compare(targets, codes, headers, interrupted);
    console.log(
      `${actor}: ${codes.length} answers of ${Math.round(bytes / 1024)} KB on average are equal in all three ways`,
    );
  }
  const [hub] = targets;
  if (hub) console.log(await statementsPerOperation(hub, codes));

  const readings = new Map<string, Reading>();
  const seconds = Number(options.seconds);
  for (let round = 0; round <= Number(options.rounds); round += 1) {
    for (const [actor, headers] of actors) {
      for (const target of targets) {
        interrupted.throwIfAborted();
        // The first round warms up: compiled code, plans and caches are then as they are after a while.
        const reading = await load(data, target, codes, headers, round === 0 ? 3 : seconds);
        if (round > 0) add(readings, `${actor} ${target.name}`, reading);
      }
    }
  }
  for (const actor of actors.keys()) print(actor, targets, readings);
  await compareAgencies();
}

async function startTargets(data: BenchData, targets: Target[]): Promise<void> {
  const shared = { PORT: '0', HUB_DATA_DIR: directory, HUB_HOST: '127.0.0.1', HUB_ENV: 'development' };
  const inProcess = new Target('in process');
  const overHttp = new Target('over HTTP');
  const floor = new Target('floor');
  targets.push(inProcess, overHttp, floor);
  await inProcess.begin('./hub.ts', { ...shared, DATABASE_URL: data.url });
  await floor.begin('./floor.ts', { DATABASE_URL: data.floorUrl });

  const keys = await createPassportKeys();
  let supergraph = readFileSync(supergraphFile, 'utf8');
  for (const { name } of subgraphs) {
    const url = await overHttp.begin(`../../subgraphs/${name}/src/main.ts`, {
      ...shared,
      HUB_SUBGRAPH_PORT: '0',
      DATABASE_URL: await subgraphUrl(data.url, name),
      HUB_PASSPORT_PUBLIC_KEY: keys.publicKey,
    });
    supergraph = supergraph.replace(`http://127.0.0.1:${subgraphPort(name)}/graphql`, url);
  }
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'supergraph.graphql');
  writeFileSync(file, supergraph);
  await overHttp.begin('../../gateway/src/main.ts', {
    ...shared,
    HUB_SUPERGRAPH: file,
    HUB_PASSPORT_PRIVATE_KEY: keys.privateKey,
  });
}

const bodyOf = (code: string) => JSON.stringify({ query, operationName: 'ThreeLevels', variables: { code } });

async function ask(target: Target, code: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${target.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bodyOf(code),
  });
  return response.text();
}

/** All ways give the same answer to each question, or the bench means nothing. @returns the mean size of an answer */
async function compare(
  targets: readonly Target[],
  codes: readonly string[],
  headers: Record<string, string>,
  interrupted: AbortSignal,
): Promise<number> {
  let bytes = 0;
  for (const code of codes) {
    interrupted.throwIfAborted();
    const [first = '', ...others] = await Promise.all(targets.map((target) => ask(target, code, headers)));
    bytes += first.length;
    for (const other of others) deepStrictEqual(JSON.parse(other), JSON.parse(first), `the answers for ${code} differ`);
  }
  return bytes / codes.length;
}

async function statementsPerOperation(hub: Target, codes: readonly string[]): Promise<string> {
  const [child] = hub.children;
  const counts = () =>
    new Promise<{ statements: number; fetches: number }>((resolve) => {
      child?.once('message', (message) => resolve((message as { counts: never }).counts));
      child?.send('counts');
    });
  const before = await counts();
  for (const code of codes) await ask(hub, code, {});
  const after = await counts();
  const per = (name: 'statements' | 'fetches') => ((after[name] - before[name]) / codes.length).toFixed(1);
  return `Each operation is ${per('fetches')} fetches from subgraphs and ${per('statements')} SQL statements`;
}

async function load(
  data: BenchData,
  target: Target,
  codes: readonly string[],
  headers: Record<string, string>,
  seconds: number,
): Promise<Reading> {
  const database = familyOf(data.serverProcess);
  const before = [cpuSeconds(target.ids()), cpuSeconds(database)] as const;
  const latencies: number[] = [];
  const started = performance.now();
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    requests: codes.map((code) => ({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      body: bodyOf(code),
    })),
  }).on('response', (_client, _status, _bytes, milliseconds) => latencies.push(milliseconds));
  const took = (performance.now() - started) / 1000;
  if (result.errors + result.timeouts + result.non2xx > 0)
    throw new Error(`${target.name}: ${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} refusals`);
  return {
    requests: result.requests.total,
    seconds: took,
    hubCpu: cpuSeconds(target.ids()) - before[0],
    // Backends that came meanwhile are in the second list alone, with all that they used.
    databaseCpu: cpuSeconds(familyOf(data.serverProcess)) - before[1],
    latencies,
    megabytes: residentMegabytes(target.ids()),
  };
}

function add(readings: Map<string, Reading>, name: string, reading: Reading): void {
  const sum = readings.get(name);
  if (!sum) {
    readings.set(name, reading);
    return;
  }
  sum.requests += reading.requests;
  sum.seconds += reading.seconds;
  sum.hubCpu += reading.hubCpu;
  sum.databaseCpu += reading.databaseCpu;
  sum.latencies.push(...reading.latencies);
  sum.megabytes = Math.max(sum.megabytes, reading.megabytes);
}

function print(actor: string, targets: readonly Target[], readings: ReadonlyMap<string, Reading>): void {
  const rateOf = (name: string) => {
    const reading = readings.get(`${actor} ${name}`);
    return reading ? reading.requests / reading.seconds : 0;
  };
  console.log(`\n${actor}, ${connections} connections`);
  console.table(
    Object.fromEntries(
      targets.flatMap(({ name }) => {
        const reading = readings.get(`${actor} ${name}`);
        if (!reading) return [];
        const sorted = reading.latencies.sort((a, b) => a - b);
        const percentile = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
        const perThousand = (cpu: number) => Number(((cpu / reading.requests) * 1000).toFixed(2));
        return [
          [
            name,
            {
              'requests/s': Number(rateOf(name).toFixed(1)),
              'of the floor': Number((rateOf(name) / rateOf('floor')).toFixed(2)),
              'p50 ms': percentile(0.5),
              'p99 ms': percentile(0.99),
              'node CPU s/1000': perThousand(reading.hubCpu),
              'PostgreSQL CPU s/1000': perThousand(reading.databaseCpu),
              'node RSS MB': Math.round(reading.megabytes),
            },
          ],
        ];
      }),
    ),
  );
}
