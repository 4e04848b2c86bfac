import { buildSchema, type GraphQLSchema, isEnumType } from 'graphql';
import type { Labels } from './records.ts';

/** Names of kinds by the graph's own descriptions, which begin with the Chinese term. */
export function labelsOf(apiSchema: () => string): Labels {
  let schema: GraphQLSchema | undefined;
  return (type, value) => {
    // Made for the first calendar that is read: it takes a while, and no start waits for it.
    schema ??= buildSchema(apiSchema());
    const named = schema.getType(type);
    const description = isEnumType(named) ? named.getValue(value)?.description : undefined;
    return description?.split(/[:：(（]/)[0]?.trim() || value;
  };
}
