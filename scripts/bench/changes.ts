/**
 * `pnpm bench:changes`: how long a change takes from its commit to those who watch, with a thousand streams of as many
 * actors open, and what it costs; then how long one takes who comes back 100,000 changes later.
 * Options: --streams 1000, --seconds 20, --rate 10 (writes a second), --behind 100000.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer } from '@hub/access';
import { migrateSchemas, readServerStatus, startEmbeddedServer } from '@hub/database';
import { committees } from '@hub/regions';
import postgres from 'postgres';
import { run } from '../run.ts';
import { subgraphs } from '../subgraphs.ts';
import { cpuSeconds, familyOf, residentMegabytes, Target } from './processes.ts';

const { values: options } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    rate: { type: 'string', default: '10' },
    behind: { type: 'string', default: '100000' },
  },
});
const [streams, seconds, rate, behind] = [options.streams, options.seconds, options.rate, options.behind].map(
  Number,
) as [number, number, number, number];

run(async (interrupted) => {
  const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-bench-'));
  const server = await startEmbeddedServer({ directory });
  const hub = new Target('in process');
  const stop = async () => {
    await hub.stop();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
    await rm(server.dataDirectory, { recursive: true, force: true });
  };
  measure(directory, server, hub).then(
    () => stop().then(() => process.exit(0)),
    (error: unknown) => {
      if (!interrupted.aborted) console.error(error);
      void stop().finally(() => process.exit(1));
    },
  );
  return { stop };
});

/** One who watches: the ids that arrived are told to `arrived`. */
function watch(url: string, headers: Record<string, string>, arrived: (id: string) => void) {
  const agent = new Agent({ keepAlive: false });
  const watcher = { cursor: '', ready: Promise.resolve() };
  watcher.ready = new Promise((resolve, reject) => {
    const request = get(`${url}/changes`, { headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream was answered with ${response.statusCode}`));
      let rest = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        const frames = (rest + piece).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) {
          watcher.cursor = /^id: (\S+)$/m.exec(frame)?.[1] ?? watcher.cursor;
          const [, id] = /"id":"([^"]+)"/.exec(frame) ?? [];
          if (id) arrived(id);
          else if (frame.includes('event: ready')) resolve();
        }
      });
    });
    request.on('error', reject);
  });
  return watcher;
}

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function measure(directory: string, server: { url: string; dataDirectory: string }, hub: Target): Promise<void> {
  await migrateSchemas(
    server.url,
    subgraphs.map(({ schema }) => schema),
  );
  const url = await hub.begin('./hub.ts', {
    PORT: '0',
    HUB_DATA_DIR: directory,
    HUB_HOST: '127.0.0.1',
    HUB_ENV: 'development',
    DATABASE_URL: server.url,
  });
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' });
  const admin = postgres(server.url, { max: 2, onnotice: () => undefined });
  const postmaster = (await readServerStatus(server.dataDirectory))?.pid ?? 0;
  const memory = () => Math.round(residentMegabytes(hub.ids()));

  const codes = committees({ level: 'COUNTY' }).map(({ code }) => code);
  const committed = new Map<string, number>();
  const latencies: number[] = [];
  const before = memory();
  const watchers = [];
  for (let n = 0; n < streams; n += 1) {
    const committee = codes[n % codes.length] as string;
    const token = await issuer.issue(`staff-${n}`, { role: 'staff', committee, duties: [] });
    const watcher = watch(url, { authorization: `Bearer ${token}` }, (id) => {
      const at = committed.get(id);
      if (at !== undefined) latencies.push(performance.now() - at);
    });
    watchers.push(watcher);
    if (n % 50 === 49) await watcher.ready;
  }
  await Promise.all(watchers.map(({ ready }) => ready));
  console.log(`${streams} streams of as many actors: the hub has ${memory()} MB, ${before} MB before them`);

  const usage = () => ({ hub: cpuSeconds(hub.ids()), database: cpuSeconds(familyOf(postmaster)) });
  const idleFrom = usage();
  await delay(5_000);
  const idleTo = usage();
  console.log(
    `nothing happens: ${share(idleFrom.hub, idleTo.hub, 5)} of a processor for the hub, ${share(idleFrom.database, idleTo.database, 5)} for PostgreSQL`,
  );

  const from = usage();
  const started = performance.now();
  for (let at = 0; at < seconds * rate; at += 1) {
    const id = randomUUID();
    const owner = codes[at % Math.min(streams, codes.length)] as string;
    const visibility = at % 2 === 0 ? 'PUBLIC' : 'INTERNAL';
    // Before the commit returns it may have been told.
    committed.set(id, performance.now());
    await admin`insert into members.person (id, owner, owner_as_filed, visibility, name) values (${id}, ${owner}, ${owner}, ${visibility}, '某人')`;
    committed.set(id, performance.now());
    await delay(Math.max(0, ((at + 1) * 1000) / rate - (performance.now() - started)));
  }
  await delay(2_000);
  const took = (performance.now() - started) / 1000;
  const to = usage();
  latencies.sort((a, b) => a - b);
  console.log(
    `${seconds * rate} writes at ${rate} a second, ${latencies.length} events told: commit to arrival p50 ${Math.round(quantile(latencies, 0.5))} ms, p99 ${Math.round(quantile(latencies, 0.99))} ms, longest ${Math.round(latencies.at(-1) ?? 0)} ms; ${share(from.hub, to.hub, took)} of a processor for the hub, ${share(from.database, to.database, took)} for PostgreSQL, ${memory()} MB`,
  );

  const { next } = (await (await fetch(`${url}/changes?wait=0`)).json()) as { next: string };
  await admin`insert into members.person (id, owner, owner_as_filed, visibility, name)
    select gen_random_uuid(), '330110', '330110', 'INTERNAL', '某人' from generate_series(1, ${behind})`;
  const told = { count: 0 };
  const token = await issuer.issue('staff-behind', { role: 'staff', committee: '330110', duties: [] });
  let most = 0;
  const begun = performance.now();
  const late = watch(url, { authorization: `Bearer ${token}`, 'last-event-id': next }, () => {
    told.count += 1;
  });
  await late.ready;
  while (told.count < behind) {
    most = Math.max(most, memory());
    await delay(100);
  }
  console.log(
    `${behind} changes behind: caught up in ${((performance.now() - begun) / 1000).toFixed(1)} s, at most ${most} MB`,
  );

  const stopping = performance.now();
  await hub.stop();
  console.log(`stopped with ${streams + 1} streams open in ${Math.round(performance.now() - stopping)} ms`);
  await admin.end();
}

const share = (from: number, to: number, seconds: number) => `${Math.round(((to - from) / seconds) * 100)} %`;
