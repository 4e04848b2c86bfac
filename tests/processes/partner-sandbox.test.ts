import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, newFolder, startProcess } from './hub-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

test('pnpm partner:sandbox says what to do next, and the same when it has nothing left to do', {
  timeout: 300_000,
}, async () => {
  const sandbox = async (settings: Record<string, string>, ...parameters: string[]) => {
    const running = startProcess('partner-sandbox', { HUB_DATA_DIR: folder, ...settings }, parameters);
    return { code: await running.ended, screen: running.screen() };
  };
  const hub = startProcess('start', { HUB_DATA_DIR: folder, PORT: '0' });
  const url = await hub.url();
  const file = join(folder, 'partner-sandbox.json');
  const first = await sandbox({}, '--url', url);
  expect(first.code).toBe(0);
  expect(first.screen.trim().split('\n')).toEqual([
    expect.stringMatching(/^Agency [\da-f-]{36}, .* are in .*partner-sandbox\.json\.$/),
    expect.stringContaining(`npx -y pnpm example:health-commission --credentials ${file}`),
    expect.stringContaining('hub.webhooks.register'),
    expect.stringContaining('accesses'),
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const kept = await readFile(file, 'utf8');
  expect(first.screen).not.toContain(JSON.parse(kept).key.d);
  expect(await sandbox({}, '--url', url)).toEqual(first);
  expect(await readFile(file, 'utf8')).toBe(kept);

  const nowhere = await sandbox({ PORT: String(await freePort()) });
  expect(nowhere).toEqual({
    code: 1,
    screen: expect.stringMatching(/^No hub answers at .*: start it with npx -y pnpm start/),
  });
  const production = { HUB_ENV: 'production', HUB_JWKS_URL: 'http://127.0.0.1:9' };
  expect((await sandbox(production)).screen).toContain('only outside production');
});
