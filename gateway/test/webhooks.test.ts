import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '@hub/config';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Receiver, startReceiver } from '../../tests/hub/receiver.ts';
import { isOutside, outsideOnly, type Resolve } from '../src/webhooks/address.ts';
import { backOff, retryIn } from '../src/webhooks/back-off.ts';
import { send } from '../src/webhooks/send.ts';

describe('an address', () => {
  test.each([
    '8.8.8.8',
    '223.5.5.5',
    '100.63.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '::ffff:8.8.8.8',
    '2400:3200::1',
    '2001:4860:4860::8888',
  ])('%s is one of the internet’s', (address) => {
    expect(isOutside(address)).toBe(true);
  });

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '::1'],
    ['nowhere', '0.0.0.0'],
    ['nowhere', '::'],
    ['a private net', '10.1.2.3'],
    ['a private net', '172.16.0.1'],
    ['a private net', '172.31.255.255'],
    ['a private net', '192.168.1.1'],
    ['a private net', 'fc00::1'],
    ['a private net', 'fd12:3456::1'],
    ['a carrier', '100.64.0.1'],
    ['a carrier', '100.127.255.255'],
    ['a link, and the keys of a cloud', '169.254.169.254'],
    ['a link', 'fe80::1'],
    ['a site', 'fec0::1'],
    ['a group', '224.0.0.1'],
    ['a group', 'ff02::1'],
    ['everybody', '255.255.255.255'],
    ['nobody yet', '240.0.0.1'],
    ['nobody yet', '4000::1'],
    ['protocols', '192.0.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['measurements', '198.18.0.1'],
    ['IPv4 as IPv6', '::ffff:127.0.0.1'],
    ['IPv4 as IPv6', '::ffff:10.0.0.1'],
    ['IPv4 as IPv6, as it was once', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64', '64:ff9b::808:808'],
    ['NAT64 of a net', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['a cloud', '168.63.129.16'],
    ['a cloud', '161.26.0.10'],
    ['a cloud', '166.11.255.255'],
    ['a cloud', '100.100.100.200'],
    ['a cloud', '192.0.0.192'],
    ['a cloud', 'fd00:ec2::254'],
    ['a link', 'fe80::1%eth0'],
    ['a link', '2400:3200::1%eth0'],
    ['a tunnel', '2400:3200::5efe:a00:1'],
    ['a tunnel', '2400:3200::200:5efe:a00:1'],
    ['nothing as resolvers write it', '8.8'],
    ['nothing as resolvers write it', '010.8.8.8'],
    ['nothing as resolvers write it', '134744072'],
    ['nothing', 'localhost'],
    ['nothing', ''],
  ])('of %s, %s, isn’t sent to', (_, address) => {
    expect(isOutside(address)).toBe(false);
  });
});

