import { describe, expect, it, vi } from 'vitest';
import { deadlineAfter, deadlineBefore, holidaysPublished, isWorkingDay, today } from '../src/index.ts';

const daysOf = (year: number): string[] => {
  const days: string[] = [];
  for (const day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1))
    days.push(day.toISOString().slice(0, 10));
  return days;
};
const isWeekday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());

/** The General Office's notices: holidays from and until, and make-up days. */
const notices: readonly (readonly [number, string, string])[] = [
  [
    2024,
    '01-01/01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10/06-10 09-15/09-17 10-01/10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ],
  [2025, '01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08', '01-26 02-08 04-27 09-28 10-11'],
  [
    2026,
    '01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07',
    '01-04 02-14 02-28 05-09 09-20 10-10',
  ],
];

describe('a published year', () => {
  it.each(notices)('has the working days of its notice, each day of it: %i', (year, holidays, makeUpDays) => {
    const free = holidays.split(' ').map((range) => range.split('/') as [string, string]);
    const workingDays = daysOf(year).filter((day) => {
      const date = day.slice(5);
      if (makeUpDays.split(' ').includes(date)) return true;
      return isWeekday(day) && !free.some(([from, until]) => from <= date && date <= until);
    });
    expect(daysOf(year).filter(isWorkingDay)).toEqual(workingDays);
  });

  it('has what was changed in its course: Labour Day 2019, Spring Festival 2020', () => {
    expect(['2019-04-28', '2019-05-02', '2019-05-03', '2019-05-05'].map(isWorkingDay)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(['2020-01-31', '2020-02-01', '2020-02-03'].map(isWorkingDay)).toEqual([false, false, true]);
  });

  it('has the days that the next notice moved in its December', () => {
    expect(['2018-12-28', '2018-12-29', '2018-12-31'].map(isWorkingDay)).toEqual([true, true, false]);
    expect(['2007-12-29', '2007-12-31', '2011-12-31'].map(isWorkingDay)).toEqual([true, false, true]);
  });

  it('has the anniversary of 2015, and no other year has', () => {
    expect(['2015-09-03', '2015-09-04', '2015-09-06'].map(isWorkingDay)).toEqual([false, false, true]);
    expect(['2020-09-03', '2024-09-03', '2025-09-03'].map(isWorkingDay)).toEqual([true, true, true]);
  });

  it('is each one from 2004 to 2026', () => {
    for (let year = 2004; year <= 2026; year++) expect(holidaysPublished(year), String(year)).toBe(true);
  });

  it.each([
    ['America/Los_Angeles', 480],
    ['Pacific/Auckland', -780],
  ])('is the same on a server in %s', (zone, offset) => {
    vi.stubEnv('TZ', zone);
    try {
      expect(new Date(2026, 0, 1).getTimezoneOffset()).toBe(offset);
      const days = ['2026-02-23', '2026-02-24', '2026-02-28', '2026-03-01'];
      expect(days.map(isWorkingDay)).toEqual([false, true, true, false]);
      expect(deadlineAfter('2026-01-31', 1, 'MONTHS').day).toBe('2026-02-28');
      expect(deadlineAfter('2026-03-01', 1, 'MONTHS').day).toBe('2026-04-01');
      expect(deadlineAfter('2003-12-31', 1, 'WORKING_DAYS')).toEqual({ day: '2004-01-02', provisional: false });
      expect(deadlineBefore('2004-01-01', 1, 'WORKING_DAYS')).toEqual({ day: '2003-12-31', provisional: true });
      expect(today(new Date('2026-02-28T23:30:00Z'))).toBe('2026-03-01');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('a year without a notice', () => {
  it('is one before the lists or long after today, or no year', () => {
    for (const year of [1998, 2003, 2090, 0, -1, 26, 2026.5, Number.NaN])
      expect(holidaysPublished(year), String(year)).toBe(false);
  });

  it('has only weekends free', () => {
    expect(daysOf(2090).filter(isWorkingDay)).toEqual(daysOf(2090).filter(isWeekday));
    expect(daysOf(1960).filter(isWorkingDay)).toEqual(daysOf(1960).filter(isWeekday));
  });
});
