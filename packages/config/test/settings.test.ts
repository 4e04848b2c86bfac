import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readSettings, SettingsError, unknownSettings } from '../src/index.ts';

/** A new Ed25519 key, and its public half, as JWKs. */
function keyPair(kid?: string) {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d, ...half } = privateKey.export({ format: 'jwk' });
  const publicKey = { ...half, ...(kid && { kid }) };
  return { secret: JSON.stringify({ ...publicKey, d }), known: JSON.stringify(publicKey), publicKey };
}
const elliptic = JSON.stringify(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
);
const [one, other, named, unnamed] = [keyPair(), keyPair(), keyPair('a'), keyPair('b')];
const setOf = (...keys: object[]) => JSON.stringify({ keys });

const production = {
  HUB_ENV: 'production',
  HUB_JWKS_URL: 'https://identity.example/jwks',
  HUB_ISSUER: 'https://identity.example',
};

/** What a start with these settings says; empty where it goes on. */
function refusal(environment: Record<string, string>, facesUsers = true): string {
  try {
    readSettings(environment, { facesUsers });
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as Error).message;
  }
}

test('a production that has its identity provider is served, and development needs nothing', () => {
  expect(refusal(production)).toBe('');
  expect(refusal({})).toBe('');
});

test('all that is wrong is told in one sentence, contradictions beside bad values, and no value', () => {
  const sentence = refusal({
    HUB_ENV: 'production',
    PORT: 'abc',
    HUB_CORS_ORIGINS: '*',
    HUB_PUBLIC_URL: 'http://hub.example',
  });
  expect(sentence).toMatch(/^Bad settings: [^\n]+$/);
  for (const name of ['PORT', 'HUB_CORS_ORIGINS', 'HUB_JWKS_URL', 'HUB_ISSUER', 'HUB_PUBLIC_URL'])
    expect(sentence).toContain(`${name}: `);
  expect(sentence).not.toMatch(/abc|hub\.example/);
});

test('of a setting that can’t be read nothing else is said', () => {
  expect(refusal({ ...production, HUB_JWKS_URL: 'nowhere' }).match(/HUB_JWKS_URL/g)).toHaveLength(1);
});

test('a subgraph, which sees passports alone, needs no identity provider', () => {
  expect(refusal({ HUB_ENV: 'production', HUB_PASSPORT_PUBLIC_KEY: one.known }, false)).toBe('');
  expect(refusal({ HUB_ENV: 'production', HUB_PASSPORT_PUBLIC_KEY: one.known })).toMatch(/HUB_JWKS_URL: is required/);
});

describe('stops the start in production', () => {
  test.each<[string, Record<string, string>]>([
    ['HUB_JWKS_URL', { HUB_JWKS_URL: '' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: '   ' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'http://identity.example/jwks' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'http://127.0.0.1.nip.io/jwks' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'http://localhost.example/jwks' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'http://10.0.0.1/jwks' }],
    ['HUB_ISSUER', { HUB_ISSUER: '' }],
    ['HUB_ISSUER', { HUB_ISSUER: ' urn:cppcc-hub:development ' }],
    ['HUB_PUBLIC_URL', { HUB_PUBLIC_URL: 'http://hub.example' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'https://front.example,http://front.example' }],
  ])('%s, case %#', (name, more) => {
    expect(refusal({ ...production, ...more })).toMatch(new RegExp(`^Bad settings: ${name}: `));
  });

  test('http on this machine alone doesn’t', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]'])
      expect(
        refusal({
          ...production,
          HUB_JWKS_URL: `http://${host}:9/jwks`,
          HUB_PUBLIC_URL: `http://${host}`,
          HUB_CORS_ORIGINS: `http://${host}:3000`,
        }),
      ).toBe('');
  });
});

