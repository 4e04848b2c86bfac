import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ask, contractOperation, newFolder, processesOf, processorSeconds, startProcess } from './hub-process.ts';

const often = { interval: 100 };

// In order: each start finds what the one before it left.
describe('pnpm start with a PostgreSQL of its own', { timeout: 300_000 }, () => {
  let folder: string;
  const start = () => startProcess('start', { HUB_DATA_DIR: folder, PORT: '0' });
  const nothingRuns = () => expect.poll(() => processesOf(folder), often).toEqual([]);

  beforeAll(async () => {
    folder = await newFolder();
  });
  afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

  test('Ctrl-C while the database is being made ends everything', async () => {
    const hub = start();
    const postgres = join(folder, 'postgres');
    await expect
      .poll(() => existsSync(postgres) && readdirSync(postgres).some((name) => name.endsWith('.part')), {
        interval: 5,
      })
      .toBe(true);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.complaint()).toBe('');
    expect(hub.screen()).not.toContain('Explorer');
    await nothingRuns();
  });

  test('so does Ctrl-C while the data comes in', async () => {
    const hub = start();
    await hub.shows(/members: [1-9]\d* records brought in/);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.complaint()).toBe('');
    expect(hub.screen()).not.toContain('Explorer');
    await nothingRuns();
  });

  test('the next start brings in the rest, says on one screen what one needs to know, and answers', async () => {
    const hub = start();
    const url = await hub.url();
    expect(hub.screen()).toMatch(/workstations: [1-9]\d* records brought in/);
    expect(hub.screen().split('\n').length).toBeLessThanOrEqual(24);
    expect(hub.screen()).toContain(`Explorer    ${url}/\n`);
    expect(hub.screen()).toContain('Token       npx -y pnpm run token --role staff --committee 330100\n');
    expect(hub.screen()).toContain(`Data        ${join(folder, 'postgres', 'data')}\n`);
    expect(hub.screen()).toContain('Stop        Ctrl-C\n');
    expect(hub.complaint()).toBe('');

    expect(await (await fetch(`${url}/`)).text()).toContain('<title>');
    for (const name of ['three-levels', 'committees-below', 'pairing']) {
      const { query, variables } = await contractOperation(name);
      expect(await ask(url, query, { variables })).not.toHaveProperty('errors');
    }

    const token = async (...parameters: string[]) => {
      const printing = startProcess('token', { HUB_DATA_DIR: folder }, parameters);
      expect(await printing.ended).toBe(0);
      return printing.screen().trim();
    };
    const me = '{ me { role committee { code } } }';
    expect(await ask(url, me, { token: await token('--role', 'staff', '--committee', '330100') })).toEqual({
      data: { me: { role: 'STAFF', committee: { code: '330100' } } },
    });
    const member = await token('--role', 'member', '--member', '汪爱娟');
    expect(await ask(url, '{ me { role member { name } } }', { token: member })).toEqual({
      data: { me: { role: 'MEMBER', member: { name: '汪爱娟' } } },
    });

    // A client that never ends its request holds nothing up, and nor does a second Ctrl-C.
    const stuck = connect(Number(new URL(url).port), '127.0.0.1');
    stuck.on('error', () => undefined).write('POST /graphql HTTP/1.1\r\nHost: hub\r\n');
    onTestFinished(() => void stuck.destroy());
    hub.signal('SIGINT');
    await delay(300);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
    await nothingRuns();
    expect(hub.complaint()).toBe('');
  });

  // Side by side, so that whatever else the machine does slows both. About 1.7 times here.
  test('a second start takes less than three times the processor time of a bare Apollo gateway, and brings nothing in again; killed it leaves no PostgreSQL behind, and the next one finds its data', async () => {
    const hub = start();
    const bare = startProcess('../gateway/test/bare-gateway', { APOLLO_TELEMETRY_DISABLED: '1' });
    await bare.shows(/started/);
    const floor = processorSeconds([bare.pid]);
    bare.signal('SIGKILL');
    const url = await hub.url();
    expect(processorSeconds([hub.pid, ...processesOf(folder)]) / floor).toBeLessThan(3);
    expect(hub.screen()).not.toContain('brought in');
    const { query, variables } = await contractOperation('three-levels');
    expect(await ask(url, query, { variables })).not.toHaveProperty('errors');

    expect(processesOf(folder)).not.toEqual([]);
    hub.signal('SIGKILL');
    expect(await hub.ended).toBe('SIGKILL');
    await nothingRuns();

    const next = start();
    const { data } = await ask(await next.url(), '{ committee(code: "330100") { name } }');
    expect(data).toEqual({ committee: { name: '杭州市政协' } });
    expect(next.screen()).not.toContain('brought in');
    next.signal('SIGTERM');
    expect(await next.ended).toBe(0);
    await nothingRuns();
  });
});
