import { readFileSync } from 'node:fs';
import { settingsTable } from '@hub/config';
import { errorKinds } from '@hub/errors';
import { expect, test } from 'vitest';

const text = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test('README lists every error code with its status and sentence, and no other', () => {
  const rows = [...text('README.md').matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (.+) \|$/gm)].map(
    ([, code, status, sentence]) => [code, Number(status), sentence],
  );
  expect(rows).toEqual(Object.entries(errorKinds).map(([code, { status, en }]) => [code, status, en]));
});

test('ARCHITECTURE lists every setting with its default and purpose, and no other', () => {
  const rows = [...text('ARCHITECTURE.md').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\| (.+) \|$/gm)].map(
    ([, name, fallback, purpose]) => ({ name, default: fallback ?? '', purpose }),
  );
  expect(rows).toEqual(settingsTable);
});

test('every command that the documentation names is there', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  for (const file of ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'])
    for (const [, name = ''] of text(file).matchAll(/`pnpm (?:run )?([a-z:-]+)/g))
      if (name !== 'tsx') expect(Object.keys(scripts), `${file}: pnpm ${name}`).toContain(name);
});

test('both READMEs have the same commands', () => {
  const listed = (file: string) =>
    [...text(file).matchAll(/^\| `pnpm (?:run )?([a-z:-]+)/gm)].map(([, name]) => name).sort();
  expect(listed('README.zh-CN.md')).toEqual(listed('README.md'));
});

test('every room of the workspace stands in ARCHITECTURE', () => {
  const { scripts: _, ...manifest } = JSON.parse(text('package.json')) as {
    scripts: object;
    devDependencies: Record<string, string>;
  };
  for (const name of Object.keys(manifest.devDependencies).filter((dependency) => dependency.startsWith('@hub/')))
    expect(text('ARCHITECTURE.md')).toContain(name.replace('@hub/', ''));
});
