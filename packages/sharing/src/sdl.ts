import { type ConstDirectiveNode, type DocumentNode, Kind, parse, type TypeNode } from 'graphql';

/** A member of a type: a field, an argument, an input field or an enum value, with what all copies of it say. */
export interface Member {
  readonly directives: ConstDirectiveNode[];
  readonly arguments: Map<string, Member>;
  /** As it is written, `[Figure!]!`; empty for an enum value. */
  readonly type: string;
  /** The name in it, `Figure`. */
  readonly typeName: string;
  readonly description: string | undefined;
}

export interface NamedType {
  readonly kind: 'type' | 'interface' | 'union' | 'input' | 'enum';
  readonly directives: ConstDirectiveNode[];
  readonly members: Map<string, Member>;
}

interface Node {
  readonly name: { readonly value: string };
  readonly description?: { readonly value: string } | undefined;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
  readonly type?: TypeNode | undefined;
  readonly arguments?: readonly Node[] | undefined;
}

/**
 * The types of an SDL by name, each once: a subgraph's SDL has a type in several pieces, and another subgraph's type as a
 * reference that says nothing of it.
 */
export function typesOf(sdl: string | DocumentNode): ReadonlyMap<string, NamedType> {
  const types = new Map<string, NamedType>();
  const add = (kind: NamedType['kind'], { name, directives = [] }: Node, members: readonly Node[] = []) => {
    // What the supergraph says of itself.
    if (/^(join|link|core)__/.test(name.value)) return;
    const type: NamedType = types.get(name.value) ?? { kind, directives: [], members: new Map() };
    types.set(name.value, type);
    type.directives.push(...directives);
    for (const member of members) addMember(type.members, member);
  };
  const document = typeof sdl === 'string' ? parse(sdl, { noLocation: true }) : sdl;
  for (const one of document.definitions) {
    switch (one.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
        add('type', one, one.fields);
        break;
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_EXTENSION:
        add('interface', one, one.fields);
        break;
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.UNION_TYPE_EXTENSION:
        add('union', one);
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      case Kind.INPUT_OBJECT_TYPE_EXTENSION:
        add('input', one, one.fields);
        break;
      case Kind.ENUM_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_EXTENSION:
        add('enum', one, one.values);
        break;
    }
  }
  return types;
}

function addMember(members: Map<string, Member>, node: Node): void {
  const member: Member = members.get(node.name.value) ?? {
    directives: [],
    arguments: new Map(),
    type: node.type ? written(node.type) : '',
    typeName: node.type ? innermost(node.type) : '',
    description: node.description?.value,
  };
  members.set(node.name.value, member);
  member.directives.push(...(node.directives ?? []));
  for (const argument of node.arguments ?? []) addMember(member.arguments, argument);
}

function written(type: TypeNode): string {
  if (type.kind === Kind.NAMED_TYPE) return type.name.value;
  return type.kind === Kind.LIST_TYPE ? `[${written(type.type)}]` : `${written(type.type)}!`;
}

const innermost = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type));
