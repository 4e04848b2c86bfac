/**
 * `pnpm bench:exports`: how fast an agency downloads a dataset in each format, and what memory the hub needs for it beside what
 * it has anyway. Options: --rows 100000, --formats jsonl,csv,xlsx.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer } from '@hub/access';
import { migrateSchemas, startEmbeddedServer } from '@hub/database';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import postgres from 'postgres';
import { run } from '../run.ts';
import { subgraphs } from '../subgraphs.ts';
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
  const agency = await partner(directory, url);
  await admin`update cooperation.sharing_terms set rows_per_day = 2000000000, requests_per_minute = 2000000000`;
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

/** An agency with an agreement in force. */
async function partner(directory: string, url: string): Promise<{ token(): Promise<string> }> {
  const audience = 'cppcc-hub';
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience });
  const officer = (name: string) => issuer.issue(name, { role: 'staff', committee, duties: ['sharing'] });
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sign = (agency: string, agreement?: string) =>
    new SignJWT({ jti: randomUUID(), ...(agreement !== undefined && { agreement }) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'agency+jwt', kid })
      .setIssuer(agency)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(privateKey);
  const mutate = async (token: string, name: string, answer: string, input: object): Promise<string> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} { id } userErrors { code path } } }`,
        variables: { input },
      }),
    });
    const text = await response.text();
    const { data } = JSON.parse(text) as { data?: Record<string, Record<string, { id: string } | null>> };
    const id = data?.[name]?.[answer]?.id;
    if (id === undefined) throw new Error(text);
    return id;
  };
  const agency = await mutate(await officer('first'), 'registerAgency', 'partnerAgency', {
    name: '某市卫生健康委员会',
    creditCode: '91350100M000100Y43',
    publicKey: JSON.stringify(jwk),
  });
  const day = (offset: number) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  const agreement = await mutate(await sign(agency), 'requestSharing', 'sharingAgreement', {
    committee,
    datasets: [
      {
        dataset: 'cooperations',
        fields: [
          'Query.cooperations',
          ...['id', 'title', 'kind', 'started', 'description'].map((name) => `Cooperation.${name}`),
        ],
      },
    ],
    regions: [committee],
    purpose: '测量',
    legalBasis: '政务数据共享条例',
    validFrom: day(0),
    validUntil: day(30),
  });
  const named = { sharingAgreement: agreement };
  await mutate(await officer('first'), 'draftSharing', 'sharingAgreement', named);
  await mutate(await officer('second'), 'approveSharing', 'sharingAgreement', { ...named, version: 2 });
  return { token: () => sign(agency, agreement) };
}
