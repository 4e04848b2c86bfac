import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { howEnded } from '../src/index.ts';

const lifecycle = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/** A program's last words, and how it ended. */
async function lastWords(program: string) {
  const script = `import { endInOrder } from '${lifecycle}'; endInOrder(async () => process.stdout.write('stopped'), 0); ${program}`;
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, [
    '--import',
    './scripts/typescript/register.js',
    '--input-type=module',
    '--eval',
    script,
  ]).then(
    (ended) => ({ ...ended, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return {
    stdout,
    code,
    lines: stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('a fault that nobody caught', () => {
  test.each([
    [
      'is thrown',
      `setTimeout(() => { throw new RangeError('a secret') })`,
      'a fault that nobody caught ends this process',
    ],
    [
      'is a rejection',
      `void Promise.reject(new RangeError('a secret'))`,
      'a rejection that nobody handled ends this process',
    ],
  ])(
    'that %s is told in a line without its message, and the process stops in order and ends with 1',
    async (_, program, message) => {
      const { stdout, code, lines } = await lastWords(program);
      expect({ stdout, code }).toEqual({ stdout: 'stopped', code: 1 });
      expect(lines).toEqual([expect.objectContaining({ level: 'fatal', message, error: 'RangeError' })]);
      expect(JSON.stringify(lines)).not.toContain('secret');
    },
  );
});

test('a process outlives a log that is full, and says that lines are missing once it can', async () => {
  // Of the two only what a logger of HTTP writes is full.
  const program = `import { logFormat, logLine, tellFaults, watchShortages } from '${lifecycle}';
    tellFaults(logLine, () => process.exit(9));
    watchShortages([], logLine);
    logFormat('info').stream.write('a line\\n');
    setTimeout(() => undefined, 5_500);`;
  const flags = ['--import', './scripts/typescript/register.js', '--input-type=module', '--eval', program];
  const full = await open('/dev/full', 'w');
  const child = spawn(process.execPath, flags, { stdio: ['ignore', full.fd, 'pipe'] });
  const [complaint, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')]);
  await full.close();
  expect(code).toBe(0);
  expect(
    complaint
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({ message: 'lines of the log could not be written and are missing', why: 'ENOSPC' }),
  ]);
});

test('how a process ended is said in words: out of memory, killed, or what it says itself', () => {
  expect(howEnded(null, 'SIGABRT')).toContain('out of memory');
  expect(howEnded(134, null)).toContain('out of memory');
  expect(howEnded(null, 'SIGKILL')).toContain('killed');
  expect(howEnded(3, null)).toBe('exit code 3');
});
