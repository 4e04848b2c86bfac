import { RuleBroken } from '@hub/errors';
import { isReadable, keptLine, keptText } from '@hub/inputs';
import { ceilingOf, declaredCeiling } from '@hub/sharing';
import {
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';

/**
 * An input as steps read it: its texts without spaces around them, those of one line on one, and null where nobody would see
 * anything of them.
 * @throws RuleBroken REQUIRED for such a one where the schema says that there is one, or INVALID for what is no text
 */
export function givenInput<Input>(input: Input, type: GraphQLInputType): Input {
  return read(input, type, keptLine, []) as Input;
}

type Keeping = (text: string) => string;

/** How the texts of a field are kept. */
const keepings = new WeakMap<GraphQLInputField, Keeping>();
function keepingOf(field: GraphQLInputField): Keeping {
  const known = keepings.get(field);
  if (known) return known;
  const { name, type, astNode } = field;
  const { lines } = ceilingOf(
    { name, type: getNamedType(type).name, list: false },
    astNode ? declaredCeiling(astNode) : undefined,
  );
  const made = lines === 1 ? keptLine : keptText;
  keepings.set(field, made);
  return made;
}

function read(value: unknown, type: GraphQLInputType, keep: Keeping, path: readonly string[]): unknown {
  if (value == null) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return (value as unknown[]).map((one, at) => read(one, nullable.ofType, keep, [...path, String(at)]));
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const field = fields[name];
        return [name, field ? read(inner, field.type, keepingOf(field), [...path, name]) : inner];
      }),
    );
  }
  if (typeof value !== 'string' || !isScalarType(nullable)) return value;
  const field = path.findLast((name) => !/^\d+$/.test(name)) ?? '';
  if (!isReadable(value)) throw new RuleBroken('INVALID', { path, details: { field } });
  if (nullable.name !== 'String') return value;
  const text = keep(value);
  if (text === '' && isNonNullType(type)) throw new RuleBroken('REQUIRED', { path, details: { field } });
  return text === '' ? null : text;
}
