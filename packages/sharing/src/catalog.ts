import { readFileSync } from 'node:fs';
import { classesOf, isHidden, type Sharing } from './classes.ts';
import { type DatasetDescription, datasets } from './datasets/index.ts';
import { typesOf } from './sdl.ts';

/** A field as the catalogue has it. */
export interface CatalogField {
  readonly dataset: string;
  readonly type: string;
  readonly field: string;
  readonly sharing: Sharing;
  readonly personal: boolean;
  /** As SDL writes it, `[Figure!]!`; of what isn't shared the name is all that is told. */
  readonly returns?: string;
  readonly description?: string;
}

/** Where `pnpm compose` writes the fields of the committed supergraph. */
export const catalogFile = new URL('../catalog.json', import.meta.url);

/** The fields of the public graph by dataset, as the committed supergraph has them. */
export const catalogFields: readonly CatalogField[] = JSON.parse(readFileSync(catalogFile, 'utf8')) as CatalogField[];

/** The fields of a supergraph that the public graph has, by dataset. */
export function catalogOf(supergraph: string): readonly CatalogField[] {
  const classes = classesOf(supergraph);
  const fields = [...typesOf(supergraph)].flatMap(([type, { members, ...said }]) =>
    isHidden(said)
      ? []
      : [...members].flatMap(([field, member]): CatalogField[] => {
          const found = isHidden(member) ? undefined : classes.field(type, field);
          if (!found) return [];
          const { dataset, sharing, personal } = found;
          const told = { returns: member.type, ...(member.description && { description: member.description }) };
          return [{ dataset, type, field, sharing, personal, ...(sharing !== 'NOT_SHARED' && told) }];
        }),
  );
  return fields.sort((one, other) => compare(one.dataset, other.dataset));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The fields as text, one a line, so that a diff shows what was decided anew. */
export const catalogText = (fields: readonly CatalogField[]): string =>
  `[\n${fields.map((field) => `  ${JSON.stringify(field)}`).join(',\n')}\n]\n`;

/** Where descriptions and fields don't fit together, a sentence each. */
export function datasetFaults(
  fields: readonly CatalogField[],
  described: readonly DatasetDescription[] = datasets,
): readonly string[] {
  const names = new Set([...fields.map(({ dataset }) => dataset), ...described.map(({ name }) => name)]);
  return [...names].flatMap((name) => {
    const own = fields.filter(({ dataset }) => dataset === name);
    const [description, second] = described.filter((one) => one.name === name);
    if (!description) return [`dataset ${name}: nothing describes it (packages/sharing/src/datasets)`];
    if (second) return [`dataset ${name}: it is described twice`];
    if (own.length === 0) return [`dataset ${name}: no field belongs to it`];
    const sharing = together(own);
    return sharing === description.sharing
      ? []
      : [`dataset ${name}: it is described as ${description.sharing}, and its fields are ${sharing}`];
  });
}

/** Of fields together: CONDITIONAL where only some of those that are shared need no condition. */
function together(fields: readonly CatalogField[]): Sharing {
  const shared = fields.filter(({ sharing }) => sharing !== 'NOT_SHARED');
  if (shared.length === 0) return 'NOT_SHARED';
  return shared.every(({ sharing }) => sharing === 'UNCONDITIONAL') ? 'UNCONDITIONAL' : 'CONDITIONAL';
}
