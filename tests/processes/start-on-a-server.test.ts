import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { databaseUrl } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { ask, contractOperation, newFolder, startProcess } from './hub-process.ts';

describe('pnpm start on the server that DATABASE_URL names', { timeout: 300_000 }, () => {
  const database = `start_${randomBytes(6).toString('hex')}`;
  let folder: string;
  let admin: postgres.Sql;
  const start = (settings: Record<string, string> = {}) =>
    startProcess('start', {
      DATABASE_URL: databaseUrl(inject('serverUrl'), database),
      HUB_DATA_DIR: folder,
      PORT: '0',
      ...settings,
    });

  beforeAll(async () => {
    folder = await newFolder();
    admin = postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });
    await admin.unsafe(`create database ${database}`);
    // Called like the database.
    const password = decodeURIComponent(new URL(inject('serverUrl')).password);
    await admin.unsafe(`create role ${database} superuser login password '${password}'`);
  });
  afterAll(async () => {
    await admin.unsafe(`drop database ${database} with (force)`);
    await admin.unsafe(`drop role ${database}`);
    await admin.end();
    await rm(dirname(folder), { recursive: true, force: true });
  });

  test('two first starts at once both come up, and the data is brought in once', async () => {
    const hubs = [start(), start()];
    const urls = await Promise.all(hubs.map((hub) => hub.url()));
    const screens = hubs.map((hub) => hub.screen()).join('');
    for (const { name } of subgraphs) expect(screens.split(`\n${name}: `).length - 1, name).toBe(1);
    const { query, variables } = await contractOperation('three-levels');
    const [one, other] = await Promise.all(urls.map((url) => ask(url, query, { variables })));
    expect(one).not.toHaveProperty('errors');
    expect(other).toEqual(one);

    const { host } = new URL(inject('serverUrl'));
    expect(hubs[0]?.screen()).toContain(`Data        PostgreSQL at ${host}/${database}\n`);
    for (const hub of hubs) hub.signal('SIGINT');
    expect(await Promise.all(hubs.map((hub) => hub.ended))).toEqual([0, 0]);
    // Besides clients, the server's own vacuum workers are listed; and a client's end is seen a moment later.
    await expect
      .poll(
        () =>
          admin`select application_name from pg_stat_activity where datname = ${database} and backend_type = 'client backend'`,
        { message: 'connections left' },
      )
      .toHaveLength(0);
  });

  test('an address that names no database means the one that is called like the user', async () => {
    const url = new URL(databaseUrl(inject('serverUrl'), ''));
    url.username = database;
    const hub = start({ DATABASE_URL: url.href });
    await hub.url();
    expect(hub.screen()).not.toContain('brought in');
    expect(hub.screen()).toContain(`Data        PostgreSQL at ${url.host}/${database}\n`);
  });

  test('in production nobody but the identity provider gives tokens', async () => {
    const production = {
      HUB_ENV: 'production',
      HUB_JWKS_URL: 'https://identity.example/jwks',
      HUB_ISSUER: 'https://identity.example',
      HUB_HOST: '127.0.0.1',
    };
    const hub = start(production);
    const url = await hub.url();
    expect(hub.screen()).not.toContain('brought in');
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
