import { HubError } from '@hub/errors';
import { isDay, isInstant, isPartialDate, isReadable, isSearchable } from '@hub/inputs';
import { type Ceiling, ceilingOf, isPageLength } from '@hub/sharing';
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An argument as a document has it. */
interface Use {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly value: ValueNode;
  readonly declared: Ceiling | undefined;
}

/** Where a value stands. */
interface Place {
  readonly name: string;
  readonly path: string;
  readonly ceiling: Ceiling;
  /** Whether it is a text to look for. */
  readonly isSearched: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * Refuses what no field could use, before anything is planned and with the name of its argument: more than the ceilings
 * that the schema tells, characters that no text has, and days that no calendar has.
 */
export function inputChecks(
  schema: () => GraphQLSchema,
  declared: ReadonlyMap<string, Ceiling>,
): (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) => void {
  // Documents that are asked again are the same object; of their arguments only those with variables are looked at again.
  const known = new WeakMap<OperationDefinitionNode, readonly Use[]>();

  const usesOf = (document: DocumentNode, operation: OperationDefinitionNode): readonly Use[] => {
    const uses: Use[] = [];
    const types = new TypeInfo(schema());
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition: (node) => (node === operation ? undefined : false),
        VariableDefinition: () => false,
        Argument: ({ name, value }) => {
          const argument = types.getArgument();
          const parent = types.getParentType();
          const field = types.getFieldDef();
          // Those of directives say nothing to a subgraph.
          if (!argument || !parent || !field || types.getDirective()) return false;
          const where = `${parent.name}.${field.name}(${name.value}:)`;
          uses.push({ name: name.value, type: argument.type, value, declared: declared.get(where) });
          return false;
        },
      }),
    );
    return uses;
  };

  const check = (value: unknown, type: GraphQLInputType, at: Place): void => {
    if (value === null || value === undefined) return;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const items = Array.isArray(value) ? value : [value];
      const { values = 0 } = at.ceiling;
      if (items.length > values) throw refused(at.path, { maximum: values });
      for (const [index, item] of items.entries())
        check(item, nullable.ofType, { ...at, path: Array.isArray(value) ? `${at.path}.${index}` : at.path });
    } else if (isInputObjectType(nullable)) {
      if (typeof value !== 'object') return;
      const fields = nullable.getFields();
      for (const [name, inner] of Object.entries(value)) {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (!field) continue;
        const ceiling = ceilingAt(name, field.type, declared.get(`${nullable.name}.${name}`));
        const isSearched = name === 'text' && nullable.name.endsWith('Filter');
        check(inner, field.type, { name, path: `${at.path}.${name}`, ceiling, isSearched });
      }
    } else if (isScalarType(nullable)) checkScalar(value, nullable.name, at);
  };

  const checkUse = ({ name, type, value, declared }: Use, variables: Variables) =>
    check(valueFromASTUntyped(value, variables), type, {
      name,
      path: name,
      ceiling: ceilingAt(name, type, declared),
      isSearched: name === 'text',
    });

  return (document, operation, variables) => {
    // A graph of somebody else's says nothing of ceilings, and what its scalars are is its own affair.
    if (declared.size === 0) return;
    const seen = known.get(operation);
    const uses = seen ?? usesOf(document, operation);
    for (const use of uses) checkUse(use, variables);
    if (!seen)
      known.set(
        operation,
        uses.filter(({ value }) => hasVariable(value)),
      );
  };
}

function ceilingAt(name: string, type: GraphQLInputType, declared: Ceiling | undefined): Ceiling {
  return ceilingOf({ name, type: getNamedType(type).name, list: isListType(getNullableType(type)) }, declared);
}

function refused(field: string, details: { readonly maximum?: number; readonly least?: number } = {}): HubError {
  return new HubError('BAD_USER_INPUT', { field, ...details });
}

/** The scalars that name a time, and what each of them is. */
const calendar: Readonly<Record<string, (text: string) => boolean>> = {
  Date: isDay,
  DateTime: isInstant,
  PartialDate: isPartialDate,
};

/** What isn't of its type at all is left to the coercion of values, which names it. */
function checkScalar(value: unknown, type: string, { name, path, ceiling, isSearched }: Place): void {
  const isTime = calendar[type];
  if (isTime && (typeof value !== 'string' || !isTime(value))) throw refused(path);
  if (typeof value === 'string') {
    const { characters = Number.POSITIVE_INFINITY } = ceiling;
    // A character is one or two of JavaScript's.
    if (value.length > characters && (value.length > 2 * characters || [...value].length > characters))
      throw refused(path, { maximum: characters });
    if (!isReadable(value)) throw refused(path);
    if (isSearched && !isSearchable(value)) throw new HubError('NOTHING_TO_SEARCH', { field: path });
  } else if (typeof value === 'number' && (type === 'Int' || type === 'Float')) {
    const { least = 0, most = 0 } = ceiling;
    if (value >= least && value <= most) return;
    if (isPageLength(name)) throw new HubError('PAGE_TOO_LARGE', { argument: name, maximum: most });
    throw refused(path, { least, maximum: most });
  }
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}