describe('an address inside, however it is written', () => {
  /** First and last of ranges that nothing may be sent to. */
  const inside = [
    ['0.0.0.0', '0.255.255.255'],
    ['10.0.0.0', '10.255.255.255'],
    ['100.64.0.0', '100.127.255.255'],
    ['127.0.0.0', '127.255.255.255'],
    ['168.63.129.16', '168.63.129.16'],
    ['169.254.0.0', '169.254.255.255'],
    ['172.16.0.0', '172.31.255.255'],
    ['192.0.0.0', '192.0.0.255'],
    ['192.168.0.0', '192.168.255.255'],
    ['198.18.0.0', '198.19.255.255'],
    ['224.0.0.0', '255.255.255.255'],
  ] as const;
  const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const dotted = (number: number) => [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');
  const hexadecimal = (number: number) =>
    `${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`;
  const written = (number: number) => {
    const [dots, hex] = [dotted(number), hexadecimal(number)];
    return [
      dots,
      `::ffff:${dots}`,
      `::FFFF:${hex}`,
      `0:0:0:0:0:ffff:${hex}`,
      `::ffff:0:${hex}`,
      `::${dots}`,
      `64:ff9b::${dots}`,
      `64:ff9b:1::${hex}`,
      `2002:${hex}::1`,
      `2001:0:${hex}::1`,
      `2001::${hexadecimal(4_294_967_295 - number)}`,
      `2400:3200::5efe:${dots}`,
      `fe80::5efe:${dots}`,
    ];
  };

  test('is sent to by none of its spellings, and by no name that leads there among others', async () => {
    let asked = 0;
    for (const [first, last] of inside) {
      const [from, to] = [numberOf(first), numberOf(last)];
      const some = Array.from({ length: 60 }, () => from + Math.floor(Math.random() * (to - from + 1)));
      for (const number of [from, to, ...some])
        for (const address of written(number)) {
          expect(isOutside(address), address).toBe(false);
          const among = ['8.8.8.8', '2400:3200::1'];
          among.splice(asked % 3, 0, address);
          const resolve: Resolve = (_, __, callback) =>
            callback(
              null,
              among.map((one) => ({ address: one, family: 4 })),
            );
          await new Promise<void>((settle) =>
            outsideOnly(resolve)('agency.example.cn', { all: asked % 2 === 0 }, (error) => {
              expect(error, among.join()).not.toBeNull();
              settle();
            }),
          );
          asked += 1;
        }
    }
    expect(asked).toBeGreaterThan(8_000);
  });

  test('and its neighbours outside are sent to', () => {
    for (const address of ['1.0.0.0', '9.255.255.255', '11.0.0.0', '168.63.129.15', '168.63.129.17', '223.255.255.255'])
      for (const spelling of [address, `::ffff:${address}`]) expect(isOutside(spelling), spelling).toBe(true);
  });
});

describe('a name', () => {
  const leadingTo =
    (...addresses: string[]): Resolve =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  const looked = (resolve: Resolve, options = {}) =>
    new Promise((settle) =>
      outsideOnly(resolve)('agency.example.cn', options, (error, address, family) =>
        settle(error ? 'REFUSED' : [address, family]),
      ),
    );

  test('is connected to at the very address that was looked at', async () => {
    expect(await looked(leadingTo('8.8.8.8', '2400:3200::1'))).toEqual(['8.8.8.8', 4]);
    expect(await looked(leadingTo('8.8.8.8'), { all: true })).toEqual([[{ address: '8.8.8.8', family: 4 }], undefined]);
  });

  test.each([
    ['inside', ['10.0.0.1']],
    ['inside, behind one outside', ['8.8.8.8', '127.0.0.1']],
    ['nowhere', []],
  ])('that leads %s is refused', async (_, addresses) => {
    expect(await looked(leadingTo(...addresses))).toBe('REFUSED');
    expect(await looked(leadingTo(...addresses), { all: true })).toBe('REFUSED');
  });
});

describe('sending', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  const port = () => receiver.host.split(':')[1];
  const secrets = [`whsec_${Buffer.alloc(32, 1).toString('base64')}`];
  const sent = (url: string, options: object = {}, over = new AbortController().signal) =>
    send(
      { id: crypto.randomUUID(), url, body: '{}', attempt: 1, secrets },
      { hosts: [], answerMs: 60_000, ...options },
      over,
    );
  const allowed = () => ({ hosts: [receiver.host] });

  test.each([
    ['http', () => `http://agency.example.cn:${port()}/`],
    ['a literal address', () => `https://127.0.0.1:${port()}/`],
    ['a literal address of IPv6', () => `https://[::1]:${port()}/`],
    ['IPv4 as IPv6', () => `https://[::ffff:127.0.0.1]:${port()}/`],
    ['a number', () => `https://2130706433:${port()}/`],
    ['localhost', () => `https://localhost:${port()}/`],
    ['another port of a host that is allowed', () => `http://127.0.0.1:${port()}/`],
  ])('to %s is refused, in the word that is said of what can’t be reached', async (_, url) => {
    const answer = await sent(url(), { hosts: ['127.0.0.1:1'] });
    expect(answer).toEqual({ delivered: false, error: 'UNREACHABLE', retryAfterMs: null });
  });

  test('to a name that leads inside makes no connection', async () => {
    const resolve = vi.fn<Resolve>((_, __, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]));
    const answer = await sent(`https://agency.example.cn:${port()}/inside`, { resolve });
    expect(answer).toMatchObject({ error: 'UNREACHABLE' });
    expect(resolve).toHaveBeenCalledOnce();
    // A name that isn't there is told by the same word.
    const unknown: Resolve = (_, __, callback) => callback(new Error('ENOTFOUND'), []);
    expect(await sent('https://agency.example.cn/', { resolve: unknown })).toEqual(answer);
  });

  test.each([
    [200, null],
    [204, null],
    [301, 'REDIRECTED'],
    [307, 'REDIRECTED'],
    [400, 'CLIENT_ERROR'],
    [410, 'GONE'],
    [500, 'SERVER_ERROR'],
  ])('is answered by %i', async (status, error) => {
    receiver.answer('/status', { status, headers: { location: `http://${receiver.host}/elsewhere` } });
    const answer = await sent(`http://${receiver.host}/status`, allowed());
    expect(answer).toMatchObject(error === null ? { delivered: true } : { delivered: false, error });
    expect(receiver.at('/elsewhere')).toEqual([]);
  });

  test('to one that wants to speak another protocol has failed, and ends', async () => {
    const server = createPlainServer().on('upgrade', (_, socket) => socket.end());
    server.on('connection', (socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n'),
      ),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await sent(`http://${host}/`, { hosts: [host] })).toMatchObject({ delivered: false, error: 'UNREACHABLE' });
  });

  test('is told by an answer when to try again', async () => {
    receiver.answer('/busy', { status: 429, headers: { 'retry-after': '7' } });
    expect(await sent(`http://${receiver.host}/busy`, allowed())).toMatchObject({ retryAfterMs: 7_000 });
    const at = new Date(Date.now() + 60_000).toUTCString();
    receiver.answer('/busy', { status: 503, headers: { 'retry-after': at } });
    const { retryAfterMs } = (await sent(`http://${receiver.host}/busy`, allowed())) as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
    receiver.answer('/busy', { status: 503, headers: { 'retry-after': 'never' } });
    expect(await sent(`http://${receiver.host}/busy`, allowed())).toMatchObject({ retryAfterMs: null });
  });

  test('waits no longer than it may, and not at all once the hub ends', async () => {
    receiver.answer('/silent', 'NONE');
    const url = `http://${receiver.host}/silent`;
    expect(await sent(url, { ...allowed(), answerMs: 500 })).toMatchObject({ error: 'TIMEOUT' });
    const over = new AbortController();
    const sending = sent(url, { ...allowed(), answerMs: 60_000 }, over.signal);
    await expect.poll(() => receiver.at('/silent').length).toBe(2);
    over.abort();
    expect(await sending).toBeNull();
  });
});

