import { isDay, isInstant, isPartialDate } from '@hub/inputs';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** A scalar that is a text, of which only some texts are. */
function textScalar(name: string, is: (text: string) => boolean): GraphQLScalarType<string, unknown> {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && is(value)) return value;
    throw new GraphQLError(`${name} cannot represent the given value.`);
  };
  return new GraphQLScalarType<string, unknown>({
    name,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** Scalars that check what comes in. */
export const scalars = {
  Date: textScalar('Date', isDay),
  DateTime: textScalar('DateTime', isInstant),
  PartialDate: textScalar('PartialDate', isPartialDate),
};
