/** Values that inputs are tried with, by their kind. */

/** What is no text: NUL, halves of pairs, noncharacters of the first plane, of its block of them, and of other planes. */
export const unreadable = [
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\udc00\ud800',
  '\ufffe',
  '文\uffff',
  '\ufdd0',
  '\ufdef文',
  '\u{1fffe}',
  '\u{10ffff}',
] as const;

/** What shows nothing to anybody. */
export const unseen = [
  '',
  ' \t\n',
  '\u3000\u00a0\ufeff',
  '\u200b\u200c\u2060',
  '\u3164\u115f\uffa0',
  '\ufe0f\u{e0100}',
  '\u202e\u2066\u200f',
  '\u2800',
  '\u00ad\u034f',
  '\u{e0041}\u{e007f}',
  '\u0007\u001b\u0085',
] as const;

/** What ends a line, or leaps. */
export const lineEnds = ['\n', '\r\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029'] as const;

/** A short text with what programs lose, turn round, escape or cut in two. */
export const trickyText = '𠮷e\u0301"\\👩\u200d⚕️\'李　强\u200e<&';

/** What isn't of the calendar, or isn't written as its scalar is. */
export const noTimes: Readonly<Record<string, readonly unknown[]>> = {
  Date: [
    '0000-01-01',
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-1-1',
    '10000-01-01',
    '２０２６-01-01',
    '2026-01-01T00:00Z',
    '',
    20260101,
  ],
  PartialDate: ['0000', '2026-00', '2026-02-30', '202', '2026-', '2026-01-01T00:00Z', '', 2026],
  DateTime: [
    '2027-02-30T09:00+08:00',
    '2027-02-29T09:00Z',
    '2027-04-31T09:00+08:00',
    '2027-02-28T24:00+08:00',
    '2027-02-28T09:60Z',
    '2027-02-28T09:00:60Z',
    '2027-02-28T09:00',
    '2027-02-28 09:00Z',
    '2027-02-28T09:00+25:00',
    '0000-12-31T23:00Z',
    '9999-12-31T23:59-01:00',
    '+002027-02-28T09:00Z',
    'Sun Feb 28 2027 09:00 GMT+8',
    '2027-02-28',
    '',
    1_800_000_000_000,
  ],
};

/** The first and the last that there are, and those that are easily taken for others. */
export const rareTimes: Readonly<Record<string, readonly string[]>> = {
  Date: ['0001-01-01', '9999-12-31', '2028-02-29', '1900-01-01'],
  PartialDate: ['0001', '9999', '9999-12', '0001-01-01', '2028-02-29', '9999-12-31'],
  DateTime: [
    '0001-01-02T00:00:00Z',
    '9999-12-30T23:59:59.999Z',
    '2028-02-29T23:59:59.5-11:30',
    '2027-12-31T23:30:00.123456789+14:00',
  ],
};

/** What is no id. */
export const noIds = [
  '',
  'x',
  '__proto__',
  'toString',
  '00000000-0000-4000-8000-00000000000g',
  'ABCDEFAB-0000-4000-8000-000000000000',
  '００００００００-0000-4000-8000-000000000000',
  "'; drop table x; --",
  '999999',
  'x'.repeat(200),
] as const;
export const idOfNobody = '00000000-0000-4000-8000-0000000000ff';
export const strangeIds = [...noIds, idOfNobody] as const;

/** Numbers that a program may write otherwise than they were. */
export const rareDecimals = [1e12, -1e12, 1e-7, 0.1 + 0.2, -0, 5e-324, 123_456_789_012.345] as const;
