import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeNode,
  visit,
} from 'graphql';

/** The most that a client may give as an argument or a field of an input. */
export interface Ceiling {
  /** Values of a list. */
  readonly values?: number | undefined;
  /** Characters of each text. */
  readonly characters?: number | undefined;
  /** The least and the largest number. */
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  /** 1 of a text of one line; of prose nothing. */
  readonly lines?: number | undefined;
}

/** What holds where the SDL says nothing else by @ceiling. */
const usual = {
  values: 100,
  text: 20_000,
  /** Of ids, days and instants. */
  word: 200,
  number: 1_000_000_000,
  /** Up to here decimals are kept as they are written. */
  decimal: 1_000_000_000_000,
  page: 100,
} as const;

/** Inputs' fields that are prose by their names, and so may have several lines. */
const prose: ReadonlySet<string> = new Set([
  ...['answer', 'comment', 'conclusion', 'delegation', 'description', 'findings', 'legalBasis', 'measures', 'minutes'],
  ...['note', 'plan', 'publicKey', 'purpose', 'reason', 'report', 'result', 'rules', 'text', 'why'],
]);

/** Whether an argument says how long a page is. */
export const isPageLength = (name: string): boolean => name === 'first' || name === 'last';

/** What holds for an argument or a field of an input: what was declared, and else what is usual for one of its type. */
export function ceilingOf(
  { name, type, list }: { readonly name: string; readonly type: string; readonly list: boolean },
  declared: Ceiling = {},
): Ceiling {
  return {
    ...(list && { values: declared.values ?? usual.values }),
    ...(type === 'Int'
      ? { least: declared.least ?? 0, most: declared.most ?? (isPageLength(name) ? usual.page : usual.number) }
      : type === 'Float'
        ? { least: declared.least ?? -usual.decimal, most: declared.most ?? usual.decimal }
        : {
            characters:
              declared.characters ?? (type === 'String' && name !== 'idempotencyKey' ? usual.text : usual.word),
            ...(type === 'String' && (declared.lines === 1 || !prose.has(name)) && { lines: 1 }),
          }),
  };
}

/** What a place says by @ceiling; nothing where it doesn't. */
export function declaredCeiling({
  directives = [],
}: Pick<InputValueDefinitionNode, 'directives'>): Ceiling | undefined {
  const found = directives.find(({ name }) => name.value === 'ceiling');
  if (!found) return undefined;
  return Object.fromEntries(
    (found.arguments ?? []).flatMap(({ name, value }) =>
      value.kind === Kind.INT ? [[name.value, Number(value.value)]] : [],
    ),
  );
}

/** What is declared by @ceiling in an SDL, by `Type.field(argument:)` and `Input.field`. */
export function declaredCeilings(document: DocumentNode): ReadonlyMap<string, Ceiling> {
  const declared = new Map<string, Ceiling>();
  const see = (where: string, node: InputValueDefinitionNode) => {
    const ceiling = declaredCeiling(node);
    if (ceiling) declared.set(where, ceiling);
  };
  for (const one of document.definitions) {
    if (one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || one.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
      for (const field of one.fields ?? []) see(`${one.name.value}.${field.name.value}`, field);
    else if (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.OBJECT_TYPE_EXTENSION)
      for (const field of one.fields ?? [])
        for (const argument of field.arguments ?? [])
          see(`${one.name.value}.${field.name.value}(${argument.name.value}:)`, argument);
  }
  return declared;
}

const innermost = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type));
const isHidden = ({ directives = [] }: Pick<FieldDefinitionNode, 'directives'>) =>
  directives.some(({ name }) => name.value === 'inaccessible');
const written = (number: number) => number.toLocaleString('en-US');

/**
 * An SDL whose arguments and input fields tell their ceilings in their descriptions: whoever reads them reads what is
 * enforced. A narrower limit that a step keeps by itself, in words of its own, is told already.
 */
export function tellCeilings(document: DocumentNode): DocumentNode {
  const tell = (node: InputValueDefinitionNode, isKept: boolean): InputValueDefinitionNode => {
    const own = node.description?.value ?? '';
    const type = innermost(node.type);
    const list = print(node.type).startsWith('[');
    const { values, characters, least, most, lines } = ceilingOf(
      { name: node.name.value, type, list },
      declaredCeiling(node),
    );
    const told = [
      values !== undefined && `最多 ${written(values)} 个. At most ${written(values)} values.`,
      (type === 'String' || type === 'ID') &&
        characters !== undefined &&
        !/at most [\d,]+ characters/.test(own) &&
        `${list ? '每个' : ''}最多 ${written(characters)} 个字符. At most ${written(characters)} characters${list ? ' each' : ''}.`,
      isKept && type === 'String' && lines === undefined && '可分行. Of several lines.',
      least !== undefined &&
        most !== undefined &&
        !/\d (?:to|at most) [\d,]+|at most [\d,]+/.test(own) &&
        `${written(least)} 至 ${written(most)}. From ${written(least)} to ${written(most)}.`,
    ].filter((sentence) => sentence !== false);
    if (told.length === 0) return node;
    const before = own === '' ? [] : [/[.。]$/.test(own) ? own : `${own}.`];
    return {
      ...node,
      description: { kind: Kind.STRING, value: [...before, ...told].join(' '), block: false },
    };
  };
  return visit(document, {
    // What the gateway alone asks for isn't a client's.
    FieldDefinition: (node) => (isHidden(node) ? false : undefined),
    InputObjectTypeDefinition: (node) => (isHidden(node) ? false : undefined),
    DirectiveDefinition: () => false,
    InputValueDefinition: {
      leave: (node, _, __, ___, ancestors) => {
        const whole = ancestors.at(-1);
        // What is looked for is kept nowhere.
        const isInput = whole !== undefined && 'kind' in whole && whole.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION;
        return tell(node, isInput && !whole.name.value.endsWith('Filter'));
      },
    },
  });
}
