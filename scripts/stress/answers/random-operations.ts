import {
  type GraphQLAbstractType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Numbers from 0 to 1 that look random and are the same each time. */
export function randomly(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** What a client may call a field: names of keys and fields, of what JavaScript's objects have, and those that the gateway might make up. */
const aliases = [
  ...['id', 'code', '__typename', 'name', 'title', 'status', 'nodes', 'totalCount', 'owner', 'member', 'committee'],
  ...['as_id', 'as_code', 'as___typename', 'id__alias_0', 'name__alias_0', 'code_', '_', 'x', 'y'],
  ...['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'representations', '_entities', 'value1'],
];

/** Operations that fit the schema, at random: with aliases, fragments within fragments, conditions, variables and nulls. */
export function* randomOperations(schema: GraphQLSchema, seed: number): Generator<RandomOperation, never> {
  const random = randomly(seed);
  for (;;) {
    const operation = new Writing(schema, random).operation();
    if (validate(schema, parse(operation.query), undefined, { maxErrors: 1 }).length === 0) yield operation;
  }
}

class Writing {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #fragments: string[] = [];
  readonly #variables = new Map<string, { readonly type: string; readonly default: string; readonly value: unknown }>();

  constructor(schema: GraphQLSchema, random: () => number) {
    this.#schema = schema;
    this.#random = random;
  }

  operation(): RandomOperation {
    const query = this.#schema.getQueryType() as GraphQLObjectType;
    const set = this.#set(query, 3 + this.#below(3), 2);
    const declared = [...this.#variables].map(([name, one]) => `$${name}: ${one.type}${one.default}`);
    const variables = Object.fromEntries(
      [...this.#variables].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
    );
    const head = declared.length > 0 ? `query (${declared.join(', ')}) ` : '';
    return { query: [`${head}${set}`, ...this.#fragments].join('\n'), variables };
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }
  #chance(share: number): boolean {
    return this.#random() < share;
  }
  #one<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }

  #set(type: GraphQLObjectType, depth: number, most: number): string {
    const parts: string[] = [];
    for (let count = 1 + this.#below(most); count > 0; count -= 1) {
      const chance = this.#random();
      if (chance < 0.08)
        parts.push(
          `... ${this.#chance(0.5) ? `on ${type.name} ` : ''}${this.#condition()}${this.#set(type, depth, most)}`,
        );
      else if (chance < 0.16) {
        const set = this.#set(type, depth, most);
        const name = `F${this.#fragments.length}`;
        this.#fragments.push(`fragment ${name} on ${type.name} ${set}`);
        parts.push(`...${name} ${this.#condition()}`);
        if (this.#chance(0.3)) parts.push(`...${name}`);
      } else parts.push(this.#field(type, depth));
    }
    return `{ ${parts.join(' ')} }`;
  }

  #field(type: GraphQLObjectType, depth: number): string {
    const alias = this.#chance(0.3) ? `${this.#one(aliases)}: ` : '';
    const fields = Object.values(type.getFields()).filter(({ name, type: of }) => {
      if (name.startsWith('__')) return false;
      return isLeafType(getNamedType(of)) || (depth > 0 && isCompositeType(getNamedType(of)));
    });
    const inner = fields.filter(({ type: of }) => !isLeafType(getNamedType(of)));
    // What leads on is asked for more often than there is of it.
    const field =
      inner.length > 0 && this.#chance(0.55) ? this.#one(inner) : fields.length > 0 ? this.#one(fields) : undefined;
    if (!field || this.#chance(0.05)) return `${alias}__typename ${this.#condition()}`;
    const of = getNamedType(field.type);
    const set = isObjectType(of) ? this.#set(of, depth - 1, 4) : isAbstractType(of) ? this.#ofAny(of, depth - 1) : '';
    return `${alias}${field.name}${this.#arguments(field)} ${this.#condition()}${set}`;
  }

  /** Of what may be of several types: what all have, and more of some. */
  #ofAny(type: GraphQLAbstractType, depth: number): string {
    const shared = isInterfaceType(type) ? Object.keys(type.getFields()) : [];
    const possible = this.#schema.getPossibleTypes(type);
    const parts = Array.from({ length: 1 + this.#below(4) }, () => {
      const one = this.#one(possible);
      return this.#chance(0.2)
        ? this.#one(['__typename', ...shared])
        : `... on ${one.name} ${this.#condition()}${this.#set(one, depth, 3)}`;
    });
    return `{ ${parts.join(' ')} }`;
  }

  #condition(): string {
    if (!this.#chance(0.12)) return '';
    const value = this.#chance(0.4) ? String(this.#chance(0.5)) : this.#variable('Boolean!', () => this.#chance(0.5));
    return `@${this.#one(['skip', 'include'])}(if: ${value}) `;
  }

  #arguments({ args }: GraphQLField<unknown, unknown>): string {
    const given = args.filter((one) => isRequiredArgument(one) || this.#chance(0.2));
    return given.length === 0 ? '' : `(${given.map((one) => `${one.name}: ${this.#given(one)}`).join(', ')})`;
  }

  #given({ type }: GraphQLArgument): string {
    if (!isNonNullType(type) && this.#chance(0.15)) return 'null';
    if (isLeafType(getNullableType(type)) && this.#chance(0.3))
      return this.#variable(String(type), () => this.#json(type));
    return this.#literal(type);
  }

  /** A variable, some with a default, of which some aren't given. */
  #variable(type: string, value: () => unknown): string {
    const known = [...this.#variables].filter(([, one]) => one.type === type);
    if (known.length > 0 && this.#chance(0.5)) return `$${this.#one(known)[0]}`;
    const name = this.#one(['a', 'b', 'value1', 'first', 'toString']) + this.#variables.size;
    const isDefault = this.#chance(0.3);
    const made = value();
    const written = typeof made === 'string' && !/^(String|ID|Date)/.test(type) ? made : JSON.stringify(made);
    this.#variables.set(name, {
      type,
      default: isDefault ? ` = ${written}` : '',
      value: isDefault && this.#chance(0.5) ? undefined : value(),
    });
    return `$${name}`;
  }

  #json(type: GraphQLInputType): unknown {
    const nullable = getNullableType(type);
    if (isEnumType(nullable)) return this.#one(nullable.getValues()).name;
    switch (String(nullable)) {
      case 'Int':
        return this.#below(4);
      case 'Float':
        return this.#below(4);
      case 'Boolean':
        return this.#chance(0.5);
      case 'Date':
        return `2026-02-0${1 + this.#below(9)}`;
      case 'DateTime':
        return `2026-02-0${1 + this.#below(9)}T00:00:00Z`;
      default:
        return this.#one(['330110', '310117', 'a', 'é"\\n']);
    }
  }

  #literal(type: GraphQLInputType): string {
    const nullable = getNullableType(type);
    if (isListType(nullable))
      return this.#chance(0.2)
        ? this.#literal(nullable.ofType)
        : `[${Array.from({ length: this.#below(3) }, () => this.#literal(nullable.ofType)).join(', ')}]`;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (one) => isRequiredInputField(one) || this.#chance(0.2),
      );
      return `{ ${fields.map((one) => `${one.name}: ${this.#literal(one.type)}`).join(', ')} }`;
    }
    const value = this.#json(nullable);
    return isEnumType(nullable) ? String(value) : JSON.stringify(value);
  }
}
