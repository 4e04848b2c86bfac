import { expect, test } from 'vitest';
import { chineseNumeral, numberLabel } from '../src/consultations/meeting-number.ts';

test('numbers to 999 are written as people read them', () => {
  const written: Record<number, string> = {
    1: '一',
    9: '九',
    10: '十',
    11: '十一',
    19: '十九',
    20: '二十',
    32: '三十二',
    99: '九十九',
    100: '一百',
    105: '一百零五',
    110: '一百一十',
    112: '一百一十二',
    120: '一百二十',
    999: '九百九十九',
  };
  for (const [value, text] of Object.entries(written)) expect(chineseNumeral(Number(value))).toBe(text);
  const all = Array.from({ length: 999 }, (_, at) => chineseNumeral(at + 1));
  expect(new Set(all).size).toBe(999);
  for (const wrong of [0, -1, 1.5, 1000, Number.NaN]) expect(() => chineseNumeral(wrong)).toThrow(RangeError);
});

test('a numbered meeting is called by term and number, and no other has such a name', () => {
  expect(numberLabel({ kind: 'CHAIRMENS_MEETING', term: 1, ordinalInTerm: 32 })).toBe('一届三十二次主席会议');
  expect(numberLabel({ kind: 'TOPICAL_STANDING_COMMITTEE', term: 12, ordinalInTerm: 7 })).toBe('十二届七次常委会会议');
  expect(numberLabel({ kind: 'PLENARY', term: 1, ordinalInTerm: 4 })).toBe('一届四次全体会议');
  expect(numberLabel({ kind: 'PLENARY', term: null, ordinalInTerm: null })).toBeNull();
  expect(numberLabel({ kind: 'LECTURE', term: 1, ordinalInTerm: 4 })).toBeNull();
});
