import { randomBytes } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '@hub/lifecycle';
import { databaseUrl } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { ask, contractOperation, freePort, type HubProcess, newFolder, startHub, startProcess } from './hub-process.ts';
import { beginUpload, missing } from './slow-upload.ts';

// In order: what one hub does is told in several tests.
describe('pnpm start on the server that DATABASE_URL names', { timeout: 300_000 }, () => {
  const database = `start_${randomBytes(6).toString('hex')}`;
  const ends: (() => Promise<void>)[] = [];
  const atEnd = (end: () => Promise<void>) => ends.push(end);
  let folder: string;
  let admin: postgres.Sql;
  const settings = () => ({
    DATABASE_URL: databaseUrl(inject('serverUrl'), database),
    HUB_DATA_DIR: folder,
    PORT: '0',
  });
  const production = {
    HUB_ENV: 'production',
    HUB_JWKS_URL: 'https://identity.example/jwks',
    HUB_ISSUER: 'https://identity.example',
    HUB_HOST: '127.0.0.1',
  };

  beforeAll(async () => {
    folder = await newFolder();
    admin = postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });
    await admin.unsafe(`create database ${database}`);
    // Called like the database.
    const password = decodeURIComponent(new URL(inject('serverUrl')).password);
    await admin.unsafe(`create role ${database} superuser login password '${password}'`);
  });
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    await admin.unsafe(`drop database ${database} with (force)`);
    await admin.unsafe(`drop role ${database}`);
    await admin.end();
    await rm(dirname(folder), { recursive: true, force: true });
  });

  describe('two first starts at once', () => {
    let one: HubProcess;
    let other: HubProcess;
    let urls: string[];
    beforeAll(async () => {
      one = startProcess('start', settings(), undefined, undefined, atEnd);
      other = startHub({ ...settings(), HUB_DRAIN_SECONDS: '3600' }, atEnd);
      urls = await Promise.all([one.url(), other.url()]);
    });

    test('both come up, and the data is brought in once', async () => {
      const screens = one.screen() + other.screen();
      for (const { name } of subgraphs) expect(screens.split(`\n${name}: `).length - 1, name).toBe(1);
      const { query, variables } = await contractOperation('three-levels');
      const [first, second] = await Promise.all(urls.map((url) => ask(url, query, { variables })));
      expect(first).not.toHaveProperty('errors');
      expect(second).toEqual(first);
      const { host } = new URL(inject('serverUrl'));
      expect(one.screen()).toContain(`Data        PostgreSQL at ${host}/${database}\n`);
    });

    test('pnpm partner:sandbox says what to do next, and the same when it has nothing left to do', async () => {
      const sandbox = async (given: Record<string, string>, ...parameters: string[]) => {
        const running = startProcess('partner-sandbox', { HUB_DATA_DIR: folder, ...given }, parameters);
        return { code: await running.ended, screen: running.screen() };
      };
      const [url = ''] = urls;
      const file = join(folder, 'partner-sandbox.json');
      const first = await sandbox({}, '--url', url);
      expect(first.code).toBe(0);
      expect(first.screen.trim().split('\n')).toEqual([
        expect.stringMatching(/^Agency [\da-f-]{36}, .* are in .*partner-sandbox\.json\.$/),
        expect.stringContaining(`npx -y pnpm example:health-commission --credentials ${file}`),
        expect.stringContaining('hub.webhooks.register'),
        expect.stringContaining('accesses'),
      ]);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const kept = await readFile(file, 'utf8');
      expect(first.screen).not.toContain(JSON.parse(kept).key.d);
      const [again, nowhere, inProduction] = await Promise.all([
        sandbox({}, '--url', url),
        sandbox({ PORT: String(await freePort()) }),
        sandbox({ HUB_ENV: 'production', HUB_JWKS_URL: 'http://127.0.0.1:9' }),
      ]);
      expect(again).toEqual(first);
      expect(await readFile(file, 'utf8')).toBe(kept);
      expect(nowhere).toEqual({
        code: 1,
        screen: expect.stringMatching(/^No hub answers at .*: start it with npx -y pnpm start/),
      });
      expect(inProduction.screen).toContain('only outside production');
    });

    test('a second Ctrl-C ends one at once, and they leave no connection', async () => {
      const [, url = ''] = urls;
      (await beginUpload(url, folder)).ignore();
      process.kill(other.pid, 'SIGINT');
      await expect.poll(() => missing(url)).toEqual(['stopping']);
      // The same Ctrl-C, passed on by another, is none.
      process.kill(other.pid, 'SIGINT');
      await delay(1_100);
      expect(isAlive(other.pid)).toBe(true);
      process.kill(other.pid, 'SIGINT');
      expect(await other.ended).toBe(1);
      one.signal('SIGINT');
      expect(await one.ended).toBe(0);
      expect(one.complaint()).toBe('');
      // Besides clients, the server's own vacuum workers are listed; and a client's end is seen a moment later.
      await expect
        .poll(
          () =>
            admin`select application_name from pg_stat_activity where datname = ${database} and backend_type = 'client backend'`,
          { message: 'connections left' },
        )
        .toHaveLength(0);
    });
  });

  describe('a hub of production', () => {
    let hub: HubProcess;
    let url: string;
    const unnamed = () => {
      const address = new URL(databaseUrl(inject('serverUrl'), ''));
      address.username = database;
      return address;
    };
    beforeAll(async () => {
      hub = startProcess(
        'start',
        { ...settings(), ...production, DATABASE_URL: unnamed().href },
        undefined,
        undefined,
        atEnd,
      );
      url = await hub.url();
    });

    test('takes an address that names no database for the one that is called like the user', () => {
      expect(hub.screen()).not.toContain('brought in');
      expect(hub.screen()).toContain(`Data        PostgreSQL at ${unnamed().host}/${database}\n`);
    });

    test('has tokens from nobody but the identity provider', async () => {
      expect(hub.screen()).toContain('Token       from the identity provider that HUB_JWKS_URL names\n');
      const tokens = await fetch(`${url}/explorer/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"actor":0}',
      });
      expect(tokens.status).toBe(404);
      expect((await ask(url, '{ committee(code: "330100") { name } }')).data).toEqual({
        committee: { name: '杭州市政协' },
      });

      const token = startProcess('token', { ...production, HUB_DATA_DIR: folder }, ['--role', 'operator']);
      expect(await token.ended).toBe(1);
      expect(token.screen()).toBe('The development issuer exists only outside production and without HUB_JWKS_URL.\n');
    });
  });
});
