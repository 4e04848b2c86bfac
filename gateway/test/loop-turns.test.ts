import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LoopTurn, LoopTurns } from '../src/fairness/loop-turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Turns over a loop that works when it is told to, and idles otherwise. */
function loop() {
  const clock = { ms: 1_000, active: 0 };
  const turns = new LoopTurns({ now: () => clock.ms, active: () => clock.active });
  const pass = async (ms: number, works: boolean) => {
    for (let passed = 0; passed < ms; passed += 10) {
      clock.ms += 10;
      if (works) clock.active += 10;
      await vi.advanceTimersByTimeAsync(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const turn = (holder: string, abandoned?: AbortSignal) => new LoopTurn(turns, holder, abandoned);
  const needed = () => true;
  const begun: string[] = [];
  const note = (name: string, waits: Promise<void>) => {
    void waits.then(
      () => begun.push(name),
      () => begun.push(`${name} refused`),
    );
  };
  /** The loop is busy, and has no place for one more. */
  const fill = async () => {
    await pass(600, true);
    const all = Array.from({ length: 16 }, () => turn('filler'));
    for (const one of all) await one.begin();
    return all;
  };
  return { turns, turn, pass, needed, begun, note, fill };
}

describe('turns on the event loop', () => {
  test('are had at once while the loop has time', async () => {
    const { turn, begun, note, needed, pass } = loop();
    for (let at = 0; at < 10; at += 1) note(`light ${at}`, turn(`a ${at}`).begin());
    note('heavy', turn('b').beginHeavy('a document', needed));
    await pass(10, false);
    expect(begun).toHaveLength(11);
  });

  test('are given next to whoever used the loop least lately', async () => {
    const { turn, begun, note, pass, fill } = loop();
    const greedy = turn('greedy');
    await greedy.begin();
    await pass(200, true);
    greedy.end();
    const [first, second] = await fill();
    note('greedy', turn('greedy').begin());
    note('new', turn('new').begin());
    await pass(10, true);
    expect(begun).toEqual([]);
    first?.end();
    await pass(10, true);
    expect(begun).toEqual(['new']);
    second?.end();
    await pass(10, true);
    expect(begun).toEqual(['new', 'greedy']);
  });

  test('of a busy loop are few for who used much of it lately, and at once for who used little', async () => {
    const { turn, begun, note, pass } = loop();
    for (let at = 0; at < 5; at += 1) {
      const greedy = turn('greedy');
      await greedy.begin();
      await pass(200, true);
      greedy.end();
    }
    for (let at = 0; at < 5; at += 1) note(`greedy ${at}`, turn('greedy').begin());
    for (let at = 0; at < 5; at += 1) note(`new ${at}`, turn(`new ${at}`).begin());
    await pass(10, true);
    expect(begun).toEqual(['greedy 0', 'greedy 1', 'greedy 2', 'new 0', 'new 1', 'new 2', 'new 3', 'new 4']);
    await pass(300, false);
    expect(begun.slice(8)).toEqual(['greedy 3', 'greedy 4']);
  });

  test('that hold up others have their part of a busy loop, and no more', async () => {
    const { turn, needed, pass, fill, begun, note } = loop();
    const places = await fill();
    for (let at = 0; at < 40; at += 1) {
      note(`light ${at}`, turn(`light ${at}`).begin());
      const heavy = turn(`heavy ${at}`);
      note(`heavy ${at}`, heavy.beginHeavy(`document ${at}`, needed));
    }
    // Each that ends makes place for one, of which the heavy ones would hold up everybody for 50 ms.
    places.map((one) => one.end());
    await pass(50, true);
    const heavy = begun.filter((name) => name.startsWith('heavy'));
    expect(heavy.length).toBeGreaterThan(0);
    expect(heavy.length).toBeLessThanOrEqual(2);
    expect(begun.length).toBe(16);
  });

  test('to do the same are had by one, and the others go on once it is done', async () => {
    const { turn, begun, note, pass } = loop();
    let isNew = true;
    const first = turn('first');
    await first.beginHeavy('a document', () => isNew);
    for (let at = 0; at < 49; at += 1)
      note(
        `phone ${at}`,
        turn(`phone ${at}`).beginHeavy('a document', () => isNew),
      );
    await pass(100, false);
    expect(begun).toEqual([]);
    isNew = false;
    first.planned();
    await pass(100, false);
    // As many as may be under way: none of them holds up others.
    expect(begun).toHaveLength(15);
  });

  test('end as a place for others where they wait for a database', async () => {
    const { fill, turn, begun, note, pass } = loop();
    await fill();
    note('next', turn('next').begin());
    await pass(100, true);
    expect(begun).toEqual([]);
    await pass(200, true);
    expect(begun).toEqual(['next']);
  });

  test('are refused to who waits too long, and to the greediest of too many', async () => {
    const { turn, begun, note, pass, needed } = loop();
    const greedy = turn('greedy');
    await greedy.beginHeavy('x', needed);
    await pass(300, true);
    greedy.end();
    await pass(2_000, false);
    const large = [turn('x'), turn('y')];
    for (const [at, one] of large.entries()) await one.beginLarge(`${at}`);
    note('greedy', turn('greedy').beginHeavy('g', needed));
    for (let at = 0; at < 400; at += 1) note(`w${at}`, turn(`w${at}`).beginHeavy(`d${at}`, needed));
    await pass(10, true);
    expect(begun).toEqual(['greedy refused']);
    await pass(20_000, true);
    expect(begun.filter((name) => name.endsWith('refused'))).toHaveLength(401);
  });

  test('are lost by who hangs up, and held by nobody then', async () => {
    const { turn, needed, begun, note, pass } = loop();
    const large = [turn('x'), turn('y')];
    for (const [at, one] of large.entries()) await one.beginLarge(`${at}`);
    const gone = new AbortController();
    note('gone', turn('z', gone.signal).beginHeavy('z', needed));
    gone.abort();
    await pass(10, false);
    expect(begun).toEqual(['gone refused']);
    large[0]?.end();
    large[0]?.end();
    note('next', turn('next').beginHeavy('n', needed));
    await pass(10, false);
    expect(begun).toEqual(['gone refused', 'next']);
  });

  test('aren’t even waited for by who held up others lately, while a crowd waits', async () => {
    const { turns, turn, needed, pass, note } = loop();
    const greedy = turn('greedy');
    await greedy.beginHeavy('x', needed);
    await pass(500, true);
    greedy.end();
    await pass(2_000, false);
    expect(turns.isTooMuch('greedy')).toBe(false);
    for (const name of ['x', 'y']) await turn(name).beginLarge(name);
    for (let at = 0; at < 17; at += 1) note(`w${at}`, turn(`w${at}`).beginHeavy(`d${at}`, needed));
    expect(turns.isTooMuch('greedy')).toBe(true);
    expect(turns.isTooMuch('anybody')).toBe(false);
    await pass(21_000, false);
    expect(turns.isTooMuch('greedy')).toBe(false);
  });
});
