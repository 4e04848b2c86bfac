import { existsSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { readServerStatus, roleOf } from '@hub/database';
import { isAlive } from '@hub/lifecycle';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  ask,
  contractOperation,
  freePort,
  type HubProcess,
  newFolder,
  processesOf,
  processorSeconds,
  startHub,
  startProcess,
} from './hub-process.ts';
import { beginUpload, missing } from './slow-upload.ts';
import { superuserUrl, Writers } from './writers.ts';

const aWhile = { timeout: 240_000, interval: 100 };
const generous = 'read=1000000,file=1000000,write=1000000,upload=1000000,requests=1000';

// In order: each start finds what the one before it left.
describe('pnpm start with a PostgreSQL of its own', { timeout: 900_000 }, () => {
  let folder: string;
  const data = () => join(folder, 'postgres', 'data');
  const nothingRuns = () => expect.poll(() => processesOf(folder), aWhile).toEqual([]);
  const withoutLauncher = () => startProcess('start', { HUB_DATA_DIR: folder, PORT: '0' });
  const start = (settings: Record<string, string> = {}, atEnd?: (end: () => Promise<void>) => void) =>
    startHub({ HUB_DATA_DIR: folder, PORT: '0', HUB_RATE_LIMITS: generous, ...settings }, atEnd);

  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

  test('Ctrl-C while the database is being made ends everything', async () => {
    const hub = withoutLauncher();
    const server = join(folder, 'postgres');
    await expect
      .poll(() => existsSync(server) && readdirSync(server).some((name) => name.endsWith('.part')), { interval: 5 })
      .toBe(true);
    hub.signal('SIGINT');
    expect(await hub.ended, hub.screen()).toBe(0);
    expect(hub.complaint()).toBe('');
    expect(hub.screen()).not.toContain('Explorer');
    await nothingRuns();
  });

  test('so does Ctrl-C while the data comes in', async () => {
    const hub = withoutLauncher();
    await hub.shows(/members: [1-9]\d* records brought in/);
    hub.signal('SIGINT');
    expect(await hub.ended, hub.screen()).toBe(0);
    expect(hub.complaint()).toBe('');
    expect(hub.screen()).not.toContain('Explorer');
    await nothingRuns();
  });

  describe('the next one', () => {
    let hub: HubProcess;
    let url: string;
    let metricsPort: number;
    beforeAll(async () => {
      metricsPort = await freePort();
      let end = async () => undefined as unknown;
      hub = start({ HUB_METRICS_PORT: String(metricsPort) }, (given) => {
        end = given;
      });
      url = await hub.url();
      return () => end();
    });

    test('brings in the rest, says on one screen what one needs to know, and answers', async () => {
      expect(hub.screen()).toMatch(/workstations: [1-9]\d* records brought in/);
      expect(hub.screen().split('\n').length).toBeLessThanOrEqual(24);
      expect(hub.screen()).toContain(`Explorer    ${url}/\n`);
      expect(hub.screen()).toContain(
        `Token       HUB_DATA_DIR=${folder} npx -y pnpm run token --role staff --committee 330100\n`,
      );
      expect(hub.screen()).toContain(`Data        ${data()}\n`);
      expect(hub.screen()).toContain('Stop        Ctrl-C\n');
      expect(hub.complaint()).toBe('');

      expect(await (await fetch(`${url}/`)).text()).toContain('<title>');
      for (const name of ['three-levels', 'committees-below', 'pairing']) {
        const { query, variables } = await contractOperation(name);
        expect(await ask(url, query, { variables })).not.toHaveProperty('errors');
      }

      const tokens = [
        startProcess('token', { HUB_DATA_DIR: folder }, ['--role', 'staff', '--committee', '330100']),
        startProcess('token', { HUB_DATA_DIR: folder }, ['--role', 'member', '--member', '汪爱娟']),
      ];
      expect(await Promise.all(tokens.map(({ ended }) => ended))).toEqual([0, 0]);
      const [staff = '', member = ''] = tokens.map((token) => token.screen().trim());
      expect(await ask(url, '{ me { role committee { code } } }', { token: staff })).toEqual({
        data: { me: { role: 'STAFF', committee: { code: '330100' } } },
      });
      expect(await ask(url, '{ me { role member { name } } }', { token: member })).toEqual({
        data: { me: { role: 'MEMBER', member: { name: '汪爱娟' } } },
      });
      expect(hub.complaint()).toBe('');
    });

    test('whatever ends its PostgreSQL, has it back at its place, and nothing that was acknowledged is lost or doubled', async () => {
      for (const path of ['/health/ready', '/health']) await expect.poll(() => missing(url, path), aWhile).toEqual([]);
      const address = await superuserUrl(data());
      const writers = new Writers(url);
      writers.begin(2);
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
      for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
        await writers.acknowledged(2);
        const pid = await postmaster(data());
        process.kill(pid, signal);
        const isAnother = (one: number) => one > 0 && one !== pid;
        await expect.poll(async () => isAnother(await postmaster(data())) && (await missing(url)), aWhile).toEqual([]);
        expect(isAlive(pid)).toBe(false);
      }
      await writers.acknowledged(2);
      await writers.end();
      expect(await writers.lostOrDoubled(address)).toEqual([]);
      for (const code of ['INTERNAL_SERVER_ERROR', 'HANGS', 'CONNECTION']) expect(writers.codes).not.toContain(code);
    });

    test('has the monitor’s figures, and not where clients are', async () => {
      const figures = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      expect(figures).toMatch(/^hub_requests_total\{kind="\/graphql",status="200"\} [1-9]/m);
      expect(figures).toMatch(/^hub_errors_total\{code="(SUBGRAPH_UNAVAILABLE|OUTCOME_UNKNOWN)"\} [1-9]/m);
      expect(figures).toMatch(/^hub_follower_lag_seconds\{follower="duty",source="consultations"\} \d/m);
      expect(figures).toMatch(/^hub_pool_connections_used\{subgraph="members",pool="public"\} \d/m);
      expect(figures).toMatch(/^hub_webhook_messages_waiting\{when="due"\} 0$/m);
      expect(figures).toMatch(/^hub_webhook_oldest_waiting_seconds 0$/m);
      expect((await fetch(`${url}/metrics`)).status).toBe(404);
    });

    test('says what it can’t go on without', async () => {
      // No server starts on these data any more.
      const control = join(data(), 'global', 'pg_control');
      await rename(control, `${control}.aside`);
      process.kill(await postmaster(data()), 'SIGKILL');
      expect(await hub.ended).toBe(1);
      await rename(`${control}.aside`, control);
      const lines = hub.complaint().trim().split('\n');
      const fatal = lines.filter((line) => line.includes('"level":"fatal"'));
      expect(fatal).toHaveLength(1);
      expect(JSON.parse(fatal[0] as string).message).toMatch(
        /^The hub’s own database ended and could not be started again .*server\.log/,
      );
      const tries = lines.filter((line) => line.includes('PostgreSQL has ended and is started again'));
      expect(tries.map((line) => JSON.parse(line).try).slice(-3)).toEqual([1, 2, 3]);
      await nothingRuns();
    });
  });

  // Side by side, so that whatever else the machine does slows both. About 1.7 times here.
  test('a second start takes less than three times the processor time of a bare Apollo gateway, and brings nothing in again; killed it leaves no PostgreSQL behind', async () => {
    const hub = withoutLauncher();
    const bare = startProcess('../gateway/test/bare-gateway', { APOLLO_TELEMETRY_DISABLED: '1' });
    await bare.shows(/started/);
    const floor = processorSeconds([bare.pid]);
    bare.signal('SIGKILL');
    const url = await hub.url();
    expect(processorSeconds([hub.pid, ...processesOf(folder)]) / floor).toBeLessThan(3);
    expect(hub.screen()).not.toContain('brought in');
    const { query, variables } = await contractOperation('three-levels');
    expect(await ask(url, query, { variables })).not.toHaveProperty('errors');

    expect(processesOf(folder)).not.toEqual([]);
    hub.signal('SIGKILL');
    expect(await hub.ended).toBe('SIGKILL');
    await nothingRuns();
  });

  test('the next one finds its data; a stop finishes what was begun, and the log has a line for each request without a name, text, address or token in any', async () => {
    const hub = start({ HUB_LOG_LEVEL: 'info', HUB_DRAIN_SECONDS: '600' });
    const url = await hub.url();
    expect(hub.screen()).not.toContain('brought in');
    expect(await ask(url, '{ committee(code: "330100") { name } }')).toEqual({
      data: { committee: { name: '杭州市政协' } },
    });
    const writers = new Writers(url);
    writers.begin(1);
    await writers.acknowledged(1);
    await writers.end();

    // A client that never ends its request holds nothing up, and nor does a second Ctrl-C; an upload that is on its way does.
    const stuck = connect(Number(new URL(url).port), '127.0.0.1');
    stuck.on('error', () => undefined).write('POST /graphql HTTP/1.1\r\nHost: hub\r\n');
    onTestFinished(() => void stuck.destroy());
    const upload = await beginUpload(url, folder);
    hub.signal('SIGINT');
    hub.signal('SIGINT');
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
    expect(await hub.ended, hub.screen()).toBe(0);
    await nothingRuns();

    const lines = hub
      .screen()
      .split('\n')
      .filter((line) => line.includes('"message":"answered'));
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

  test('killed at the launcher’s end, nothing of it is left', async () => {
    const killed = start();
    await killed.url();
    process.kill(killed.pid, 'SIGKILL');
    await nothingRuns();
  });

  test('what it runs out of is said in its last line', async () => {
    const small = startProcess('launch', { HUB_DATA_DIR: folder, PORT: '0' }, [
      '--max-old-space-size=20',
      'scripts/start.ts',
    ]);
    expect(await small.ended).not.toBe(0);
    expect(small.complaint().trimEnd().split('\n').at(-1)).toMatch(/"level":"fatal".*out of memory/);
    await nothingRuns();
  });
});

/** The server's own process number; 0 where there is none. */
async function postmaster(directory: string): Promise<number> {
  return (await readServerStatus(directory))?.pid ?? 0;
}
