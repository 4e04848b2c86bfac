import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { limitConnections } from '../src/fairness/connections.ts';

const maximum = 20;
let server: Server;
const opened: Socket[] = [];
const answers: (() => void)[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  for (const answer of answers.splice(0)) answer();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function serve(trusted: readonly string[]) {
  server = createServer((request, response) => {
    if (request.url === '/slow') answers.push(() => response.end());
    else response.end('x');
  });
  limitConnections(server, maximum, trusted);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  /** A connection that says something, and whether it is open yet. */
  const say = async (text: string, localAddress = '127.0.0.1') => {
    const one = { isOpen: true, heard: '' };
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    opened.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      one.heard += data;
    });
    socket.once('close', () => {
      one.isOpen = false;
    });
    const accepted = new Promise((resolve) => server.once('connection', resolve));
    await accepted;
    if (text !== '') socket.write(text);
    return one;
  };
  return say;
}
const asks = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;

test('silent connections of an address make room for others of it, those first that are silent for longest', async () => {
  const say = await serve([]);
  const busy = await say(asks('/slow'));
  await expect.poll(() => answers.length).toBe(1);
  const half = await say('GET / HTTP/1.1\r\nhost: ');
  const silent = [half];
  while (silent.length < maximum - 1) silent.push(await say(''));
  for (let count = 0; count < 5; count += 1) {
    const one = await say(asks('/health/live'));
    await expect.poll(() => one.heard).toContain('200 OK');
  }
  await expect.poll(() => silent.map(({ isOpen }) => isOpen)).toEqual(silent.map((_, at) => at >= 5));
  expect(busy.isOpen).toBe(true);
  answers[0]?.();
  await expect.poll(() => busy.heard).toContain('200 OK');
});

test('where all of an address ask something, a further one is closed, and another address has its own', async () => {
  const say = await serve([]);
  const busy: { isOpen: boolean }[] = [];
  while (busy.length < maximum) busy.push(await say(asks('/slow')));
  await expect.poll(() => answers.length).toBe(maximum);
  const further = await say(asks('/'));
  await expect.poll(() => further.isOpen).toBe(false);
  const other = await say(asks('/'), '127.0.0.2');
  await expect.poll(() => other.heard).toContain('200 OK');
  expect(busy.every(({ isOpen }) => isOpen)).toBe(true);
});

test('a trusted proxy has as many as there are, and nobody else for its sake', async () => {
  const say = await serve(['127.0.0.8/30']);
  const ofProxy: { isOpen: boolean }[] = [];
  while (ofProxy.length < 2 * maximum) ofProxy.push(await say('', '127.0.0.9'));
  const ofOther: { isOpen: boolean }[] = [];
  while (ofOther.length < 2 * maximum) ofOther.push(await say('', '127.0.0.2'));
  await expect.poll(() => ofOther.filter(({ isOpen }) => isOpen).length).toBe(maximum);
  expect(ofProxy.every(({ isOpen }) => isOpen)).toBe(true);
});
