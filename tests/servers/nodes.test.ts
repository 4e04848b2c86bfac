import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@hub/config';
import { describe, expect, test } from 'vitest';
import { ask, contractOperation, newFolder, startProcess } from '../processes/hub-process.ts';
import { nodeOf, nodes } from './installed.ts';

const root = new URL('../../', import.meta.url);
/** What `pnpm start` gives its launcher. */
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: { start: string } };
const launched = scripts.start.split(' scripts/launch.ts ')[1]?.split(' ') ?? [];

describe.each(nodes)('on Node %i', { timeout: 1_200_000 }, (major) => {
  test('the hub starts as pnpm start does, and answers over three levels', async () => {
    const settings = { HUB_DATA_DIR: await newFolder(), PORT: '0' };
    const hub = startProcess('launch', settings, launched, { program: nodeOf(major), flags: [] });
    const { query, variables } = await contractOperation('three-levels');
    const answer = await ask(await hub.url(), query, { variables });
    expect(answer).not.toHaveProperty('errors');
    expect(answer.data.committee.consultations.totalCount).toBeGreaterThan(0);
    hub.signal('SIGINT');
    expect(await hub.ended).toBe(0);
    expect(hub.complaint()).toBe('');
  });

  test('what needs no database passes', async () => {
    const { code, said } = await run(nodeOf(major), ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit']);
    expect(code, said).toBe(0);
  });
});

function run(program: string, parameters: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(program, parameters, {
    cwd: fileURLToPath(root),
    env: childEnvironment({}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}
