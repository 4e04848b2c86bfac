/**
 * `pnpm bench:exports`: how fast an agency downloads a dataset in each format, and what memory the hub needs for it beside what
 * it has anyway. Options: --rows 100000, --formats jsonl,csv,xlsx.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrateSchemas, startEmbeddedServer } from '@hub/database';
import postgres from 'postgres';
import { run } from '../run.ts';
import { subgraphs } from '../subgraphs.ts';
import { partner } from './partner.ts';
import { residentMegabytes, Target } from './processes.ts';

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, formats: { type: 'string', default: 'jsonl,csv,xlsx' } },
});
const rows = Number(options.rows);
const committee = '310117';
const formats = options.formats.split(',');
const megabytesOfAll = 200;

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
  measure(directory, server.url, hub).then(
    () => stop().then(() => process.exit(0)),
    (error: unknown) => {
      if (!interrupted.aborted) console.error(error);
      void stop().finally(() => process.exit(1));
    },
  );
  return { stop };
});

async function measure(directory: string, databaseUrl: string, hub: Target): Promise<void> {
  await migrateSchemas(
    databaseUrl,
    subgraphs.map(({ schema }) => schema),
  );
  const url = await hub.begin('./hub.ts', {
    PORT: '0',
    HUB_DATA_DIR: directory,
    HUB_HOST: '127.0.0.1',
    HUB_ENV: 'development',
    DATABASE_URL: databaseUrl,
  });
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  // What isn't measured: counters, searching and the feed.
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status, description, started, started_from)
      select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', '合作' || lpad(at::text, 8, '0'), 'PAIRING', '眼科', 'ACTIVE', repeat('说明', 50),
        jsonb_build_object('start', '2024-05', 'precision', 'MONTH', 'yearInferred', false), '2024-05-01'
      from generate_series(1, ${rows}) as at`;
  });
  await admin`analyze cooperation.cooperation`;
  const agency = await partner({
    directory,
    url,
    admin,
    committee,
    dataset: 'cooperations',
    fields: [
      'Query.cooperations',
      ...['id', 'title', 'kind', 'started', 'description'].map((name) => `Cooperation.${name}`),
    ],
  });
  await download(url, await agency.token(), 'jsonl', 1_000);
  const before = residentMegabytes(hub.ids());
  console.log(`${rows} rows; the hub has ${Math.round(before)} MB before them`);
  for (const format of formats) {
    let most = 0;
    const sampling = setInterval(() => {
      most = Math.max(most, residentMegabytes(hub.ids()));
    }, 50);
    const started = performance.now();
    const bytes = await download(url, await agency.token(), format);
    const seconds = (performance.now() - started) / 1000;
    clearInterval(sampling);
    console.log(
      `${format}: ${Math.round(rows / seconds)} rows a second, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s; the hub has at most ${Math.round(most)} MB, ${Math.round(most - before)} MB more than before (${megabytesOfAll} allowed)`,
    );
  }
  await admin.end();
}

/** Reads a download to its end, or up to so many bytes, and keeps nothing of it. */
async function download(url: string, token: string, format: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  const response = await fetch(`${url}/export/cooperations?format=${format}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > most) break;
  }
  return bytes;
}
