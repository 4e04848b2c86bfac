import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';

const supergraph = readFileSync(new URL('../gateway/supergraph.graphql', import.meta.url), 'utf8');
const types = Object.values(buildASTSchema(parse(supergraph), { assumeValidSDL: true }).getTypeMap()).filter(
  // What composition itself needs is nobody's to read.
  (type) => !/^(__|join__|link__|Query$|Mutation$)/.test(type.name) && !isSpecifiedScalarType(type),
);

/** A term in Chinese comes first, behind a name that the sentence is filled with at most. */
const isTold = (description: string | null | undefined) =>
  /^(\{\w+\} )?[“《（]?\p{Script=Han}/u.test(description ?? '');

test('every type, field and value of an enum is told in Chinese first', () => {
  const told = types.flatMap((type) => [
    // Inputs are called like their mutations, which are told.
    ...(isInputObjectType(type) ? [] : [[type.name, type.description] as const]),
    ...(isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map(({ name, description }) => [`${type.name}.${name}`, description] as const)
      : []),
    ...(isEnumType(type)
      ? type.getValues().map(({ name, description }) => [`${type.name}.${name}`, description] as const)
      : []),
  ]);
  expect(told.length).toBeGreaterThan(2_000);
  expect(told.flatMap(([name, description]) => (isTold(description) ? [] : [`${name}: ${description ?? ''}`]))).toEqual(
    [],
  );
});
