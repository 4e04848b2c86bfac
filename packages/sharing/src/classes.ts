import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { type Member, type NamedType, typesOf } from './sdl.ts';

/** 无条件共享, 有条件共享, 不予共享. */
export type Sharing = 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';

/** How a field is shared. */
export interface FieldClass {
  readonly dataset: string;
  readonly sharing: Sharing;
  /** Masked by default, and never UNCONDITIONAL. */
  readonly personal: boolean;
}

/** Of which dataset and class the fields of a graph are, as its SDL says by @dataset and @reads. */
export interface Classes {
  /** Undefined for structure, for what doesn't exist, and for a mutation that says nothing, which is closed. */
  field(type: string, field: string): FieldClass | undefined;
  /** Connections, edges, page info, answers of mutations, introspection: they hold only what is decided elsewhere. */
  isStructure(type: string): boolean;
  /**
   * What has to be readable, as `Type.field`, for an input field `('ConsultationFilter', 'statuses')`, an order
   * `('ConsultationOrder', 'HELD_ASC')`, an argument `('Query', 'consultations(within:)')`, or a computed field
   * `('ConsultationSummary', 'byKind')`. Undefined where nothing is said.
   */
  reads(type: string, member: string): readonly string[] | undefined;
  /** All decided fields of a dataset, as `Type.field`. */
  fieldsOf(dataset: string): readonly string[];
  readonly datasets: readonly string[];
  /** What says nothing of how it is shared, and so is shared with nobody, a sentence each. */
  readonly undecided: readonly string[];
  /** Where what is said contradicts itself, a sentence each. */
  readonly contradictions: readonly string[];
}

/** Reads the classes from SDL with the directives, a supergraph's or a subgraph's, parsed already or not. */
export function classesOf(sdl: string | DocumentNode): Classes {
  const types = typesOf(sdl);
  const decided = new Map<string, FieldClass>();
  const reading = new Map<string, readonly string[]>();
  const undecided: string[] = [];
  const contradictions: string[] = [];

  for (const [name, type] of types) {
    if (type.kind === 'input') decideMembers(name, 'Filter', type);
    else if (type.kind === 'enum') decideMembers(name, 'Order', type);
    else if (name === 'Mutation') decideMutations(type);
    else if (type.kind !== 'union' && !isStructure(name, type)) decideFields(name, type);
  }

  function decideFields(name: string, type: NamedType): void {
    const own = datasetOf(type.directives);
    const hidden = isHidden(type);
    if (!own?.name && !hidden && name !== 'Query') undecided.push(`${name}: no @dataset says what it belongs to`);
    if (own && !(own.sharing in width)) contradictions.push(`${name}: @dataset names no way of sharing`);
    for (const [field, member] of type.members) {
      const where = `${name}.${field}`;
      const said = datasetOf(member.directives);
      const found = hidden || isHidden(member) ? hiddenClass : classOf(said, own?.name);
      const read = readsOf(member, name);
      if (read) reading.set(where, read);
      if (!found) {
        if (said) contradictions.push(`${where}: no @dataset names its dataset`);
        else undecided.push(`${where}: no @dataset says how it is shared`);
        continue;
      }
      decided.set(where, found);
      if (!(found.sharing in width)) contradictions.push(`${where}: @dataset names no way of sharing`);
      // Whom it tells of is read off the types of records, which here only an answer knows.
      const returned = types.get(member.typeName)?.kind;
      if (found.sharing !== 'NOT_SHARED' && (returned === 'interface' || returned === 'union'))
        contradictions.push(`${where}: what gives ${returned === 'union' ? 'a union' : 'an interface'} is NOT_SHARED`);
      if (found.personal && found.sharing === 'UNCONDITIONAL')
        contradictions.push(`${where}: personal data is never UNCONDITIONAL`);
      if (own && wider(found.sharing, own.sharing))
        contradictions.push(`${where}: ${found.sharing}, wider than its type, which is ${own.sharing}`);
      decideArguments(where, member, found);
    }
  }

  function decideArguments(where: string, field: Member, { sharing }: FieldClass): void {
    for (const [argument, member] of field.arguments) {
      const place = `${where}(${argument}:)`;
      const read = readsOf(member, field.typeName.replace(/Connection$/, ''));
      if (read) reading.set(place, read);
      else if (sharing !== 'NOT_SHARED' && !plainArguments.has(argument) && !/(Filter|Order)$/.test(member.typeName))
        undecided.push(`${place}: no @reads says what it tells of`);
    }
  }

  function decideMembers(name: string, suffix: 'Filter' | 'Order', type: NamedType): void {
    if (!name.endsWith(suffix) || isHidden(type)) return;
    for (const [member, said] of type.members) {
      const read = readsOf(said, name.slice(0, -suffix.length));
      if (read) reading.set(`${name}.${member}`, read);
      else undecided.push(`${name}.${member}: no @reads says what it tells of`);
    }
  }

  function decideMutations(type: NamedType): void {
    for (const [name, member] of type.members) {
      const found = classOf(datasetOf(member.directives), undefined);
      if (found) decided.set(`Mutation.${name}`, found);
    }
  }

  for (const [where, read] of reading)
    for (const target of read) {
      const [found, input] = [decided.get(where), decided.get(target)];
      if (!input) contradictions.push(`${where}: @reads names ${target}, which isn’t there or isn’t decided`);
      else if (found && wider(found.sharing, input.sharing))
        contradictions.push(
          `${where}: ${found.sharing}, wider than ${target} that it reads, which is ${input.sharing}`,
        );
    }

  const datasets = new Map<string, string[]>();
  for (const [where, found] of decided) {
    // No part of the graph that there is.
    if (found === hiddenClass) continue;
    const { dataset } = found;
    const fields = datasets.get(dataset);
    if (fields) fields.push(where);
    else datasets.set(dataset, [where]);
  }

  return {
    field: (type, field) => decided.get(`${type}.${field}`),
    isStructure: (name) => {
      const type = types.get(name);
      return name.startsWith('__') || (type !== undefined && isStructure(name, type));
    },
    reads: (type, member) => reading.get(`${type}.${member}`),
    fieldsOf: (dataset) => datasets.get(dataset) ?? [],
    datasets: [...datasets.keys()].sort(),
    undecided,
    contradictions,
  };
}

