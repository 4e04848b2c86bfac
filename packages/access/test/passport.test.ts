import { type Actor, createPassportKeys, PUBLIC, passportIssuer, passportVerifier } from '@hub/access';
import { afterEach, describe, expect, test, vi } from 'vitest';

const keys = await createPassportKeys();
const issue = await passportIssuer(keys.privateKey);
const verify = await passportVerifier(keys.publicKey, 'members');
const refused = { extensions: { code: 'UNAUTHENTICATED' } };
const staff: Actor = { kind: 'STAFF', subject: 's', committee: '330110', duties: ['meetings'] };

afterEach(() => vi.useRealTimers());

describe('a passport', () => {
  test('brings the actor to the subgraph that it is for', async () => {
    expect(await verify(await issue(staff, 'members'))).toEqual(staff);
    expect(await verify(await issue(PUBLIC, 'members'))).toEqual(PUBLIC);
  });

  test('is refused by every other subgraph', async () => {
    await expect(verify(await issue(staff, 'consultations'))).rejects.toMatchObject(refused);
  });

  test('is refused when another key signed it', async () => {
    const forge = await passportIssuer((await createPassportKeys()).privateKey);
    await expect(verify(await forge(staff, 'members'))).rejects.toMatchObject(refused);
  });

  test('can’t be made with what a subgraph has', async () => {
    const forge = passportIssuer(keys.publicKey).then((make) => make(staff, 'members'));
    await expect(forge).rejects.toThrow();
  });

  test('is refused when a part of it is changed', async () => {
    const [header, claims = '', signature] = (await issue(staff, 'members')).split('.');
    const changed = JSON.parse(Buffer.from(claims, 'base64url').toString());
    changed.actor.committee = '330000';
    const token = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
    await expect(verify(token)).rejects.toMatchObject(refused);
  });

  test('is given out again for half its life, and is good for a minute and what clocks differ by', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const liaison: Actor = { kind: 'LIAISON', subject: 'l', committee: '330110' };
    const first = await issue(liaison, 'members');
    vi.setSystemTime(Date.now() + 29_000);
    expect(await issue(liaison, 'members')).toBe(first);
    vi.setSystemTime(Date.now() + 2_000);
    expect(await issue(liaison, 'members')).not.toBe(first);
    expect(await verify(first)).toEqual(liaison);
    vi.setSystemTime(Date.now() + 36_000);
    await expect(verify(first)).rejects.toMatchObject(refused);
  });

  test('of one actor is never given to another', async () => {
    const tokens = await Promise.all([issue(staff, 'members'), issue(PUBLIC, 'members'), issue(staff, 'cooperation')]);
    expect(new Set(tokens).size).toBe(3);
  });

  test('is asked for: none is no actor, and not the public', async () => {
    await expect(verify(undefined)).rejects.toMatchObject(refused);
    await expect(verify('')).rejects.toMatchObject(refused);
  });
});
