import { createPublicKey, randomBytes, randomInt, randomUUID, verify } from 'node:crypto';
import { createDutyCodeKey, dutyCodeIssuer, dutyCodeReader, publicDutyCodeKeys, type ReadCode } from '@hub/duty-code';
import jsqr from 'jsqr';
import qrcode from 'qrcode';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const minute = 60_000;
const start = new Date('2026-03-10T01:00:00Z');
const expires = new Date('2026-03-10T09:00:00Z');
const member = '0198c2f4-7d1e-7c3a-9b52-4f60a1e2d3c4';
const part = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';
const claims = { member, committee: '330110', expires };

const key = await createDutyCodeKey();
const issuer = dutyCodeIssuer(key);
const reader = dutyCodeReader(publicDutyCodeKeys([key]));
const after = (milliseconds: number, time = start) => new Date(time.getTime() + milliseconds);
const refused = (reason: string) => ({ ok: false, reason });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a code', () => {
  test('says whose it is, at which committee, and from when to when', async () => {
    const code = await issuer.member(claims);
    expect(await reader.member(code, after(minute))).toEqual({
      ok: true,
      member,
      committee: '330110',
      issued: start,
      expires,
    });
  });

  test('of a part of a meeting says which part', async () => {
    const code = await issuer.part({ part, expires });
    expect(await reader.part(code, after(minute))).toEqual({ ok: true, part, issued: start, expires });
  });

  test.each(['000000', '010101', '659012', '999999'])('keeps the committee %s as it is', async (committee) => {
    const code = await issuer.member({ ...claims, committee });
    expect(await reader.member(code, start)).toMatchObject({ ok: true, committee });
  });

  test('is read the same for every UUID', async () => {
    for (let round = 0; round < 200; round += 1) {
      const id = randomUUID();
      expect(await reader.part(await issuer.part({ part: id, expires }), start)).toMatchObject({ ok: true, part: id });
    }
    const zero = '00000000-0000-0000-0000-000000000000';
    expect(await reader.part(await issuer.part({ part: zero, expires }), start)).toMatchObject({ part: zero });
  });

  test('tells what it is by its beginning, and is short', async () => {
    expect(await issuer.member(claims)).toMatch(/^CPPCC1\.M\.[\w.-]{132}$/);
    expect(await issuer.part({ part, expires })).toMatch(/^CPPCC1\.P\.[\w.-]{128}$/);
  });

  test('is a JWS with its header left out, which others can verify too', async () => {
    const { d: _secret, ...jwk } = JSON.parse(key);
    for (const [code, typ] of [
      [await issuer.member(claims), 'cppcc-member-code'],
      [await issuer.part({ part, expires }), 'cppcc-part-code'],
    ] as const) {
      const [, , kid, payload, signature = ''] = code.split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ, kid })).toString('base64url');
      const signed = Buffer.from(`${header}.${payload}`);
      const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
      expect(verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    }
  });
});

describe('the QR code', () => {
  /** Draws a text as the pixels of a screen, with the quiet zone that the standard asks for. */
  function draw(text: string, errorCorrectionLevel: 'L' | 'M' | 'Q') {
    const { modules, version } = qrcode.create(text, { errorCorrectionLevel });
    const [scale, quiet] = [4, 4];
    const width = (modules.size + 2 * quiet) * scale;
    const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
    const paint = (column: number, row: number, colour: number) => {
      for (let y = 0; y < scale; y += 1)
        for (let x = 0; x < scale; x += 1) {
          const at = (((row + quiet) * scale + y) * width + (column + quiet) * scale + x) * 4;
          pixels.fill(colour, at, at + 3);
        }
    };
    for (let row = 0; row < modules.size; row += 1)
      for (let column = 0; column < modules.size; column += 1) if (modules.get(row, column)) paint(column, row, 0);
    return { version, paint, scan: () => jsqr.default(pixels, width, width)?.data };
  }

  test.each(['L', 'M', 'Q'] as const)('of level %s is scanned as it was drawn', async (level) => {
    const code = await issuer.member(claims);
    expect(draw(code, level).scan()).toBe(code);
    const shown = await issuer.part({ part, expires });
    const scanned = draw(shown, level).scan() ?? '';
    expect(await reader.part(scanned, start)).toMatchObject({ ok: true, part });
  });

  test('is of version 8 at the most on the middle level, and bears a blot', async () => {
    const code = await issuer.member(claims);
    const picture = draw(code, 'M');
    expect(picture.version).toBeLessThanOrEqual(8);
    for (let row = 20; row < 30; row += 1)
      for (let column = 20; column < 30; column += 1) picture.paint(column, row, 0);
    expect(picture.scan()).toBe(code);
  });
});

