/**
 * The nationwide directory: regions with their codes, and the committee of each. Reference data, read once, synchronous.
 *
 * regions({ within: '330100', level: 'COUNTY' })   the districts and counties of Hangzhou
 * committee('330110')?.name                        '余杭区政协'
 * currentCode('220381')                            '220184', 公主岭 since 2020
 * codeRange('330114')                              { lo: '330114', hi: '330115' }, for SQL
 */
import { searchedWord } from '@hub/inputs';
import { codeRange, isCode, NATION, type RegionLevel } from './codes.ts';
import { directory, type Region } from './directory.ts';

export type { Region, RegionLevel };
export { codeRange, isCode };

/** The newest lists that the directory was compared with: of regions down to counties, and of townships. */
export const directoryDays = { asOf: '2026-04-18', townshipsAsOf: '2023-06-30' } as const;

export type CommitteeLevel = 'NATIONAL' | 'PROVINCE' | 'CITY' | 'COUNTY';

/** A committee (政协). It bears the code of its region, and begins and ends with it. */
export interface Committee {
  readonly code: string;
  /** The form in daily use: 浙江省政协, 全国政协. */
  readonly name: string;
  readonly level: CommitteeLevel;
  /** The committee of the region above; null for the national one alone. */
  readonly parent: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly successors: readonly string[];
  readonly predecessors: readonly string[];
}

/** All conditions hold at once. A text in `within` or `parent` that is no code throws a RangeError. */
export interface Filter<Level> {
  /** Everything below this code, without the code itself. */
  readonly within?: string | undefined;
  /** The direct children of this code. */
  readonly parent?: string | undefined;
  readonly level?: Level | undefined;
  /** Those in force on this ISO date; today in China when left out. */
  readonly on?: string | undefined;
  /** A part of the name, of its short form (恩施州) or of a name it bore before (襄樊). */
  readonly text?: string | undefined;
}

/** The region of any code that is or was valid since the end of 1998; undefined for most older ones, and for villages. */
export function region(code: string): Region | undefined {
  const { all, aliases } = directory();
  const found = all[firstFrom(all, code)];
  return found?.code === code ? found : aliases.get(code);
}

/** The committee of a region, in force or not; undefined where there is none: townships, zones, 三沙. */
export function committee(code: string): Committee | undefined {
  const all = allCommittees();
  const found = all[firstFrom(all, code)];
  return found?.code === code ? found : undefined;
}

/**
 * The code that stands for a place today, by the main successors. A current or unknown code is itself, and so is a
 * former one whose successor is not recorded; a stand-in such as 110100 is the place it stands for. A township or
 * village that the directory lacks follows its county's change; where that would give it another township's code, it
 * becomes the county.
 */
export function currentCode(code: string): string {
  if (code.length === 6) {
    let current = code;
    // A circle in the data must fail, not hang; real chains have three steps at most.
    for (let steps = 0; steps < 10; steps++) {
      const found = region(current);
      if (found === undefined || (found.validUntil === null && !isAlias(current))) return current;
      const next = found.successors[0];
      if (next === undefined) return current;
      current = next;
    }
    throw new Error(`the changes lead ${code} in a circle`);
  }
  const township = region(code.slice(0, 9));
  if (!isCode(code) || township?.validUntil === null) return code;
  const [heir] = township?.successors ?? [];
  if (heir !== undefined) return heir + (heir.length === 9 ? code.slice(9) : '');

  const county = code.slice(0, 6);
  // 620201 and the like stand for a place, but the townships below them keep their digits.
  const current = isAlias(county) ? county : currentCode(county);
  if (current === county) return code;
  const moved = current + code.slice(6);
  // A county recoded as a whole kept its townships' last digits; one merged or split away did not.
  return region(moved.slice(0, 9)) !== undefined && !recodedAsWhole(county, current) ? current : moved;
}

function isAlias(code: string): boolean {
  return directory().aliases.has(code);
}

