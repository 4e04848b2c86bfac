// Reads the four files of data/ into one sorted directory. Everything that index.ts answers is looked up here.
import { readFileSync } from 'node:fs';
import { levelOf, NATION, type RegionLevel } from './codes.ts';

/** A region, in force or not. `successors` and `predecessors` hold other codes only, the main one first. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  /** The region above; null for the nation alone. */
  readonly parent: string | null;
  /** First day in force, ISO date; null when it is older than the recorded changes. */
  readonly validFrom: string | null;
  /**
   * First day no longer in force, ISO date; null while it is in force. Where only lists of codes tell of the end, it is
   * the day of the first list without the code: as a rule up to sixteen months late, four years for ends before 2003.
   */
  readonly validUntil: string | null;
  /** Where its area went. A region in force has some when it gave part of itself away: 330110 names 330113. */
  readonly successors: readonly string[];
  readonly predecessors: readonly string[];
  /** A region for statistics only (development zone, 市辖区): it has no committee. */
  readonly zone: boolean;
}

interface Change {
  readonly code: string;
  readonly name: string;
  readonly date: string;
  readonly successors: readonly string[];
  readonly begins: readonly string[];
}

interface Township {
  readonly code: string;
  readonly name: string;
}

export interface Directory {
  /** Every region that is or was a place, in code order. */
  readonly all: readonly Region[];
  /** Those of `all` with a code of six digits: a tenth of them, so that looking for counties is quick. */
  readonly sixDigits: readonly Region[];
  /** Codes that stand for another place, which is their one successor: 110100 → 110000. */
  readonly aliases: ReadonlyMap<string, Region>;
  readonly withoutCommittee: ReadonlySet<string>;
  /** Names that a code bore before its present one, for search. */
  readonly formerNames: ReadonlyMap<string, readonly string[]>;
}

let loaded: Directory | undefined;

/** The directory, read from disk the first time it is asked for. */
export function directory(): Directory {
  loaded ??= load();
  return loaded;
}

function read(file: string): string {
  return readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8');
}

/** The rows of a hand-kept file: comments begin with "#", then a line of headings. */
function rows(file: string): string[][] {
  const lines = read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return lines.slice(1).map((line) => line.split('\t'));
}

function load(): Directory {
  // Names of the 3,300 regions above the townships; a map of all 44,700 would take most of the loading time.
  const names = new Map<string, string>();
  const townships: Township[] = [];
  for (const line of read('regions.tsv').trimEnd().split('\n')) {
    const tab = line.indexOf('\t');
    const code = line.slice(0, tab);
    const name = line.slice(tab + 1);
    if (code.length === 9) townships.push({ code, name });
    else names.set(code, name);
  }

  const standsFor = new Map<string, string>();
  const zones = new Set<string>();
  const withoutCommittee = new Set<string>();
  for (const [code = '', action = '', value = ''] of rows('exceptions.tsv')) {
    if (action === 'ADD' && code.length === 9) townships.push({ code, name: value });
    else if (action === 'ADD') names.set(code, value);
    else if (action === 'ALIAS') standsFor.set(code, value);
    else if (action === 'ZONE') zones.add(code);
    else if (action === 'NO_COMMITTEE') withoutCommittee.add(code);
    else throw new Error(`exceptions.tsv: no such action: ${code} ${action}`);
  }

  const changes = rows('changes.tsv').map(([code = '', name = '', date = '', kind = '', list = '']): Change => {
    const targets = list === '' ? [] : list.split(' ');
    const begins = targets.filter((target) => target.startsWith('+')).map((target) => target.slice(1));
    const successors = targets.map((target) => target.replace('+', ''));
    // A code without a predecessor begins, and so goes on.
    return kind === 'CREATED'
      ? { code, name, date, successors: [code], begins: [code] }
      : { code, name, date, successors, begins };
  });
  const told = [...changes, ...changesOfLists(changes), ...changesOfTownships(townships, changes)];
  const lives = livesOf(told.sort((a, b) => a.date.localeCompare(b.date)));
  for (const [code, life] of lives) {
    if (life.validUntil !== null && code.length === 6 && !names.has(code)) names.set(code, life.lastName);
  }

  const known = (code: string): string | undefined => {
    const place = standsFor.get(code) ?? code;
    return names.has(place) ? place : undefined;
  };
  const parentOf = (code: string, level: RegionLevel): string | null => {
    if (level === 'NATION') return null;
    if (level === 'PROVINCE') return NATION;
    // Counties run by a province, districts of the four great cities and XPCC cities have no city above them.
    const city = level === 'COUNTY' ? known(`${code.slice(0, 4)}00`) : undefined;
    return city ?? `${code.slice(0, 2)}0000`;
  };

  const none: readonly string[] = [];
  const aliases = new Map<string, Region>();
  const sixDigits: Region[] = [];
  for (const [code, name] of names) {
    const level = levelOf(code);
    const life = lives.get(code);
    const place = standsFor.get(code);
    const region: Region = {
      code,
      name,
      level,
      parent: parentOf(code, level),
      validFrom: life?.validFrom ?? null,
      validUntil: life?.validUntil ?? null,
      successors: place !== undefined ? [place] : (life?.successors ?? none),
      predecessors: life?.predecessors ?? none,
      zone: place !== undefined || zones.has(code),
    };
    if (place === undefined) sixDigits.push(region);
    else aliases.set(code, region);
  }
  sixDigits.sort(byCode);

  const all = [...sixDigits];
  let county: { readonly code: string; readonly parent: string; readonly life: Life | undefined } | undefined;
  for (const { code, name } of townships) {
    // Townships of one county follow each other, so the lookup is done once for each county.
    if (!county || !code.startsWith(county.code)) {
      const six = code.slice(0, 6);
      county = { code: six, parent: known(six) ?? six, life: lives.get(six) };
    }
    const life = lives.get(code);
    all.push({
      code,
      name,
      level: 'TOWNSHIP',
      parent: county.parent,
      validFrom: life?.validFrom ?? county.life?.validFrom ?? null,
      validUntil: life?.validUntil ?? null,
      successors: life?.successors ?? none,
      predecessors: life?.predecessors ?? none,
      zone: false,
    });
  }
  all.sort(byCode);

  const formerNames = new Map<string, string[]>();
  for (const { code, name, successors } of changes) {
    if (!successors.includes(code) || names.get(code) === name) continue;
    formerNames.set(code, [...(formerNames.get(code) ?? []), name]);
  }
  return { all, sixDigits, aliases, withoutCommittee, formerNames };
}

