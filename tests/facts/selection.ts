import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Records that stand by themselves: what refers to one is asked for its id only. */
const references: Readonly<Record<string, string>> = {
  Activity: 'id',
  AnnualPlan: 'id',
  Committee: 'code',
  Consultation: 'id',
  Cooperation: 'id',
  LegislativeTerm: 'id',
  Member: 'id',
  Organization: 'id',
  Person: 'id',
  Programme: 'id',
  Region: 'code',
  ServiceRequest: 'id',
  Workstation: 'id',
};

/** Everything that a type says of itself and its parts, as a selection. */
export function wholeOf(schema: GraphQLSchema, name: string, depth = 0): string {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return `{ ${fieldsOf(schema, type, depth).join(' ')} }`;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLObjectType, depth: number): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    const reference = references[named.name];
    if (reference) return [`${field.name} { ${reference} }`];
    if (!isObjectType(named) || depth > 4) return [];
    if (named.name.endsWith('Connection')) {
      const node = getNamedType(named.getFields()['nodes']?.type ?? named);
      const nodeReference = references[node.name];
      return [
        `${field.name}(first: 100) { nodes ${nodeReference ? `{ ${nodeReference} }` : wholeOf(schema, node.name, depth + 1)} }`,
      ];
    }
    return [`${field.name} ${wholeOf(schema, named.name, depth + 1)}`];
  });
}
