import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepRunning, type Run } from '../src/index.ts';

/** Something of which each start is seen, and which ends when it is told to. */
function thing() {
  const ends: ((how: string) => void)[] = [];
  const one = (): Run => {
    let end: (how: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    ends.push(end);
    return { ended, stop: async () => end('stopped') };
  };
  return { one, starts: () => ends.length, end: (how: string) => ends.at(-1)?.(how) };
}
const silent = () => undefined;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what ends is started again, three times in a row at most, each time later; then it says how it ended', async () => {
  const { one, starts, end } = thing();
  const log = vi.fn();
  const kept = keepRunning('it', { first: one(), start: async () => one(), log });
  const lost = vi.fn();
  void kept.lost.then(lost);
  for (const [pause, expected] of [
    [500, 2],
    [3_000, 3],
    [12_000, 4],
  ] as const) {
    end('crash');
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(starts()).toBe(expected - 1);
    await vi.advanceTimersByTimeAsync(1);
    expect(starts()).toBe(expected);
  }
  expect(lost).not.toHaveBeenCalled();
  end('last crash');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(starts()).toBe(4);
  expect(lost).toHaveBeenCalledWith('last crash');
  expect(log.mock.calls.filter(([level]) => level === 'error')).toHaveLength(3);
});

test('a start that fails is a try, and says why', async () => {
  const { one, end } = thing();
  const start = vi.fn(async () => {
    throw new Error('no room');
  });
  const kept = keepRunning('it', { first: one(), start, log: silent });
  const lost = vi.fn();
  void kept.lost.then(lost);
  end('crash');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(start).toHaveBeenCalledTimes(3);
  expect(lost).toHaveBeenCalledWith('no room');
});

test('what ran for ten seconds has all tries again', async () => {
  const { one, starts, end } = thing();
  const kept = keepRunning('it', { first: one(), start: async () => one(), log: silent });
  const lost = vi.fn();
  void kept.lost.then(lost);
  for (let crash = 1; crash <= 6; crash += 1) {
    end('crash');
    await vi.advanceTimersByTimeAsync(500);
    expect(starts()).toBe(crash + 1);
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(lost).not.toHaveBeenCalled();
});

test('what is stopped is not started again, while it waits for its next try neither', async () => {
  const { one, starts, end } = thing();
  const running = keepRunning('it', { first: one(), start: async () => one(), log: silent });
  await running.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(starts()).toBe(1);

  const waiting = keepRunning('it', { first: one(), start: async () => one(), log: silent });
  end('crash');
  await vi.advanceTimersByTimeAsync(100);
  await waiting.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(starts()).toBe(2);
});