/** The classes of a supergraph whatever it leaves undecided. @throws Error where it contradicts itself */
export function requireClasses(supergraph: string | DocumentNode): Classes {
  const classes = classesOf(supergraph);
  if (classes.contradictions.length > 0)
    throw new Error(`the supergraph contradicts itself in how it is shared: ${classes.contradictions.join('; ')}`);
  return classes;
}

/** Arguments that choose a page, the one record that is named by its key, or whose own records and whose below. */
const plainArguments = new Set(['first', 'after', 'last', 'before', 'id', 'code', 'scope']);

const width: Readonly<Record<Sharing, number>> = { NOT_SHARED: 0, CONDITIONAL: 1, UNCONDITIONAL: 2 };
const wider = (one: Sharing, other: Sharing): boolean => width[one] > width[other];

/** By its name and by holding nothing beside it: a field that is added to a connection has to be decided as any other. */
function isStructure(name: string, type: NamedType): boolean {
  const holdsOnly = (...members: string[]) => [...type.members.keys()].every((member) => members.includes(member));
  if (type.kind !== 'type') return false;
  if (name.endsWith('Connection')) return holdsOnly('nodes', 'edges', 'pageInfo', 'totalCount', 'totalIsAtLeast');
  if (name.endsWith('Edge')) return holdsOnly('cursor', 'node');
  if (name === 'PageInfo') return holdsOnly('hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor');
  return name.endsWith('Payload') && type.members.has('userErrors');
}

const directiveOf = (directives: readonly ConstDirectiveNode[], name: string): ConstDirectiveNode | undefined =>
  directives.find((directive) => directive.name.value === name);

/** The specification whose @dataset and @reads these are; directives of these names that come from elsewhere say something else. */
export const sharingSpecification = 'https://hub.cppcc.example/sharing/';

/** What is no part of the public graph says so by @inaccessible. */
export const isHidden = ({ directives }: Pick<Member, 'directives'>): boolean =>
  directiveOf(directives, 'inaccessible') !== undefined;
const hiddenClass: FieldClass = { dataset: 'internal', sharing: 'NOT_SHARED', personal: false };

interface Said {
  readonly name: string | undefined;
  readonly sharing: Sharing;
  readonly personal: boolean;
}

function datasetOf(directives: readonly ConstDirectiveNode[]): Said | undefined {
  const directive = directiveOf(directives, 'dataset');
  return (
    directive && {
      name: argumentOf(directive, 'name'),
      sharing: argumentOf(directive, 'sharing') as Sharing,
      personal: argumentOf(directive, 'personal') === 'true',
    }
  );
}

function classOf(said: Said | undefined, datasetOfType: string | undefined): FieldClass | undefined {
  const dataset = said?.name ?? datasetOfType;
  return said && dataset ? { dataset, sharing: said.sharing, personal: said.personal } : undefined;
}

function readsOf(member: Member, nodeType: string): readonly string[] | undefined {
  const directive = directiveOf(member.directives, 'reads');
  return (
    directive &&
    argumentOf(directive, 'fields')
      ?.split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => (name.includes('.') ? name : `${nodeType}.${name}`))
  );
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.BOOLEAN) return String(value.value);
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
