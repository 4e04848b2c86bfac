import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const loader = fileURLToPath(new URL('../../scripts/typescript/register.js', import.meta.url));

/** Runs a program that no start has read before. */
async function runUnread(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-typescript-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'program.ts');
  await writeFile(file, `// ${folder}\n${program}`);
  return execFileSync(process.execPath, ['--import', loader, file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

test('a program is read by its own process alone, which Ctrl-C to the group can’t take from it', async () => {
  const children = await runUnread(`
    import { execFileSync } from 'node:child_process';
    const children: string = execFileSync('ps', ['-o', 'comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    console.log(children.trim());
  `);
  expect(children).toBe('ps\n');
});

test('a fault names the line that it was written in', async () => {
  const place = await runUnread(`
    interface Given {
      readonly name: string;
    }
    const fault: Error = new Error(({ name: 'x' } satisfies Given).name);
    console.log(/program\\.ts:(\\d+)/.exec(fault.stack ?? '')?.[1]);
  `);
  expect(place).toBe('6\n');
});