describe('over TLS a message', () => {
  /** A server whose certificate is for a name, and where that certificate lies. */
  async function serverNamed(name: string) {
    const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
    });
    let received = 0;
    const server = createServer({ key, cert }, (_, response) => {
      received += 1;
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-certificate-'));
    const file = join(folder, 'certificate.pem');
    await writeFile(file, cert);
    onTestFinished(async () => {
      server.close();
      await rm(folder, { recursive: true });
    });
    return { host: `localhost:${(server.address() as AddressInfo).port}`, file, received: () => received };
  }
  /** What a process sends that takes this certificate for an authority's: Node reads those as it starts. */
  async function sentTrusting(file: string, host: string): Promise<unknown> {
    const program = `
      const { send } = await import('./src/webhooks/send.ts');
      const message = { id: 'm', url: 'https://${host}/', body: '{}', attempt: 1, secrets: [] };
      console.log(JSON.stringify(await send(message, { hosts: ['${host}'], answerMs: 60_000 }, new AbortController().signal)));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { cwd: join(import.meta.dirname, '..'), env: { ...childEnvironment({}), NODE_EXTRA_CA_CERTS: file } },
    );
    return JSON.parse(stdout);
  }

  test('arrives where the certificate is good', async () => {
    const { host, file, received } = await serverNamed('localhost');
    expect(await sentTrusting(file, host)).toEqual({ delivered: true });
    expect(received()).toBe(1);
  });

  test('isn’t sent to one whose certificate nobody vouches for, or is another’s', async () => {
    const unknown = await serverNamed('localhost');
    const message = { id: 'm', url: `https://${unknown.host}/`, body: '{}', attempt: 1, secrets: [] };
    const answer = await send(message, { hosts: [unknown.host], answerMs: 60_000 }, new AbortController().signal);
    expect(answer).toMatchObject({ error: 'TLS_FAILED' });
    expect(unknown.received()).toBe(0);
    const other = await serverNamed('agency.example.cn');
    expect(await sentTrusting(other.file, other.host)).toMatchObject({ error: 'TLS_FAILED' });
    expect(other.received()).toBe(0);
  });
});

describe('an attempt that failed', () => {
  test('is followed by nine more, later and later and never at the same time, and then by none', () => {
    expect(backOff).toHaveLength(9);
    for (const [at, delay] of backOff.entries()) {
      const again = retryIn(at + 1, null, backOff) ?? 0;
      expect(again).toBeGreaterThanOrEqual(delay * 0.9);
      expect(again).toBeLessThanOrEqual(delay * 1.1);
    }
    expect(retryIn(10, null, backOff)).toBeNull();
    expect(retryIn(10, 1_000, backOff)).toBeNull();
    expect(new Set(Array.from({ length: 20 }, () => retryIn(2, null, backOff))).size).toBeGreaterThan(1);
  });

  test('is tried again no sooner than the receiver asked, and within a day', () => {
    expect(retryIn(1, 60_000, backOff)).toBe(60_000);
    expect(retryIn(2, 1_000, backOff)).toBeGreaterThan(200_000);
    expect(retryIn(1, 9e9, backOff)).toBe(86_400_000);
  });

  test('is tried again in another second', () => {
    expect(retryIn(1, null, [0])).toBe(1_000);
  });
});
