import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { publicKeyOf } from '../src/agencies/public-key.ts';

const ofPoint = (hex: string) =>
  JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') });
const unusable = { code: 'PUBLIC_KEY_UNUSABLE', path: ['publicKey'] };

test.each(['ed25519', 'ec'] as const)('a key pair of %s has a public half that verifies', async (type) => {
  const { publicKey } = type === 'ec' ? generateKeyPairSync(type, { namedCurve: 'P-256' }) : generateKeyPairSync(type);
  const known = await publicKeyOf(JSON.stringify(publicKey.export({ format: 'jwk' })));
  expect(known.algorithm).toBe(type === 'ec' ? 'ES256' : 'EdDSA');
});

// RFC 7748 and "Taming the many EdDSAs" (2020), table 6: all points of small order, and the encodings of them that aren't canonical.
test.each([
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])('a point for which anybody can sign is no key: %s', async (hex) => {
  await expect(publicKeyOf(ofPoint(hex))).rejects.toMatchObject(unusable);
});

test.each(['', '00', 'ff'.repeat(32), '02'.repeat(33)])('what is no point is none: %s', async (hex) => {
  await expect(publicKeyOf(ofPoint(hex))).rejects.toMatchObject(unusable);
});
