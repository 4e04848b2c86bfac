/** What refusals say, wherever they are thrown. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { peopleInEnglish, type UserErrorCode, userErrorKinds, userSentence } from '@hub/errors';
import { doers } from '@hub/workflow';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const sources = ['subgraphs', 'packages'].flatMap((rooms) =>
  readdirSync(new URL(rooms, root)).flatMap((room) => {
    const source = new URL(`${rooms}/${room}/src/`, root);
    const files = existsSync(source) ? readdirSync(source, { recursive: true, encoding: 'utf8' }) : [];
    return files.filter((name) => name.endsWith('.ts')).map((name) => readFileSync(new URL(name, source), 'utf8'));
  }),
);
const found = (pattern: RegExp) => [
  ...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].flatMap(([, one = '']) => [one]))),
];

test('whom a matter is for is told in the reader’s language', () => {
  const people = [
    ...Object.values(doers).map(({ zh }) => zh),
    ...found(/(?:\bwho: |assertKeeps\([^()]*, )'([\u3000-\u9fff][^']*)'/g),
  ];
  expect(people.length).toBeGreaterThan(30);
  expect(people.filter((zh) => peopleInEnglish(zh) === 'somebody else')).toEqual([]);
  for (const language of ['zh', 'en'] as const) {
    const told = userSentence('NOT_YOURS', language, { who: people });
    expect(/\p{Script=Han}/u.test(told), told).toBe(language === 'zh');
  }
});

test('no sentence in English has Chinese in it', () => {
  const told = Object.entries(userErrorKinds).flatMap(([code, kind]) => {
    const reasons = 'reasons' in kind ? Object.keys(kind.reasons) : [];
    return [undefined, ...reasons].map((reason) => userSentence(code as UserErrorCode, 'en', reason ? { reason } : {}));
  });
  expect(told.filter((sentence) => /\p{Script=Han}/u.test(sentence))).toEqual([]);
});

test('each reason that is given has its sentences', () => {
  const known = Object.values(userErrorKinds).flatMap((kind) => ('reasons' in kind ? Object.keys(kind.reasons) : []));
  const given = [...found(/invalidAt\([^;]*?, '([A-Z_]+)'/g), ...found(/details: \{ reason: '([A-Z_]+)'/g)];
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((reason) => !known.includes(reason))).toEqual([]);
});
