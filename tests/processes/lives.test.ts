import { readFile, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDevelopmentIssuer } from '@hub/access';
import { readSettings } from '@hub/config';
import { roleOf } from '@hub/database';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type HubProcess, isAlive, newFolder, processesOf, startProcess } from './hub-process.ts';
import { superuserUrl, Writers } from './writers.ts';

const aWhile = { timeout: 240_000, interval: 100 };
const generous = 'read=1000000,file=1000000,write=1000000,upload=1000000,requests=1000';

describe('a hub with a PostgreSQL of its own', { timeout: 900_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => rm(dirname(folder), { recursive: true, force: true }));
  const data = () => join(folder, 'postgres', 'data');
  const nothingRuns = () => expect.poll(() => processesOf(folder), aWhile).toEqual([]);
  const missing = async (url: string, path = '/health/ready') => {
    const response = await fetch(`${url}${path}`);
    const told = (await response.json()) as { status: string; missing?: string[] };
    expect(response.status).toBe(told.missing ? 503 : 200);
    return told.missing ?? [];
  };
  const start = (settings: Record<string, string> = {}): HubProcess =>
    startProcess('launch', { HUB_DATA_DIR: folder, PORT: '0', HUB_RATE_LIMITS: generous, ...settings }, [
      '--max-old-space-size=300',
      'scripts/start.ts',
    ]);

  test('whatever ends its PostgreSQL, it comes back at its place, and nothing that was acknowledged is lost or doubled; a stop finishes what was begun', async () => {
    const metricsPort = await freePort();
    const hub = start({ HUB_METRICS_PORT: String(metricsPort), HUB_LOG_LEVEL: 'info', HUB_DRAIN_SECONDS: '600' });
    const url = await hub.url();
    for (const path of ['/health/ready', '/health']) await expect.poll(() => missing(url, path), aWhile).toEqual([]);

    const address = await superuserUrl(data());
    const writers = new Writers(url);
    writers.begin(2);
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
      await writers.acknowledged(2);
      const { pid } = await postmaster(data());
      process.kill(pid, signal);
      const isAnother = (one: number) => one > 0 && one !== pid;
      await expect
        .poll(async () => isAnother((await postmaster(data())).pid) && (await missing(url)), aWhile)
        .toEqual([]);
      expect(isAlive(pid)).toBe(false);
    }
    // A backend that is killed takes the others along; the postmaster starts itself anew.
    await writers.acknowledged(2);
    const admin = postgres(address, { max: 1, onnotice: () => undefined });
    const role = roleOf('postgres', 'consultations');
    let backends: number[] = [];
    const findBackends = async () => {
      const rows = await admin<{ pid: number }[]>`select pid from pg_stat_activity where usename = ${role}`;
      backends = rows.map(({ pid }) => pid);
      return backends.length;
    };
    await expect.poll(findBackends, aWhile).toBeGreaterThan(0);
    process.kill(backends[0] as number, 'SIGKILL');
    await admin.end();
    await writers.acknowledged(2);
    await writers.end();
    expect(await writers.lostOrDoubled(address)).toEqual([]);
    for (const code of ['INTERNAL_SERVER_ERROR', 'HANGS', 'CONNECTION']) expect(writers.codes).not.toContain(code);

    // The monitor's figures, and where they are not.
    const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(figures).toMatch(/^hub_requests_total\{kind="\/graphql",status="200"\} [1-9]/m);
    expect(figures).toMatch(/^hub_follower_lag_seconds\{follower="duty",source="consultations"\} \d/m);
    expect(figures).toMatch(/^hub_pool_connections_used\{subgraph="members",pool="public"\} \d/m);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);

    // An upload that is on its way when the hub is told to stop.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const upload = await beginUpload(url, await tokenOf(folder), agent);
    process.kill(hub.pid, 'SIGTERM');
    await expect.poll(() => missing(url), aWhile).toEqual(['stopping']);
    const refused = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      body: '{"query":"{ __typename }"}',
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('connection')).toBe('close');
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(((await refused.json()) as { errors: [{ extensions: object }] }).errors[0].extensions).toMatchObject({
      code: 'STOPPING',
    });
    const answer = await upload.finish();
    expect(answer.statusCode).toBe(201);
    expect(await hub.ended).toBe(0);
    await nothingRuns();

    // The log has a line for each request, and no name, text, address or token in any.
    const lines = hub
      .screen()
      .split('\n')
      .filter((line) => line.includes('"msg":"answered'));
    const filed = lines.map((line) => JSON.parse(line)).find(({ operation }) => operation === 'File');
    expect(filed).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      actor: 'PUBLIC',
      address: expect.stringMatching(/^[\w-]{22}$/),
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      bytes: expect.any(Number),
      requestId: expect.any(String),
    });
    const uploaded = lines.map((line) => JSON.parse(line)).find(({ path }) => path === '/files');
    expect(uploaded).toMatchObject({ status: 201, actor: 'STAFF', committee: '330100', subject: expect.any(String) });
    expect(lines.join('\n')).not.toMatch(/路灯|127\.0\.0\.1|lives-staff|Bearer/);
  });

  test('killed at whichever end, nothing of it is left; a second signal ends it at once', async () => {
    const killed = start();
    await killed.url();
    process.kill(killed.pid, 'SIGKILL');
    await nothingRuns();

    const told = start({ HUB_DRAIN_SECONDS: '3600' });
    const url = await told.url();
    const agent = new Agent({ keepAlive: true });
    (await beginUpload(url, await tokenOf(folder), agent)).ignore();
    process.kill(told.pid, 'SIGINT');
    await expect.poll(() => missing(url), aWhile).toEqual(['stopping']);
    // The same Ctrl-C, passed on by another.
    process.kill(told.pid, 'SIGINT');
    await delay(1_100);
    expect(isAlive(told.pid)).toBe(true);
    process.kill(told.pid, 'SIGINT');
    expect(await told.ended).toBe(1);
    await nothingRuns();
  });

  test('what it can’t go on without, or runs out of, is said in its last line', async () => {
    const broken = start();
    await broken.url();
    // No server starts on these data any more.
    await rm(join(data(), 'global', 'pg_control'));
    process.kill((await postmaster(data())).pid, 'SIGKILL');
    expect(await broken.ended).toBe(1);
    const fatal = broken
      .complaint()
      .split('\n')
      .filter((line) => line.includes('"level":"fatal"'));
    expect(fatal).toHaveLength(1);
    expect(JSON.parse(fatal[0] as string).message).toMatch(
      /^The hub’s own database ended and could not be started again .*server\.log/,
    );
    expect(broken.complaint().match(/PostgreSQL has ended and is started again/g)).toHaveLength(3);
    await nothingRuns();

    const small = startProcess('launch', { HUB_DATA_DIR: folder, PORT: '0' }, [
      '--max-old-space-size=20',
      'scripts/start.ts',
    ]);
    expect(await small.ended).not.toBe(0);
    expect(small.complaint().trimEnd().split('\n').at(-1)).toMatch(/"level":"fatal".*out of memory/);
  });
});

async function postmaster(directory: string): Promise<{ pid: number }> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => '0');
  return { pid: Number(text.split('\n')[0]) };
}

async function tokenOf(folder: string): Promise<string> {
  const { HUB_ISSUER: issuer, HUB_AUDIENCE: audience } = readSettings({}, { facesUsers: false });
  const development = await openDevelopmentIssuer(folder, { issuer, audience });
  return development.issue('lives-staff', { role: 'staff', committee: '330100', duties: ['meetings'] });
}

/** A file of which half is sent, once the hub has taken the request for it. */
async function beginUpload(url: string, token: string, agent: Agent) {
  const sending = request(`${url}/files`, {
    method: 'POST',
    agent,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=parts',
      expect: '100-continue',
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    sending.once('response', resolve).once('error', reject),
  );
  const taken = new Promise((resolve) => sending.once('continue', resolve));
  sending.flushHeaders();
  await Promise.race([taken, answered]);
  sending.write(
    '--parts\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n协商',
  );
  return {
    ignore: () => void answered.catch(() => undefined),
    async finish() {
      sending.end('结果\r\n--parts--\r\n');
      const answer = await answered;
      answer.resume();
      return answer;
    },
  };
}