describe('the time of the scan', () => {
  test('is what counts: a code that has expired since is accepted', async () => {
    const code = await issuer.member(claims);
    vi.setSystemTime(after(30 * 24 * 60 * minute, expires));
    expect(await reader.member(code, after(-minute, expires))).toMatchObject({ ok: true, member });
  });

  test('may not be after the end of the code, but for what clocks differ by', async () => {
    const code = await issuer.member(claims);
    expect(await reader.member(code, after(2 * minute - 1, expires))).toMatchObject({ ok: true });
    expect(await reader.member(code, after(2 * minute, expires))).toEqual(refused('EXPIRED'));
    expect(await reader.member(code, after(365 * 24 * 60 * minute, expires))).toEqual(refused('EXPIRED'));
  });

  test('may not be before the code was issued, but for what clocks differ by', async () => {
    const code = await issuer.part({ part, expires });
    expect(await reader.part(code, after(-2 * minute))).toMatchObject({ ok: true });
    expect(await reader.part(code, after(-2 * minute - 1))).toEqual(refused('NOT_YET_VALID'));
  });

  test('that is no time accepts nothing', async () => {
    expect(await reader.member(await issuer.member(claims), new Date('no time'))).toMatchObject({ ok: false });
  });
});

describe('a code isn’t accepted', () => {
  test('as one of the other kind', async () => {
    expect(await reader.part(await issuer.member(claims), start)).toEqual(refused('WRONG_KIND'));
    expect(await reader.member(await issuer.part({ part, expires }), start)).toEqual(refused('WRONG_KIND'));
  });

  test('when its letter is changed to the other kind', async () => {
    const asPart = (await issuer.member(claims)).replace('.M.', '.P.');
    const asMember = (await issuer.part({ part, expires })).replace('.P.', '.M.');
    expect(await reader.part(asPart, start)).toEqual(refused('MALFORMED'));
    expect(await reader.member(asMember, start)).toEqual(refused('MALFORMED'));
  });

  test('when somebody else signed it in the name of a known key', async () => {
    const forger = { ...JSON.parse(await createDutyCodeKey()), kid: JSON.parse(key).kid };
    const forged = await dutyCodeIssuer(JSON.stringify(forger)).member(claims);
    expect(await reader.member(forged, start)).toEqual(refused('FORGED'));
  });

  test('when its key isn’t among the known ones', async () => {
    const stranger = dutyCodeIssuer(await createDutyCodeKey());
    expect(await reader.member(await stranger.member(claims), start)).toEqual(refused('UNKNOWN_KEY'));
  });

  test('when the claims of one and the signature of another are put together', async () => {
    const one = (await issuer.member(claims)).split('.');
    const other = (await issuer.member({ ...claims, committee: '330113' })).split('.');
    expect(await reader.member([...one.slice(0, 4), other[4]].join('.'), start)).toEqual(refused('FORGED'));
  });

  test('when it is cut off anywhere', async () => {
    const code = await issuer.member(claims);
    for (let length = 0; length < code.length; length += 1)
      expect(await reader.member(code.slice(0, length), start)).toEqual(refused('MALFORMED'));
  });

  test('when any one of its characters is another', async () => {
    const code = await issuer.member(claims);
    for (let place = 0; place < code.length; place += 1)
      for (const character of ['A', 'B', 'Q', 'g', 'w', 'z', '5', '-', '_', '.', '=', ' ', '政']) {
        if (code[place] === character) continue;
        const altered = code.slice(0, place) + character + code.slice(place + 1);
        expect(await reader.member(altered, start), altered).toMatchObject({ ok: false });
      }
  });

  test('when it is spelt in another way that decodes to the same bytes', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const others = (code: string) => {
      const next = alphabet[alphabet.indexOf(code.at(-1) ?? '') + 1];
      return [code.slice(0, -1) + next, `${code}=`, `${code}==`, ` ${code}`, `${code}\n`];
    };
    for (const other of others(await issuer.member(claims)))
      expect(await reader.member(other, start), other).toEqual(refused('MALFORMED'));
    for (const other of others(await issuer.part({ part, expires })))
      expect(await reader.part(other, start), other).toEqual(refused('MALFORMED'));
  });

  test('of a version that isn’t known', async () => {
    const code = (await issuer.member(claims)).replace('CPPCC1', 'CPPCC2');
    expect(await reader.member(code, start)).toEqual(refused('MALFORMED'));
  });
});

