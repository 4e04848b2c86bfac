import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Access } from '../src/agencies/access-log.ts';
import { agencyCursors } from '../src/agencies/cursors.ts';
import { type CountedRefusals, countRefusals } from '../src/agencies/refusals.ts';

let entered: CountedRefusals[];
let isDown: boolean;
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-30T04:00:00Z') });
  entered = [];
  isDown = false;
});
afterEach(() => {
  vi.useRealTimers();
});
const counted = () =>
  countRefusals(async (refusals) => {
    if (isDown) throw new Error('down');
    entered.push(refusals);
  });
const access = (agency: string, agreement: string): Access => ({
  agency,
  agreement,
  committee: '310117',
  version: 1,
  kid: 'kid',
  token: null,
  tokenUntil: '2026-11-30T05:00:00Z',
  refusal: null,
  operation: 'hash',
  fields: [],
  filters: null,
  rows: 0,
  subjects: [],
  address: '127.0.0.1',
  milliseconds: 1,
});
const times = () => entered.map((one) => [one.access.agency, one.reason, one.times]);

test('three hundred refusals of one kind are two entries, however fast they come, and none is lost', async () => {
  const refusals = counted();
  for (let n = 0; n < 300; n += 1) {
    await refusals.count(access('a', 'one'), 'OUTSIDE_AGREEMENT');
    vi.advanceTimersByTime(5);
  }
  await refusals.count(access('b', 'two'), 'OUTSIDE_AGREEMENT');
  await refusals.count(access('a', 'one'), 'TOO_MANY_ROWS');
  expect(times()).toEqual([
    ['a', 'OUTSIDE_AGREEMENT', 1],
    ['b', 'OUTSIDE_AGREEMENT', 1],
    ['a', 'TOO_MANY_ROWS', 1],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(entered.slice(3)).toMatchObject([
    { times: 299, since: '2026-11-30T04:00:00.005Z', until: '2026-11-30T04:00:01.495Z' },
  ]);
  // The next minute begins anew.
  await refusals.count(access('a', 'one'), 'OUTSIDE_AGREEMENT');
  expect(entered).toHaveLength(5);
});

test('agreements without end and agencies without end have few entries', async () => {
  const refusals = counted();
  for (let n = 0; n < 300; n += 1) await refusals.count(access('a', `agreement ${n}`), 'OUTSIDE_AGREEMENT');
  expect(entered).toHaveLength(20);
  for (let n = 0; n < 1_000; n += 1) await refusals.count(access(`agency ${n}`, 'one'), 'OUTSIDE_AGREEMENT');
  expect(entered.length).toBeLessThanOrEqual(500);
  await refusals.flush();
  expect(entered.reduce((sum, one) => sum + one.times, 0)).toBe(1_300);
  const others = entered.filter((one) => one.access.agency === 'a' && one.times > 1);
  expect(others).toMatchObject([{ times: 280, access: { agreement: null, version: null, committee: '310117' } }]);
});

test('what couldn’t be entered is entered once it can be', async () => {
  const refusals = counted();
  for (let n = 0; n < 3; n += 1) await refusals.count(access('a', 'one'), 'OUTSIDE_AGREEMENT');
  isDown = true;
  await vi.advanceTimersByTimeAsync(60_000);
  isDown = false;
  await refusals.count(access('a', 'one'), 'OUTSIDE_AGREEMENT');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times()).toEqual([
    ['a', 'OUTSIDE_AGREEMENT', 1],
    ['a', 'OUTSIDE_AGREEMENT', 3],
  ]);
});

test('cursors that an earlier key sealed open, and those of others don’t', () => {
  const sealed = agencyCursors(['earlier']).seal('cursor');
  expect(agencyCursors(['current', 'earlier']).open(sealed, 'after')).toBe('cursor');
  expect(agencyCursors(['current', 'earlier']).seal('cursor')).toBe(agencyCursors(['current']).seal('cursor'));
  expect(() => agencyCursors(['current']).open(sealed, 'after')).toThrow();
});
