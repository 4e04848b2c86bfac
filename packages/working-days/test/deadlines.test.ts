import { describe, expect, it } from 'vitest';
import {
  deadlineAfter,
  deadlineBefore,
  holidaysPublished,
  isWorkingDay,
  today,
  workingDaysBetween,
} from '../src/index.ts';

const after = (from: string, count: number): string => deadlineAfter(from, count, 'WORKING_DAYS').day;
const before = (day: string, count: number): string => deadlineBefore(day, count, 'WORKING_DAYS').day;

// Found and not written down, so that these tests stay true when the next notice comes.
let unpublished = 2027;
while (holidaysPublished(unpublished)) unpublished++;

const isWeekday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());

describe('a deadline in working days', () => {
  // Spring Festival and National Day of 2025 and 2026, with the Saturdays and Sundays worked for them.
  it.each([
    ['2025-01-24', 1, '2025-01-26'],
    ['2025-01-24', 2, '2025-01-27'],
    ['2025-01-24', 3, '2025-02-05'],
    ['2025-01-24', 6, '2025-02-08'],
    ['2025-01-24', 7, '2025-02-10'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-13', 2, '2026-02-24'],
    ['2026-02-13', 6, '2026-02-28'],
    ['2026-02-13', 7, '2026-03-02'],
    ['2025-09-26', 3, '2025-09-30'],
    ['2025-09-26', 4, '2025-10-09'],
    ['2025-09-26', 6, '2025-10-11'],
    ['2026-09-18', 1, '2026-09-20'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
  ])('after %s, number %i, is %s', (from, count, day) => {
    expect(deadlineAfter(from, count, 'WORKING_DAYS')).toEqual({ day, provisional: false });
  });

  it('does not count the day it starts from, be that a working day or not', () => {
    expect(after('2026-03-06', 1)).toBe('2026-03-09');
    expect(after('2026-03-07', 1)).toBe('2026-03-09');
    expect(after('2026-03-08', 1)).toBe('2026-03-09');
    expect(before('2026-03-09', 1)).toBe('2026-03-06');
    expect(before('2026-03-08', 1)).toBe('2026-03-06');
    expect(before('2026-03-07', 1)).toBe('2026-03-06');
  });

  it('goes over the end of a year', () => {
    expect(after('2024-12-31', 1)).toBe('2025-01-02');
    expect(after('2025-12-31', 1)).toBe('2026-01-04');
    expect(after('2018-12-28', 2)).toBe('2019-01-02');
    expect(before('2019-01-02', 1)).toBe('2018-12-29');
    expect(before('2026-01-05', 2)).toBe('2025-12-31');
  });

  it('knows leap days', () => {
    expect(after('2024-02-28', 1)).toBe('2024-02-29');
    expect(after('2024-02-28', 2)).toBe('2024-03-01');
    expect(before('2024-03-01', 1)).toBe('2024-02-29');
    expect(after('2025-02-28', 1)).toBe('2025-03-03');
  });

  it('gives 15 working days of notice before a meeting', () => {
    expect(deadlineBefore('2026-03-10', 15, 'WORKING_DAYS')).toEqual({ day: '2026-02-11', provisional: false });
    expect(deadlineBefore('2025-10-15', 15, 'WORKING_DAYS')).toEqual({ day: '2025-09-18', provisional: false });
  });

  it('lies three months of working days ahead where a walk from day to day arrives too', () => {
    const walk = (from: string, count: number, step: 1 | -1): string => {
      const day = new Date(from);
      for (let left = count; left > 0; ) {
        day.setUTCDate(day.getUTCDate() + step);
        if (isWorkingDay(day.toISOString().slice(0, 10))) left--;
      }
      return day.toISOString().slice(0, 10);
    };
    for (let start = Date.UTC(2023, 11, 1); start < Date.UTC(2026, 2, 1); start += 86_400_000) {
      const day = new Date(start).toISOString().slice(0, 10);
      for (const count of [1, 5, 22, 66]) {
        expect(after(day, count)).toBe(walk(day, count, 1));
        expect(before(day, count)).toBe(walk(day, count, -1));
      }
    }
  });

  it('is computed ten thousand times in less than a second of the processor', () => {
    const before = process.cpuUsage();
    for (let count = 1; count <= 10_000; count++) after('2025-06-30', (count % 250) + 1);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(1_000_000);
  });
});

describe('a provisional deadline', () => {
  it('is one that reaches into a year whose holidays are not published', () => {
    const last = deadlineAfter(`${unpublished - 1}-12-01`, 10, 'WORKING_DAYS');
    expect(last.provisional).toBe(false);
    const next = deadlineAfter(`${unpublished - 1}-12-01`, 30, 'WORKING_DAYS');
    expect(next.provisional).toBe(true);
    expect(next.day.startsWith(`${unpublished}-01-`)).toBe(true);
    expect(deadlineAfter('2090-05-31', 3, 'WORKING_DAYS')).toEqual({ day: '2090-06-05', provisional: true });
    expect(deadlineBefore('2090-06-05', 3, 'WORKING_DAYS')).toEqual({ day: '2090-05-31', provisional: true });
  });

  it('is one that passes such a year on its way to a published one', () => {
    expect(deadlineAfter('2003-12-31', 5, 'WORKING_DAYS').provisional).toBe(false);
    expect(deadlineAfter('2003-12-30', 5, 'WORKING_DAYS').provisional).toBe(true);
  });

  it('is not one for the day it is counted from', () => {
    const newYear = `${unpublished}-01-01`;
    const notice = deadlineBefore(newYear, 5, 'WORKING_DAYS');
    expect(notice.provisional).toBe(false);
    expect(notice.day.startsWith(`${unpublished - 1}-12-`)).toBe(true);
    expect(deadlineBefore(`${unpublished}-01-02`, 5, 'WORKING_DAYS').provisional).toBe(true);
  });

  it('leaves the weekends of such a year free', () => {
    for (let count = 1; count <= 300; count++) expect(isWeekday(after(`${unpublished}-01-31`, count))).toBe(true);
    expect(after('2090-06-01', 261)).toBe('2091-06-01');
  });

  it('is none in days or months', () => {
    expect(deadlineAfter('2090-06-01', 5, 'DAYS').provisional).toBe(false);
    expect(deadlineBefore('2090-06-01', 5, 'MONTHS').provisional).toBe(false);
  });
});

describe('a deadline in days or months of the calendar', () => {
  it.each([
    ['2026-02-13', 3, 'DAYS', '2026-02-16'],
    ['2024-02-28', 2, 'DAYS', '2024-03-01'],
    ['2025-12-31', 1, 'DAYS', '2026-01-01'],
    ['2026-01-31', 1, 'MONTHS', '2026-02-28'],
    ['2024-01-31', 1, 'MONTHS', '2024-02-29'],
    ['2026-03-31', 3, 'MONTHS', '2026-06-30'],
    ['2026-11-30', 3, 'MONTHS', '2027-02-28'],
    ['2024-02-29', 12, 'MONTHS', '2025-02-28'],
    ['2024-02-29', 48, 'MONTHS', '2028-02-29'],
    ['2026-02-28', 1, 'MONTHS', '2026-03-28'],
  ] as const)('after %s, %i %s, is %s', (from, count, unit, day) => {
    expect(deadlineAfter(from, count, unit)).toEqual({ day, provisional: false });
  });

  it.each([
    ['2024-03-01', 1, 'DAYS', '2024-02-29'],
    ['2026-01-01', 1, 'DAYS', '2025-12-31'],
    ['2026-03-31', 1, 'MONTHS', '2026-02-28'],
    ['2024-03-31', 1, 'MONTHS', '2024-02-29'],
    ['2026-01-31', 2, 'MONTHS', '2025-11-30'],
    ['2026-01-15', 1, 'MONTHS', '2025-12-15'],
    ['2026-12-31', 12, 'MONTHS', '2025-12-31'],
  ] as const)('before %s, %i %s, is %s', (from, count, unit, day) => {
    expect(deadlineBefore(from, count, unit)).toEqual({ day, provisional: false });
  });
});

describe('the working days between two days', () => {
  it('are those after the first up to the last', () => {
    expect(workingDaysBetween('2026-03-06', '2026-03-06')).toBe(0);
    expect(workingDaysBetween('2026-03-06', '2026-03-08')).toBe(0);
    expect(workingDaysBetween('2026-03-06', '2026-03-09')).toBe(1);
    expect(workingDaysBetween('2026-02-13', '2026-02-28')).toBe(6);
    expect(workingDaysBetween('2025-09-26', '2025-10-11')).toBe(6);
  });

  it('are 248 in 2025 and 248 in 2026', () => {
    expect(workingDaysBetween('2024-12-31', '2025-12-31')).toBe(248);
    expect(workingDaysBetween('2025-12-31', '2026-12-31')).toBe(248);
  });

  it('are negative when the last comes first', () => {
    expect(workingDaysBetween('2026-02-28', '2026-02-13')).toBe(-6);
  });

  it('are as many as a deadline was given', () => {
    for (const count of [1, 3, 15, 60, 600])
      expect(workingDaysBetween('2025-01-20', after('2025-01-20', count))).toBe(count);
  });
});

describe('today', () => {
  it('is the day it is in Shanghai', () => {
    expect(today(new Date('2026-02-28T15:59:59.999Z'))).toBe('2026-02-28');
    expect(today(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01');
    expect(today(new Date('2026-02-28T23:30:00Z'))).toBe('2026-03-01');
    expect(today(new Date('2025-12-31T23:30:00Z'))).toBe('2026-01-01');
    expect(today(new Date('2024-02-29T08:00:00+08:00'))).toBe('2024-02-29');
  });

  it('is now when nothing is given', () => {
    const inShanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });
    const earlier = inShanghai.format(new Date());
    expect([earlier, inShanghai.format(new Date())]).toContain(today());
  });
});

describe('a day that is none', () => {
  it.each([
    '',
    '2026',
    '2026-2-3',
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '2026-02-03T00:00:00Z',
    '2026-02-03\n',
    ' 2026-02-03',
    '20260203',
    '２０２６-02-03',
    '-000001-01-01',
    '+010000-01-01',
  ])('is refused: %j', (text) => {
    expect(() => isWorkingDay(text)).toThrow(RangeError);
    expect(() => deadlineAfter(text, 1, 'DAYS')).toThrow(RangeError);
    expect(() => deadlineBefore(text, 1, 'WORKING_DAYS')).toThrow(RangeError);
    expect(() => workingDaysBetween('2026-02-03', text)).toThrow(RangeError);
    expect(() => workingDaysBetween(text, '2026-02-03')).toThrow(RangeError);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('nor is there a deadline of %d days', (count) => {
    for (const unit of ['WORKING_DAYS', 'DAYS', 'MONTHS'] as const) {
      expect(() => deadlineAfter('2026-02-03', count, unit)).toThrow(RangeError);
      expect(() => deadlineBefore('2026-02-03', count, unit)).toThrow(RangeError);
    }
  });

  it.each(['WORKING_DAYS', 'DAYS', 'MONTHS'] as const)('nor one out of the years 0001 to 9999, in %s', (unit) => {
    for (const count of [1, 10_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(() => deadlineAfter('9999-12-31', count, unit)).toThrow(RangeError);
      expect(() => deadlineBefore('0001-01-01', count, unit)).toThrow(RangeError);
    }
    expect(deadlineAfter('9999-11-30', 1, unit).day.slice(0, 7)).toMatch(/^9999-1[12]$/);
    expect(deadlineBefore('0001-02-28', 1, unit).day.slice(0, 7)).toMatch(/^0001-0[12]$/);
  });
});