describe('garbage', () => {
  test('of ten thousand sorts is refused, and never throws', async () => {
    const genuine = await issuer.member(claims);
    const kid = genuine.split('.')[2];
    const text = (bytes: number) => randomBytes(bytes).toString('base64url');
    const sorts: readonly (() => string)[] = [
      () => randomBytes(randomInt(300)).toString('latin1'),
      () => randomBytes(randomInt(300)).toString('utf16le'),
      () => randomBytes(randomInt(300)).toString('utf8'),
      () => `CPPCC1.${text(randomInt(150))}`,
      () => `CPPCC1.M.${text(6)}.${text(27)}.${text(64)}`,
      () => `CPPCC1.M.${kid}.${text(27)}.${text(64)}`,
      () => `CPPCC1.P.${kid}.${text(24)}.${text(64)}`,
      () => genuine.slice(randomInt(1, 20)) + genuine.slice(0, randomInt(1, 141)),
      () => `${genuine}${text(randomInt(1, 200))}`,
      () => ['__proto__', 'constructor', '{}', '[]', 'null', '.....', 'CPPCC1.....', 'e30.e30.'][randomInt(8)] ?? '',
    ];
    for (let round = 0; round < 10_000; round += 1) {
      const garbage = sorts[round % sorts.length]?.() ?? '';
      const read: ReadCode<unknown> =
        round % 20 < 10 ? await reader.member(garbage, start) : await reader.part(garbage, start);
      expect(read.ok, JSON.stringify(garbage)).toBe(false);
    }
  });

  test('of many megabytes costs nothing', async () => {
    const genuine = await issuer.member(claims);
    const before = process.cpuUsage();
    expect(await reader.member(genuine.repeat(200_000), start)).toEqual(refused('MALFORMED'));
    expect(await reader.member(`CPPCC1.M.${'A'.repeat(30_000_000)}`, start)).toEqual(refused('MALFORMED'));
    const { user, system } = process.cpuUsage(before);
    expect(user + system, 'microseconds of the processor').toBeLessThan(1_000_000);
  });
});

describe('a key', () => {
  test('that signs no longer still reads its codes while it is in the set', async () => {
    const next = await createDutyCodeKey();
    const old = await issuer.member(claims);
    const both = dutyCodeReader(publicDutyCodeKeys([next, key]));
    const fresh = await dutyCodeIssuer(next).member(claims);
    expect(await both.member(old, start)).toMatchObject({ ok: true, member });
    expect(await both.member(fresh, start)).toMatchObject({ ok: true, member });
    const without = dutyCodeReader(publicDutyCodeKeys([next]));
    expect(await without.member(old, start)).toEqual(refused('UNKNOWN_KEY'));
    expect(await without.member(fresh, start)).toMatchObject({ ok: true, member });
  });

  test('named twice is one key', async () => {
    const twice = dutyCodeReader(publicDutyCodeKeys([key, key]));
    expect(await twice.member(await issuer.member(claims), start)).toMatchObject({ ok: true });
  });

  test('is made anew each time, and its kid is its own', async () => {
    const kids = await Promise.all(Array.from({ length: 20 }, async () => JSON.parse(await createDutyCodeKey()).kid));
    expect(new Set(kids).size).toBe(20);
  });

  test('gives nothing away in its public half, which can’t sign', async () => {
    const keySet = publicDutyCodeKeys([key]);
    const { d, ...publicHalf } = JSON.parse(key);
    expect(keySet).not.toContain(d);
    expect(JSON.parse(keySet)).toEqual({ keys: [{ ...publicHalf, alg: 'EdDSA', use: 'sig' }] });
    expect(() => dutyCodeIssuer(JSON.stringify(publicHalf))).toThrow(TypeError);
  });

  test.each<[string, Record<string, unknown>]>([
    ['of another curve', { crv: 'X25519' }],
    ['that is too short', { x: 'AAAA' }],
    ['without a kid', { kid: undefined }],
    ['whose kid a code can’t hold', { kid: 'a kid.' }],
  ])('%s is refused at the start, not at the first scan', (_, differs) => {
    const other = { ...JSON.parse(key), ...differs };
    expect(() => dutyCodeIssuer(JSON.stringify(other))).toThrow(TypeError);
    expect(() => publicDutyCodeKeys([JSON.stringify(other)])).toThrow(TypeError);
    expect(() => dutyCodeReader(JSON.stringify({ keys: [other] }))).toThrow(TypeError);
  });
});

describe('the issuer signs no code', () => {
  test.each(['', 'nobody', member.slice(1), `${member}0`, member.replaceAll('-', '')])('of the id “%s”', async (id) => {
    await expect(issuer.member({ ...claims, member: id })).rejects.toThrow(RangeError);
    await expect(issuer.part({ part: id, expires })).rejects.toThrow(RangeError);
  });

  test.each(['', '33011', '330110001', '33011x', '1e5000'])('of the committee “%s”', async (committee) => {
    await expect(issuer.member({ ...claims, committee })).rejects.toThrow(RangeError);
  });

  test.each([start, after(-minute), new Date('no time'), new Date('2107-01-01')])('that ends at %s', async (end) => {
    await expect(issuer.member({ ...claims, expires: end })).rejects.toThrow(RangeError);
    await expect(issuer.part({ part, expires: end })).rejects.toThrow(RangeError);
  });
});