/** Regions in code order. Codes that only stand for another place (110100, 620201) are never among them. */
export function regions(filter: Filter<RegionLevel>): readonly Region[] {
  const { all, sixDigits } = directory();
  const long = filter.level === undefined || filter.level === 'TOWNSHIP' || filter.level === 'VILLAGE';
  const text = filter.text === undefined ? '' : searchedWord(filter.text);
  return select(long ? all : sixDigits, filter, (found) => {
    if (found.name.includes(text)) return true;
    return otherNames(found).some((name) => name.includes(text));
  });
}

/** Committees in code order. Finds them by their long form too: 政协杭州市委员会, 中国人民政治协商会议全国委员会. */
export function committees(filter: Filter<CommitteeLevel>): readonly Committee[] {
  const text = searchedWord(filter.text ?? '').replace(/^(?:中国人民政治协商会议|政协)(.+)委员会$/, '$1');
  return select(allCommittees(), filter, (found) => {
    if (found.name.includes(text)) return true;
    const place = region(found.code);
    return place !== undefined && otherNames(place).some((name) => `${name}政协`.includes(text));
  });
}

interface Dated {
  readonly code: string;
  readonly parent: string | null;
  readonly level: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

function select<T extends Dated>(sorted: readonly T[], filter: Filter<string>, matches: (item: T) => boolean): T[] {
  const { within, parent, level, on = todayInChina() } = filter;
  const result: T[] = [];
  // Children lie in their parent's range, so both conditions shorten the walk.
  let lo = '';
  let hi = 'A';
  for (const code of [within, parent]) {
    if (code === undefined) continue;
    const range = codeRange(code);
    if (range.lo > lo) lo = range.lo;
    if (range.hi < hi) hi = range.hi;
  }
  for (let index = firstFrom(sorted, lo); index < sorted.length; index++) {
    const item = sorted[index];
    if (item === undefined || item.code >= hi) break;
    if (item.code === within || (level !== undefined && item.level !== level)) continue;
    if (parent !== undefined && item.parent !== parent) continue;
    if ((item.validFrom !== null && on < item.validFrom) || (item.validUntil !== null && on >= item.validUntil))
      continue;
    if (matches(item)) result.push(item);
  }
  return result;
}

function firstFrom(sorted: readonly Dated[], code: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.code ?? '') < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

function todayInChina(): string {
  // China keeps UTC+8 all year round.
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}

function recodedAsWhole(old: string, current: string): boolean {
  for (let code = old; code !== current; ) {
    const [next, ...rest] = region(code)?.successors ?? [];
    if (next === undefined || rest.length > 0 || region(next)?.predecessors.length !== 1) return false;
    code = next;
  }
  return true;
}

// The peoples whose names stand in the names of autonomous places; some places leave 族 out (博尔塔拉蒙古自治州).
const peoples =
  '(?:蒙古|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|回|各)';
const autonomous = new RegExp(`^(.{2,}?)(?:${peoples}族|蒙古|柯尔克孜|哈萨克|塔吉克|锡伯)*族?自治(州|县|旗)$`);

/** What a region is known by besides its name: the short form that people use, and what it was called before. */
function otherNames(place: Region): readonly string[] {
  const former = directory().formerNames.get(place.code) ?? [];
  return place.name.includes('自治') ? [...former, place.name.replace(autonomous, '$1$2')] : former;
}

let listed: readonly Committee[] | undefined;

function allCommittees(): readonly Committee[] {
  listed ??= listCommittees();
  return listed;
}

function listCommittees(): readonly Committee[] {
  const { sixDigits, withoutCommittee } = directory();
  const places = sixDigits.filter((place) => !place.zone && !withoutCommittee.has(place.code));
  const codes = new Set(places.map((place) => place.code));
  return places.map(({ code, name, level, parent, validFrom, validUntil, successors, predecessors }) => ({
    code,
    name: code === NATION ? '全国政协' : `${name}政协`,
    level: level === 'NATION' ? 'NATIONAL' : (level as CommitteeLevel),
    parent,
    validFrom,
    validUntil,
    successors: successors.filter((other) => codes.has(other)),
    predecessors: predecessors.filter((other) => codes.has(other)),
  }));
}
