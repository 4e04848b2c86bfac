import { describe, expect, it } from 'vitest';
import { codeRange, isCode } from '../src/index.ts';

const contains = (code: string, other: string): boolean => {
  const { lo, hi } = codeRange(code);
  return lo <= other && other < hi;
};

describe('a region code', () => {
  it.each(['000000', '330114', '330114001', '330114001001'])('may have six, nine or twelve digits: %s', (code) => {
    expect(isCode(code)).toBe(true);
  });

  it.each([
    '',
    '33',
    '3301',
    '33011',
    '3301140',
    '33011400',
    '3301140010',
    '33011a',
    '330114 ',
    '330114\n',
    '３３０１１４',
  ])('is not %j', (text) => {
    expect(isCode(text)).toBe(false);
  });
});

describe('the range of a code', () => {
  it.each([
    ['000000', 'A'],
    ['330000', '340000'],
    ['330100', '330200'],
    ['330114', '330115'],
    ['330114001', '330114002'],
    ['330114001001', '330114001002'],
    ['429004', '429005'],
    ['441900', '442000'],
    ['442000', '442100'],
    ['460400', '460500'],
  ])('goes from %s to %s', (lo, hi) => {
    expect(codeRange(lo)).toEqual({ lo, hi });
  });

  it.each([
    ['659012', '659013'],
    ['130999', '131000'],
    ['330114999', '330115000'],
    ['330114001999', '330114002000'],
    ['139900', '140000'],
    ['090000', '100000'],
  ])('carries over: %s to %s', (lo, hi) => {
    expect(codeRange(lo)).toEqual({ lo, hi });
  });

  it('ends after all digits where no greater code has the same length', () => {
    for (const code of ['990000', '999900', '999999', '999999999', '999999999999'])
      expect(codeRange(code).hi).toBe('A');
  });

  it('does not swallow a neighbour whose digits merely begin alike', () => {
    expect(contains('331000', '331102')).toBe(false);
    expect(contains('330110', '330114')).toBe(false);
    expect(contains('330100', '331001')).toBe(false);
  });

  it('holds a township within its county, city, province and the nation', () => {
    for (const code of ['330114', '330100', '330000', '000000']) expect(contains(code, '330114001')).toBe(true);
    expect(contains('330113', '330114001')).toBe(false);
    expect(contains('330114', '330115001')).toBe(false);
  });

  it('is refused for what is no code', () => {
    expect(() => codeRange('33')).toThrow(RangeError);
  });
});
