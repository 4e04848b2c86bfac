import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';

type Given = Readonly<Record<string, unknown>>;
type Fill<Value> = (value: Value) => Value;

/**
 * What has a default has it where null was given too, by whichever argument or field of an input: resolvers aren't told null. But
 * null for a list of what is looked for asks for all there is.
 */
export function fillNulls(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      const fill =
        resolve &&
        fillerOf(
          field.args.filter(({ type }) => !isListType(getNullableType(type))),
          new Map(),
        );
      if (fill) field.resolve = (source, args, context, info) => resolve(source, fill(args), context, info);
    }
  }
}

/** Undefined where nothing among these, nor in them, has a default. */
function fillerOf(
  places: readonly Pick<GraphQLArgument | GraphQLInputField, 'name' | 'type' | 'defaultValue'>[],
  known: Map<GraphQLInputType, Fill<Given> | undefined>,
): Fill<Given> | undefined {
  const fills = places.flatMap(({ name, type, defaultValue }) => {
    const inner = fillerOfType(type, known);
    if (defaultValue == null && !inner) return [];
    return [
      [name, (value: unknown) => (value === null ? (defaultValue ?? null) : inner ? inner(value) : value)] as const,
    ];
  });
  if (fills.length === 0) return undefined;
  return (given) => {
    const filled = { ...given };
    for (const [name, fill] of fills) if (filled[name] !== undefined) filled[name] = fill(filled[name]);
    return filled;
  };
}

function fillerOfType(
  type: GraphQLInputType,
  known: Map<GraphQLInputType, Fill<Given> | undefined>,
): Fill<unknown> | undefined {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return undefined;
  // An input within itself has none of its own there.
  if (!known.has(named)) {
    known.set(named, undefined);
    known.set(named, fillerOf(Object.values(named.getFields()), known));
  }
  const fill = known.get(named);
  if (!fill) return undefined;
  const each = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(each) : value == null ? value : fill(value as Given);
  return isListType(getNullableType(type)) || isInputObjectType(getNullableType(type)) ? each : undefined;
}
