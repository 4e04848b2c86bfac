import { buildSchema, isEnumType } from 'graphql';
import type { Labels } from './records.ts';

/** Names of kinds by the graph's own descriptions, which begin with the Chinese term. */
export function labelsOf(apiSchema: string): Labels {
  const schema = buildSchema(apiSchema);
  return (type, value) => {
    const named = schema.getType(type);
    const description = isEnumType(named) ? named.getValue(value)?.description : undefined;
    return description?.split(/[:：(（]/)[0]?.trim() || value;
  };
}
