import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Readiness } from '../src/index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('however many ask, each part is looked at once a second', async () => {
  const look = vi.fn(async () => []);
  const readiness = new Readiness({ part: look });
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(Array.from({ length: 1_000 }, () => readiness.missing()));
    await vi.advanceTimersByTimeAsync(400);
  }
  expect(look).toHaveBeenCalledTimes(2);
});

test('what is missing is named, once and in order; what fails or takes too long is missing', async () => {
  const readiness = new Readiness({
    members: async () => ['database'],
    cooperation: async () => ['database'],
    failing: () => Promise.reject(new Error('a secret')),
    silent: () => new Promise(() => undefined),
    well: async () => [],
  });
  const asked = Promise.all([readiness.missing(), readiness.missing()]);
  await vi.advanceTimersByTimeAsync(2_500);
  const missing = ['database', 'failing', 'silent'];
  expect(await asked).toEqual([missing, missing]);
});

test('a process that stops is unready at once, for those too who asked before', async () => {
  let seen: (missing: readonly string[]) => void = () => undefined;
  const readiness = new Readiness({
    part: () =>
      new Promise((resolve) => {
        seen = resolve;
      }),
  });
  const asked = readiness.missing();
  readiness.stopping();
  expect(await readiness.missing()).toEqual(['stopping']);
  seen([]);
  expect(await asked).toEqual(['stopping']);
});
