import { authenticator, createReceipt, PUBLIC, receiptHash } from '@hub/access';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';

const names = { issuer: 'urn:issuer', audience: 'cppcc-hub' };
const pair = await generateKeyPair('ES256', { extractable: true });
const publicKey = await exportJWK(pair.publicKey);
const authenticate = authenticator({ keys: [{ ...publicKey, alg: 'ES256', use: 'sig' }] }, names);
const [one, two, three, office, bureau, sector] = [1, 2, 3, 4, 5, 6].map(
  (n) => `10000000-0000-4000-8000-00000000000${n}`,
) as [string, string, string, string, string, string];
const refused = { extensions: { code: 'UNAUTHENTICATED' } };
/** The token is good; what they want to act as isn't theirs. */
const notTheirs = { extensions: { code: 'BAD_REQUEST' } };
const otherPair = await generateKeyPair('ES256');
const now = Math.floor(Date.now() / 1000);

interface Differs {
  readonly claims?: Record<string, unknown>;
  readonly key?: CryptoKey;
  readonly issuer?: string;
  readonly audience?: string;
  readonly type?: string;
  readonly subject?: string | null;
  readonly expires?: number | null;
}
/** A token of a member of staff that differs as said. */
async function token({ claims, key, issuer, audience, type, subject, expires }: Differs = {}): Promise<string> {
  const jwt = new SignJWT({ role: 'staff', committee: '330110', duties: ['meetings'], ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: type ?? 'at+jwt' })
    .setIssuer(issuer ?? names.issuer)
    .setAudience(audience ?? names.audience);
  if (subject !== null) jwt.setSubject(subject ?? 'somebody');
  if (expires !== null) jwt.setExpirationTime(expires ?? now + 60);
  return jwt.sign(key ?? pair.privateKey);
}
const actorOf = async (claims: Record<string, unknown>, membership?: string) =>
  authenticate(await token({ claims }), { membership });

describe('a token', () => {
  test('makes the actor that it says', async () => {
    expect(await authenticate(await token())).toEqual({
      kind: 'STAFF',
      subject: 'somebody',
      committee: '330110',
      duties: ['meetings'],
    });
    expect(await actorOf({ office })).toMatchObject({ kind: 'STAFF', office });
    expect(await actorOf({ role: 'member', membership: [{ id: one, committee: '330110' }] })).toEqual({
      kind: 'MEMBER',
      subject: 'somebody',
      member: one,
      committee: '330110',
      memberships: [one],
      convenes: [],
    });
    expect(await actorOf({ role: 'operator' })).toEqual({ kind: 'OPERATOR', subject: 'somebody' });
    expect(await actorOf({ role: 'liaison' })).toMatchObject({ kind: 'LIAISON', committee: '330110' });
    expect(await actorOf({ role: 'department', department: bureau })).toEqual({
      kind: 'DEPARTMENT',
      subject: 'somebody',
      committee: '330110',
      department: bureau,
    });
  });

  test('isn’t needed to be the public', async () => {
    expect(await authenticate(undefined)).toBe(PUBLIC);
    expect(await authenticate(undefined, { membership: one })).toBe(PUBLIC);
  });

  test('and a receipt beside it: the token says who it is, and only without one does the receipt count', async () => {
    const receipt = createReceipt();
    expect(await authenticate(undefined, { receipt })).toEqual({ kind: 'PUBLIC', receipt: receiptHash(receipt) });
    expect(await authenticate(await token(), { receipt })).toEqual(await authenticate(await token()));
    await expect(authenticate('token', { receipt })).rejects.toMatchObject(refused);
  });

  test.each<[string, Differs]>([
    ['has expired', { expires: now - 60 }],
    ['never expires', { expires: null }],
    ['names nobody', { subject: null }],
    ['is of another issuer', { issuer: 'urn:other' }],
    ['is for another audience', { audience: 'other' }],
    ['is no access token', { type: 'JWT' }],
    ['is a passport', { type: 'hub-passport+jwt' }],
    ['is signed with another key', { key: otherPair.privateKey }],
    ['has no role', { claims: { role: undefined } }],
    ['has a role that isn’t known', { claims: { role: 'administrator' } }],
    ['has a role of another type', { claims: { role: ['staff'] } }],
    ['names a committee that never was', { claims: { committee: '999999' } }],
    ['names a committee by something else', { claims: { committee: 330110 } }],
    ['names no committee', { claims: { committee: undefined } }],
    ['is a member’s without a membership', { claims: { role: 'member' } }],
    ['is a member’s of no committee', { claims: { role: 'member', membership: [{ id: one }] } }],
    ['is a member’s of nothing that has an id', { claims: { role: 'member', membership: [{ committee: '330110' }] } }],
    ['is a department’s that isn’t named', { claims: { role: 'department' } }],
    ['is a department’s that is named by something else', { claims: { role: 'department', department: [bureau] } }],
    ['is a department’s of no committee', { claims: { role: 'department', department: bureau, committee: undefined } }],
    ['says of itself that it is the hub’s', { claims: { role: 'feed' } }],
  ])('that %s is refused', async (_, differs) => {
    await expect(authenticate(await token(differs))).rejects.toMatchObject(refused);
  });

  test('that isn’t signed, or signed with a secret, is refused', async () => {
    const part = (given: unknown) => Buffer.from(JSON.stringify(given)).toString('base64url');
    const claims = { sub: 's', role: 'operator', iss: names.issuer, aud: names.audience, exp: now + 60 };
    await expect(authenticate(`${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims)}.`)).rejects.toMatchObject(
      refused,
    );
    const secret = new TextEncoder().encode(JSON.stringify(publicKey));
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret);
    await expect(authenticate(symmetric)).rejects.toMatchObject(refused);
    for (const nothing of ['', 'token', 'a.b.c']) await expect(authenticate(nothing)).rejects.toMatchObject(refused);
  });

  test('with a duty that isn’t known gives none', async () => {
    expect(await actorOf({ duties: ['everything', 'members'] })).toMatchObject({ duties: ['members'] });
    expect(await actorOf({ duties: undefined })).toMatchObject({ duties: [] });
    expect(await actorOf({ duties: 'meetings' })).toMatchObject({ duties: [] });
  });

  test('with a committee’s old code acts as what it became', async () => {
    expect(await actorOf({ committee: '220381' })).toMatchObject({ committee: '220184' });
  });
});

