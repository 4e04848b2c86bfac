import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPassportKeys, openDevelopmentIssuer } from '@hub/access';
import { readSettings, type Settings, SettingsError } from '@hub/config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccessLogKey, gatewaySettings } from '../src/index.ts';

describe('production, however it is set', () => {
  let folder: string;
  let provider: string;
  let close: () => void;
  let tokens: readonly string[];
  let choices: Readonly<Record<string, readonly (string | undefined)[]>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-production-'));
    const server = createServer((_, response) => response.end('{"keys":[]}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => void server.close();
    provider = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    // At once, as two processes that start on one folder: they have one key.
    tokens = await Promise.all(
      ['urn:cppcc-hub:development', 'https://identity.example'].map(async (issuer) =>
        (await openDevelopmentIssuer(folder, { issuer, audience: 'cppcc-hub' })).issue('somebody', {
          role: 'staff',
          committee: '330100',
        }),
      ),
    );
    const passport = await createPassportKeys();
    choices = {
      HUB_JWKS_URL: [undefined, '', provider, 'http://identity.example/jwks', 'https://identity.example/jwks'],
      HUB_ISSUER: [undefined, 'urn:cppcc-hub:development', 'https://identity.example'],
      HUB_HOST: [undefined, '0.0.0.0'],
      HUB_EXPLORER: [undefined, 'on', 'off'],
      HUB_INTROSPECTION: [undefined, 'off'],
      HUB_PASSPORT_PUBLIC_KEY: [undefined, passport.publicKey],
      HUB_PASSPORT_PRIVATE_KEY: [undefined, passport.privateKey],
      HUB_SUPERGRAPH: [undefined, 'other.graphql'],
      HUB_ACCESS_LOG_PRIVATE_KEY: [await createAccessLogKey()],
    };
  });
  afterAll(async () => {
    close();
    await rm(folder, { recursive: true, force: true });
  });

  /** All ways to choose one of each. */
  function* combinations(names = Object.keys(choices)): Iterable<Record<string, string>> {
    const [name, ...rest] = names;
    if (name === undefined) return yield {};
    for (const others of combinations(rest))
      for (const value of choices[name] ?? []) yield { ...others, ...(value !== undefined && { [name]: value }) };
  }
  const refusedOr = <Result>(read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      return undefined;
    }
  };

  test('ends with no demo actor and answers no token of the development issuer', async () => {
    let [served, refused] = [0, 0];
    for (const environment of combinations()) {
      const common = { ...environment, HUB_DATA_DIR: folder };
      // What reads settings, and what is handed settings that somebody else made.
      const candidates = [
        refusedOr(() => readSettings({ ...common, HUB_ENV: 'production' })),
        refusedOr(() => ({ ...readSettings({ ...common, HUB_ENV: 'development' }), HUB_ENV: 'production' })),
      ];
      for (const settings of candidates) {
        const config = settings && (await gatewaySettings(settings as Settings).catch(() => undefined));
        if (!config) {
          refused += 1;
          continue;
        }
        served += 1;
        expect(config.demoActors).toEqual([]);
        expect(config.explorer, 'only where it is asked for').toBe(environment['HUB_EXPLORER'] === 'on');
        if (environment['HUB_JWKS_URL'] !== provider) continue;
        for (const token of tokens)
          await expect(config.authenticate(token)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
      }
    }
    expect(served).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(500);
  });

  test('the same settings in development give out demo tokens, and those are answered', async () => {
    const config = await gatewaySettings(readSettings({ HUB_DATA_DIR: folder }));
    expect(config.demoActors.length).toBeGreaterThan(0);
    expect(config.explorer).toBe(true);
    expect(await config.authenticate(await config.demoActors[1]?.token())).toMatchObject({ kind: 'STAFF' });
    expect(await config.authenticate(tokens[0])).toMatchObject({ kind: 'STAFF' });
  });
});
