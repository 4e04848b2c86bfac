/** A region's place in the tree, which is not its administrative rank: 济源市 is a COUNTY below its province. */
export type RegionLevel = 'NATION' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE';

export const NATION = '000000';

/** True for six digits (GB/T 2260), nine (township, GB/T 10114) or twelve (village); says nothing of whether the code is in use. */
export function isCode(text: string): boolean {
  return /^\d{6}(\d{3}){0,2}$/.test(text);
}

/** The level that a code's digits tell. */
export function levelOf(code: string): RegionLevel {
  if (code.length === 12) return 'VILLAGE';
  if (code.length === 9) return 'TOWNSHIP';
  if (code === NATION) return 'NATION';
  if (code.endsWith('0000')) return 'PROVINCE';
  return code.endsWith('00') ? 'CITY' : 'COUNTY';
}

// How many digits of a code stand for the place itself and what is below it.
const significantDigits = { NATION: 0, PROVINCE: 2, CITY: 4, COUNTY: 6, TOWNSHIP: 9, VILLAGE: 12 } as const;

/**
 * The bytewise range `lo <= code AND code < hi` that holds a region and everything below it, for current codes.
 * Comparing bytes is what PostgreSQL does with COLLATE "C". Throws a RangeError when the text is no code.
 */
export function codeRange(code: string): { lo: string; hi: string } {
  if (!isCode(code)) throw new RangeError(`not a region code: ${code}`);
  const digits = significantDigits[levelOf(code)];
  const next = String(Number(code.slice(0, digits)) + 1).padStart(digits, '0');
  // Past the last digit no code of the same length follows; "A" sorts after all digits.
  const hi = code === NATION || next.length > digits ? 'A' : next.padEnd(code.length, '0');
  return { lo: code, hi };
}
