import { readdir, readFile } from 'node:fs/promises';
import { type DocumentNode, Kind, parse } from 'graphql';

/** One ready tab: a document of `gateway/operations` with the variables its first line gives. */
export interface OperationTab {
  /** Name of the operation, as GraphiQL shows it on the tab. */
  readonly title: string;
  readonly description: string;
  /** The file as it stands, first line and all. */
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const folder = new URL('../../operations/', import.meta.url);

// The one operation that shows what the hub is for comes first; the others follow by file name.
const opening = 'three-levels.graphql';

// `# {"code": "330000"}  what it asks`: the object ends at the last brace of the line.
const firstLine = /^#\s*(\{.*\})\s*(.*)$/;

/** @param rootFields what the graph can be asked for, as `Query.field`: tabs that ask for anything else are left out; all are there unless it is given */
export async function readOperationTabs(rootFields?: ReadonlySet<string>): Promise<readonly OperationTab[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql'));
  names.sort((a, b) => Number(b === opening) - Number(a === opening) || (a < b ? -1 : 1));
  const tabs = await Promise.all(
    names.map(async (name) => readTab(name, await readFile(new URL(name, folder), 'utf8'))),
  );
  return rootFields ? tabs.filter(({ query }) => rootFieldsIn(query).every((field) => rootFields.has(field))) : tabs;
}

/** As `Query.field`. Those within fragments are passed over: operations of front ends have none there. */
function rootFieldsIn(query: string): readonly string[] {
  return parse(query).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD && selection.name.value !== '__typename'
            ? [`${definition.operation === 'mutation' ? 'Mutation' : 'Query'}.${selection.name.value}`]
            : [],
        )
      : [],
  );
}

/** Throws with the file's name, so that a broken file stops the start and not the first visitor. */
function readTab(name: string, query: string): OperationTab {
  try {
    const [, variables, description] = firstLine.exec(query.slice(0, query.indexOf('\n'))) ?? [];
    if (variables === undefined || description === undefined) {
      throw new Error('its first line is not "# {variables as JSON}  description"');
    }
    return { title: operationName(parse(query)), description, query, variables: JSON.parse(variables) };
  } catch (cause) {
    throw new Error(`gateway/operations/${name} can't become a tab of the explorer: ${String(cause)}`, { cause });
  }
}

function operationName(document: DocumentNode): string {
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.name) return definition.name.value;
  }
  throw new Error('it has no named operation');
}
