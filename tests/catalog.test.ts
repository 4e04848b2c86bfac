import { readFileSync } from 'node:fs';
import { supergraphFile } from '@hub/gateway';
import { catalogFile } from '@hub/sharing';
import { describe, expect, test } from 'vitest';
import { catalogOfDecided } from '../scripts/compose.ts';

const supergraph = readFileSync(supergraphFile, 'utf8');
const changed = (from: RegExp, to: string) => {
  expect(supergraph).toMatch(from);
  return () => catalogOfDecided(supergraph.replace(from, to));
};

describe('pnpm compose', () => {
  test('lists the fields by dataset as they are committed', () => {
    expect(catalogOfDecided(supergraph)).toBe(readFileSync(catalogFile, 'utf8'));
  });

  test.each<[string, RegExp, string, string]>([
    [
      'a field',
      /^(type Consultation implements Node\n(?:.*\n)*?\{\n)/m,
      '$1  weather: String\n',
      'Consultation.weather',
    ],
    [
      'a type',
      /^type Visit implements Node\n/m,
      'type Weather {\n  wind: Int\n}\n\ntype Visit implements Node\n',
      'Weather',
    ],
    ['a root field', /^(type Query\n(?:.*\n)*?\{\n)/m, '$1  weather: String\n', 'Query.weather'],
    ['a filter', /^(input ConsultationFilter\n(?:.*\n)*?\{\n)/m, '$1  weather: String\n', 'ConsultationFilter.weather'],
    ['an order', /^(enum ConsultationOrder\n(?:.*\n)*?\{\n)/m, '$1  WEATHER_ASC\n', 'ConsultationOrder.WEATHER_ASC'],
  ])('fails on %s that is added and says nothing, and names it', (_, from, to, named) => {
    expect(changed(from, to)).toThrow(`  ${named}: no @`);
  });

  test('fails on a dataset that nothing describes', () => {
    expect(changed(/@dataset\(name: "books"/, '@dataset(name: "journals"')).toThrow(
      'dataset journals: nothing describes it',
    );
  });
});
