import type { RecordType } from '@hub/connections';
import { type ConstDirectiveNode, Kind, parse } from 'graphql';

const pascal = (table: string) => table.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const isKeyedById = ({ name, arguments: given }: ConstDirectiveNode): boolean =>
  name.value === 'key' &&
  given?.some(({ name, value }) => name.value === 'fields' && value.kind === Kind.STRING && value.value === 'id') ===
    true;

/** The types of an SDL that have `@key(fields: "id")`. */
export function typesById(sdl: string): string[] {
  return parse(sdl).definitions.flatMap((one) =>
    one.kind === Kind.OBJECT_TYPE_DEFINITION && one.directives?.some(isKeyedById) ? [one.name.value] : [],
  );
}

/**
 * Which tables hold the records of which types, by their names: `topic_comment` those of TopicComment; and where a type's
 * name says more than its table's, `plan` those of AnnualPlan. What has no type of its own is a part of something.
 */
export function recordTypes(
  tables: readonly { readonly name: string; readonly refers: boolean }[],
  types: readonly string[],
): RecordType[] {
  const named = (table: string) => types.find((type) => type === pascal(table));
  const taken = new Set(tables.flatMap(({ name }) => named(name) ?? []));
  const records = tables.flatMap(({ name, refers }) => {
    const found = named(name) ?? types.filter((type) => !taken.has(type) && type.endsWith(pascal(name)));
    if (found.length === 0) return [];
    if (typeof found !== 'string' && found.length > 1)
      throw new Error(`the table ${name} could hold the records of ${found.join(' and ')}`);
    return [{ table: name, type: typeof found === 'string' ? found : String(found[0]), refers }];
  });
  for (const { type } of records) {
    const holding = records.filter((record) => record.type === type).map(({ table }) => table);
    if (holding.length > 1) throw new Error(`the records of ${type} could be in the tables ${holding.join(' and ')}`);
  }
  return records;
}