test.each([
  ['role', { role: 'administrator' }],
  ['committee', { committee: '999999' }],
  ['office', { office: '办公室' }],
  ['department', { role: 'department', department: 'bureau' }],
  ['membership', { role: 'member', membership: {} }],
  [
    'membership[].id',
    {
      role: 'member',
      membership: [
        { id: one, committee: '330110' },
        { id: '委员', committee: '330110' },
      ],
    },
  ],
  ['membership[].id', { role: 'member', membership: [null] }],
  ['membership[].committee', { role: 'member', membership: [{ id: one, committee: '余杭区' }] }],
])('a token that was signed and says what can’t be is told by the claim: %s', async (claim, claims) => {
  const told: string[] = [];
  const telling = authenticator({ keys: [{ ...publicKey, alg: 'ES256', use: 'sig' }] }, names, (of) => told.push(of));
  await expect(telling(await token({ claims }))).rejects.toMatchObject(refused);
  expect(told).toEqual([claim]);
});

describe('a member with several memberships', () => {
  const membership = [
    { id: one, committee: '330110', convenes: [sector, '教育界', 7] },
    { id: two, committee: '330100' },
  ];
  test('acts as the first, or as the one that is chosen', async () => {
    expect(await actorOf({ role: 'member', membership })).toMatchObject({ member: one, committee: '330110' });
    expect(await actorOf({ role: 'member', membership }, two)).toMatchObject({ member: two, committee: '330100' });
  });
  test('can’t act as somebody else', async () => {
    await expect(actorOf({ role: 'member', membership }, three)).rejects.toMatchObject(notTheirs);
    await expect(actorOf({ role: 'member', membership }, '')).rejects.toMatchObject(notTheirs);
  });
  test('keeps all of them, and convenes only what the acting one does', async () => {
    expect(await actorOf({ role: 'member', membership })).toMatchObject({
      memberships: [one, two],
      convenes: [sector],
    });
    expect(await actorOf({ role: 'member', membership }, two)).toMatchObject({
      memberships: [one, two],
      convenes: [],
    });
  });
});