describe('stops any start', () => {
  test.each<[string, Record<string, string>]>([
    ['HUB_HOST and HUB_JWKS_URL', { HUB_HOST: '0.0.0.0' }],
    ['HUB_HOST and HUB_JWKS_URL', { HUB_HOST: '::' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'https://user:word@identity.example/jwks' }],
    ['HUB_JWKS_URL', { HUB_JWKS_URL: 'file:///etc/jwks.json' }],
    ['HUB_EXPLORER and HUB_INTROSPECTION', { HUB_EXPLORER: 'on', HUB_INTROSPECTION: 'off' }],
    ['HUB_EXPLORER', { HUB_EXPLORER: 'yes' }],
    ['HUB_ENV', { HUB_ENV: 'Production' }],
    ['PORT', { PORT: '0x10' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '65536' }],
    ['HUB_SUBGRAPH_TIMEOUT_MS', { HUB_SUBGRAPH_TIMEOUT_MS: '0' }],
    ['HUB_SUBGRAPH_TIMEOUT_MS', { HUB_SUBGRAPH_TIMEOUT_MS: '99999999999' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: '*' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'null' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'front.example' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'https://front.example/' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'https://front.example/path' }],
    ['HUB_CORS_ORIGINS', { HUB_CORS_ORIGINS: 'https://*.example' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'receiver' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'receiver:0' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'receiver:65536' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'http://receiver:8080' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'receiver:8080/path' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: '::1:8080' }],
    ['HUB_WEBHOOK_HOSTS', { HUB_WEBHOOK_HOSTS: 'user@receiver:8080' }],
    ['HUB_PASSPORT_PRIVATE_KEY', { HUB_PASSPORT_PRIVATE_KEY: 'a key' }],
    ['HUB_PASSPORT_PRIVATE_KEY', { HUB_PASSPORT_PRIVATE_KEY: elliptic }],
    ['HUB_PASSPORT_PRIVATE_KEY', { HUB_PASSPORT_PRIVATE_KEY: one.known }],
    [
      'HUB_PASSPORT_PRIVATE_KEY',
      { HUB_PASSPORT_PRIVATE_KEY: JSON.stringify({ ...JSON.parse(one.secret), x: other.publicKey.x }) },
    ],
    ['HUB_PASSPORT_PUBLIC_KEY', { HUB_PASSPORT_PRIVATE_KEY: one.secret, HUB_PASSPORT_PUBLIC_KEY: one.secret }],
    ['HUB_PASSPORT_PRIVATE_KEY and HUB_PASSPORT_PUBLIC_KEY', { HUB_PASSPORT_PUBLIC_KEY: one.known }],
    [
      'HUB_PASSPORT_PRIVATE_KEY and HUB_PASSPORT_PUBLIC_KEY',
      { HUB_PASSPORT_PRIVATE_KEY: one.secret, HUB_PASSPORT_PUBLIC_KEY: other.known },
    ],
    ['HUB_ACCESS_LOG_PRIVATE_KEY', { HUB_ACCESS_LOG_PRIVATE_KEY: one.secret }],
    ['HUB_ACCESS_LOG_PRIVATE_KEY', { HUB_ACCESS_LOG_PRIVATE_KEY: elliptic }],
    ['HUB_DUTY_CODE_PRIVATE_KEY', { HUB_DUTY_CODE_PRIVATE_KEY: one.secret }],
    ['HUB_DUTY_CODE_PUBLIC_KEYS', { HUB_DUTY_CODE_PRIVATE_KEY: named.secret, HUB_DUTY_CODE_PUBLIC_KEYS: '[]' }],
    ['HUB_DUTY_CODE_PUBLIC_KEYS', { HUB_DUTY_CODE_PRIVATE_KEY: named.secret, HUB_DUTY_CODE_PUBLIC_KEYS: setOf() }],
    [
      'HUB_DUTY_CODE_PUBLIC_KEYS',
      { HUB_DUTY_CODE_PRIVATE_KEY: named.secret, HUB_DUTY_CODE_PUBLIC_KEYS: setOf(one.publicKey) },
    ],
    [
      'HUB_DUTY_CODE_PUBLIC_KEYS',
      { HUB_DUTY_CODE_PRIVATE_KEY: named.secret, HUB_DUTY_CODE_PUBLIC_KEYS: setOf(JSON.parse(named.secret)) },
    ],
    ['HUB_DUTY_CODE_PRIVATE_KEY and HUB_DUTY_CODE_PUBLIC_KEYS', { HUB_DUTY_CODE_PUBLIC_KEYS: setOf(named.publicKey) }],
    [
      'HUB_DUTY_CODE_PRIVATE_KEY and HUB_DUTY_CODE_PUBLIC_KEYS',
      { HUB_DUTY_CODE_PRIVATE_KEY: named.secret, HUB_DUTY_CODE_PUBLIC_KEYS: setOf(unnamed.publicKey) },
    ],
  ])('%s, case %#', (names, environment) => {
    expect(refusal(environment)).toMatch(new RegExp(`^Bad settings: ${names}: [^;]+$`));
    // The same in production, where nothing else is wrong.
    const sentence = refusal({ ...production, ...environment });
    if (!environment['HUB_HOST'] && !environment['HUB_ENV'])
      expect(sentence).toMatch(new RegExp(`^Bad settings: ${names}: `));
  });

  test('what belongs together doesn’t', () => {
    expect(
      refusal({
        HUB_PASSPORT_PRIVATE_KEY: one.secret,
        HUB_PASSPORT_PUBLIC_KEY: one.known,
        HUB_DUTY_CODE_PRIVATE_KEY: named.secret,
        HUB_DUTY_CODE_PUBLIC_KEYS: setOf(unnamed.publicKey, named.publicKey),
        HUB_ACCESS_LOG_PRIVATE_KEY: named.secret,
        HUB_CORS_ORIGINS: 'https://front.example, http://localhost:3000',
        HUB_WEBHOOK_HOSTS: 'Receiver:8080, [::1]:8080, 10.0.0.7:443',
        PORT: '65535',
      }),
    ).toBe('');
  });
});

test('what is called like a setting and is none is told by name, with the setting that may be meant, and no value', () => {
  expect(unknownSettings({ HUB_METRICS_PORT: '1', PATH: '/bin', HUBERT: 'x' })).toBeUndefined();
  expect(
    unknownSettings({
      HUB_METRIC_PORT: 'a-secret',
      HUB_DATADIR: '/data',
      HUB_SOMETHING_ELSE: 'a-secret',
      HUB_ENV: 'x',
    }),
  ).toBe(
    'The environment has what no setting of the hub is called, and it is passed over: HUB_DATADIR (HUB_DATA_DIR may be meant), HUB_METRIC_PORT (HUB_METRICS_PORT may be meant), HUB_SOMETHING_ELSE',
  );
});