/** A township of a county that ended ends with it, and goes on under its name where a successor has one that is called so. */
function changesOfTownships(townships: readonly Township[], changes: readonly Change[]): Change[] {
  const own = new Set(changes.map(({ code }) => code));
  const ends = new Map(changes.filter(isEnd).map((end) => [end.code, end]));
  const ended = townships.filter(({ code }) => ends.has(code.slice(0, 6)) && !own.has(code));
  const heirs = new Set(ended.flatMap(({ code }) => ends.get(code.slice(0, 6))?.successors ?? []));
  const heirOf = new Map(
    townships
      .filter(({ code }) => heirs.has(code.slice(0, 6)))
      .map(({ code, name }) => [code.slice(0, 6) + name, code]),
  );
  return ended.flatMap(({ code, name }) => {
    const end = ends.get(code.slice(0, 6));
    if (!end) return [];
    const successors = end.successors.flatMap((heir) => heirOf.get(heir + name) ?? []);
    const begins = successors.filter((heir) => end.begins.includes(heir.slice(0, 6)));
    return [{ code, name, date: end.date, successors, begins }];
  });
}

const isEnd = ({ code, successors }: Change): boolean => !successors.includes(code);

/** What the lists tell of codes whose end is not among the hand-kept changes. A county that ended with its city has that day. */
function changesOfLists(changes: readonly Change[]): Change[] {
  const ends = new Map(changes.filter(isEnd).map((end) => [end.code, end]));
  const found: Change[] = [];
  for (const [code = '', name = '', until = '', successor = ''] of rows('former-codes.tsv')) {
    if (ends.has(code)) continue;
    const city = ends.get(`${code.slice(0, 4)}00`)?.date;
    const target = successor.replace('+', '');
    found.push({
      code,
      name,
      date: city !== undefined && city < until ? city : until,
      successors: successor === '' ? [] : [target],
      begins: successor.startsWith('+') ? [target] : [],
    });
  }
  return found;
}

function byCode(a: Region, b: Region): number {
  return a.code < b.code ? -1 : 1;
}

interface Life {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly successors: readonly string[];
  readonly predecessors: readonly string[];
  readonly lastName: string;
}

/** What the changes tell of each code: its latest life, for a few codes were given up and used anew. */
function livesOf(changes: readonly Change[]): Map<string, Life> {
  const own = new Map<string, Change[]>();
  const incoming = new Map<string, Change[]>();
  for (const change of changes) {
    own.set(change.code, [...(own.get(change.code) ?? []), change]);
    for (const code of change.successors) incoming.set(code, [...(incoming.get(code) ?? []), change]);
  }

  const lives = new Map<string, Life>();
  for (const code of new Set([...own.keys(), ...incoming.keys()])) {
    const into = incoming.get(code) ?? [];
    const validFrom = into.findLast((change) => change.begins.includes(code))?.date ?? null;
    const inThisLife = (change: Change): boolean => validFrom === null || change.date >= validFrom;
    const out = (own.get(code) ?? []).filter(inThisLife);
    const end = out.findLast((change) => !change.successors.includes(code));
    // Where all of it went in the end comes before the parts it gave away earlier.
    const successors = [...(end?.successors ?? []), ...out.flatMap((change) => change.successors)];
    const predecessors = into.filter(inThisLife).map((change) => change.code);
    lives.set(code, {
      validFrom,
      validUntil: end?.date ?? null,
      successors: others(successors, code),
      predecessors: others(predecessors, code),
      lastName: out.at(-1)?.name ?? '',
    });
  }
  return lives;
}

function others(codes: readonly string[], self: string): readonly string[] {
  return [...new Set(codes)].filter((code) => code !== self);
}
