import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createPassportKeys } from '@hub/access';
import { databaseUrl } from '@hub/testkit';
import postgres from 'postgres';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { freePort, newFolder, startProcess, takenPort } from './hub-process.ts';

/** Starts a hub that can't start; gives its last words. */
async function refusal(
  script: 'start' | 'start-services' | 'token',
  settings: Record<string, string>,
  parameters: string[] = [],
) {
  const hub = startProcess(script, { PORT: '0', ...settings }, parameters);
  expect(await hub.ended).toBe(1);
  expect(hub.screen()).not.toContain('Explorer');
  const [sentence = '', ...rest] = hub.complaint().trimEnd().split('\n');
  expect(rest, 'one line').toEqual([]);
  return sentence;
}

describe('a start that can’t be made ends in one sentence and leaves nothing half-written', {
  timeout: 300_000,
}, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newFolder();
    return () => rm(dirname(folder), { recursive: true, force: true });
  });

  test('on a port that is taken', async () => {
    const port = await takenPort();
    expect(await refusal('start', { PORT: String(port), HUB_DATA_DIR: folder })).toBe(
      `Port ${port} is taken: stop what uses it, or choose another with PORT.`,
    );
    expect(existsSync(folder)).toBe(false);
  });

  test('on a port of figures that is taken', async () => {
    const port = await takenPort();
    expect(await refusal('start', { HUB_METRICS_PORT: String(port), HUB_DATA_DIR: folder })).toBe(
      `Port ${port} is taken: stop what uses it, or choose another with HUB_METRICS_PORT.`,
    );
    expect(existsSync(folder)).toBe(false);
  });

  test('on an address that this machine has not', async () => {
    const provided = { HUB_JWKS_URL: 'https://identity.example/jwks' };
    expect(await refusal('start', { ...provided, HUB_HOST: '192.0.2.1', HUB_DATA_DIR: folder })).toMatch(
      /^The hub can’t listen on 192\.0\.2\.1 \(EADDRNOTAVAIL\): /,
    );
    expect(existsSync(folder)).toBe(false);
  });

  test('with a data folder that can’t be written', async () => {
    const file = `${folder}-file`;
    await writeFile(file, '');
    onTestFinished(() => rm(file));
    expect(await refusal('start', { HUB_DATA_DIR: file })).toMatch(/^The database can.t write to .*HUB_DATA_DIR/);
    // No user makes folders in /sys, root neither.
    expect(await refusal('start', { HUB_DATA_DIR: '/sys/hub' })).toMatch(/can.t write to \/sys\/hub.*HUB_DATA_DIR/);
    expect(await refusal('token', { HUB_DATA_DIR: '/sys/hub' }, ['--role', 'staff', '--committee', '330100'])).toMatch(
      /^The hub can’t use \/sys\/hub.*HUB_DATA_DIR/,
    );
  });

  test('with a database that can’t be reached or refuses the login', async () => {
    const server = inject('serverUrl');
    const wrong = new URL(server);
    wrong.password = 'not-the-password';
    for (const DATABASE_URL of [
      `postgres://hub:a-secret@127.0.0.1:${await freePort()}/hub`,
      wrong.href,
      databaseUrl(server, 'no_such_database'),
    ]) {
      const sentence = await refusal('start', { DATABASE_URL, HUB_DATA_DIR: folder });
      expect(sentence).toMatch(/^The database that DATABASE_URL names can’t be reached or refuses the login/);
      expect(sentence).not.toMatch(/secret|not-the-password|127\.0\.0\.1|no_such/);
    }
    expect(existsSync(folder)).toBe(false);
  });

  test('with a database whose user may not prepare it', async () => {
    const server = inject('serverUrl');
    const admin = postgres(server, { max: 1, onnotice: () => undefined });
    await admin.unsafe(`create role nobody_much login password 'little'`);
    await admin.unsafe('create database nothing_much');
    onTestFinished(async () => {
      await admin.unsafe('drop database nothing_much with (force)');
      await admin.unsafe('drop role nobody_much');
      await admin.end();
    });
    const url = new URL(databaseUrl(server, 'nothing_much'));
    url.username = 'nobody_much';
    url.password = 'little';
    expect(await refusal('start', { DATABASE_URL: url.href, HUB_DATA_DIR: folder })).toBe(
      'The user of DATABASE_URL may not create schemas in it nor create roles: run, as a superuser, GRANT CREATE ON DATABASE "nothing_much" TO "nobody_much"; ALTER ROLE "nobody_much" CREATEROLE.',
    );
  });

  test('with a database that takes fewer connections than the hub needs', async () => {
    const admin = postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });
    await admin.unsafe('create database crowded connection limit 12');
    onTestFinished(async () => {
      await admin.unsafe('drop database crowded with (force)');
      await admin.end();
    });
    expect(
      await refusal('start', { DATABASE_URL: databaseUrl(inject('serverUrl'), 'crowded'), HUB_DATA_DIR: folder }),
    ).toBe(
      'The database takes 12 connections (its CONNECTION LIMIT), and the hub needs 69: raise it by ALTER DATABASE … CONNECTION LIMIT.',
    );
    expect(existsSync(folder)).toBe(false);
  });

  test('with bad settings, of which it names every one and no value', async () => {
    const sentence = await refusal('start', {
      PORT: 'abc',
      HUB_ENV: 'nonsense-value',
      DATABASE_URL: 'mysql://u:a-secret@h/d',
    });
    expect(sentence).toMatch(/^Bad settings: /);
    for (const name of ['PORT:', 'HUB_ENV:', 'DATABASE_URL:']) expect(sentence).toContain(name);
    expect(sentence).not.toMatch(/abc|nonsense|secret/);
  });

  test('with what is no setting, which a gateway and a subgraph that are started alone name too', async () => {
    for (const script of ['../gateway/src/main', '../subgraphs/members/src/main'] as const) {
      const alone = startProcess(script, { PORT: '0', HUB_METRIC_PORT: '9464', HUB_DATA_DIR: folder });
      expect(await alone.ended).toBe(1);
      expect(alone.screen(), script).toContain('HUB_METRIC_PORT (HUB_METRICS_PORT may be meant)');
    }
    expect(existsSync(folder)).toBe(false);
  });

  test('in production without an identity provider, whatever else it is given', async () => {
    const { publicKey, privateKey } = await createPassportKeys();
    for (const script of ['start', 'start-services'] as const)
      expect(
        await refusal(script, {
          HUB_ENV: 'production',
          HUB_PASSPORT_PUBLIC_KEY: publicKey,
          HUB_PASSPORT_PRIVATE_KEY: privateKey,
          HUB_DATA_DIR: folder,
        }),
      ).toBe(
        'Bad settings: HUB_JWKS_URL: is required in production; HUB_ISSUER: is required in production, and is the identity provider’s own name',
      );
    expect(existsSync(folder)).toBe(false);
  });

  test('as one process with a supergraph whose subgraphs are others', async () => {
    expect(await refusal('start', { HUB_SUPERGRAPH: 'other.graphql', HUB_DATA_DIR: folder })).toMatch(
      /^HUB_SUPERGRAPH: .*start:services/,
    );
    expect(existsSync(folder)).toBe(false);
  });
});
