import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { serveFigures } from '@hub/subgraph-server';
import { expect, test } from 'vitest';

test('figures are told by GET and HEAD, and to nobody who calls this machine by another name', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  const figures = await serveFigures(port, []);
  const status = (method: string, host: string, path = '/metrics') =>
    new Promise((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', method, path, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });
  for (const host of [`127.0.0.1:${port}`, 'localhost', `[::1]:${port}`]) {
    expect(await status('GET', host)).toBe(200);
    expect(await status('HEAD', host)).toBe(200);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect(await status(method, 'localhost')).toBe(405);
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'])
    expect(await status('GET', host)).toBe(421);
  expect(await status('GET', 'localhost', '/other')).toBe(404);
  figures.stop();
});
