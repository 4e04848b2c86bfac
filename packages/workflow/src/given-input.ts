import { RuleBroken } from '@hub/errors';
import { isReadable, keptText } from '@hub/inputs';
import {
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';

/**
 * An input as steps read it: its texts without spaces around them, and empty where nobody would see anything of them.
 * @throws RuleBroken REQUIRED for such a one where the schema says that there is one, or INVALID for what is no text
 */
export function givenInput<Input>(input: Input, type: GraphQLInputType, path: readonly string[] = []): Input {
  return read(input, type, path) as Input;
}

function read(value: unknown, type: GraphQLInputType, path: readonly string[]): unknown {
  if (value == null) return value;
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return (value as unknown[]).map((one, at) => read(one, nullable.ofType, [...path, String(at)]));
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const field = fields[name];
        return [name, field ? read(inner, field.type, [...path, name]) : inner];
      }),
    );
  }
  if (typeof value !== 'string' || !isScalarType(nullable)) return value;
  const field = path.findLast((name) => !/^\d+$/.test(name)) ?? '';
  if (!isReadable(value)) throw new RuleBroken('INVALID', { path, details: { field } });
  if (nullable.name !== 'String') return value;
  const text = keptText(value);
  if (text === '' && isNonNullType(type)) throw new RuleBroken('REQUIRED', { path, details: { field } });
  return text;
}
