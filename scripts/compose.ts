/**
 * Composes the subgraphs into gateway/supergraph.graphql and gateway/schema.graphql, and lists the fields by dataset in
 * packages/sharing/catalog.json. Fails where a field doesn't say how it is shared.
 * `--check` writes nothing and fails where the committed files differ.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { composeServices } from '@apollo/composition';
import { apiSchemaFile, apiSchemaOf, nodeSubgraph, nodeTypeDefs, supergraphFile } from '@hub/gateway';
import { catalogFile, catalogOf, catalogText, classesOf, datasetFaults, tellCeilings } from '@hub/sharing';
import { subgraphSdl, typesById } from '@hub/subgraph-server';
import { parse } from 'graphql';
import { subgraphPort, subgraphs } from './subgraphs.ts';

// Hints that are meant; any other one fails, since some are the only sign that a field was dropped.
const allowedHints = new Set<string>([]);

export interface Composed {
  readonly supergraph: string;
  readonly apiSchema: string;
  readonly catalog: string;
}

// Not a record: whoever asks.
const withoutRecords = new Set(['Me']);
// Kept by each subgraph whose records take some on; an id is one subgraph's.
const keptBySeveral = new Set(['File']);

/** What `node` finds: each record, and committees and regions. */
export const nodeTypes = (): readonly string[] =>
  [...new Set(subgraphs.flatMap(({ records }) => records.map(({ type }) => type))), 'Committee', 'Region'].sort();

/** Fails where a type is kept by no subgraph, or by several: nobody would be told of its changes, or twice. */
function checkRecords(): void {
  const types = new Set(subgraphs.flatMap(({ typeDefs }) => typesById(typeDefs)));
  const keepers = (type: string) =>
    subgraphs.filter(({ records }) => records.some((record) => record.type === type)).map(({ name }) => name);
  const faults = [...types]
    .filter(
      (type) =>
        !withoutRecords.has(type) && (keptBySeveral.has(type) ? keepers(type).length < 1 : keepers(type).length !== 1),
    )
    .map((type) => `  ${type}: ${keepers(type).join(', ') || 'no table is named as it is'}`);
  if (faults.length > 0) throw new Error(`Types with @key(fields: "id") have one table each:\n${faults.join('\n')}`);
}

/** The fields by dataset, as text. Fails where one says nothing of how it is shared, or what it says doesn't fit. */
export function catalogOfDecided(supergraph: string): string {
  const fields = catalogOf(supergraph);
  const { undecided, contradictions } = classesOf(supergraph);
  const faults = [...undecided, ...contradictions, ...datasetFaults(fields)];
  if (faults.length > 0)
    throw new Error(
      `How fields are shared (CONTRIBUTING.md, "Add a field"):\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return catalogText(fields);
}

export function compose(): Composed {
  checkRecords();
  const composed = composeServices([
    ...subgraphs.map((definition) => ({
      name: definition.name,
      url: `http://127.0.0.1:${subgraphPort(definition.name)}/graphql`,
      typeDefs: tellCeilings(parse(subgraphSdl(definition))),
    })),
    { ...nodeSubgraph, typeDefs: tellCeilings(parse(nodeTypeDefs(nodeTypes()))) },
  ]);
  if (composed.errors)
    throw new Error(`Composition fails:\n${composed.errors.map((error) => `  ${error.message}`).join('\n')}`);
  const faults = composed.hints.filter((hint) => !allowedHints.has(hint.definition.code));
  if (faults.length > 0)
    throw new Error(
      `Composition hints:\n${faults.map((hint) => `  ${hint.definition.code}: ${hint.message}`).join('\n')}`,
    );
  const supergraph = `# Composed from subgraphs/*/src/*/schema.graphql by \`pnpm compose\`; read it in diffs, don't edit it.\n${composed.supergraphSdl}\n`;
  return { supergraph, apiSchema: apiSchemaOf(supergraph), catalog: catalogOfDecided(supergraph) };
}

const files = { supergraph: supergraphFile, apiSchema: apiSchemaFile, catalog: catalogFile };

if (import.meta.filename === process.argv[1]) {
  const composed = compose();
  for (const [name, file] of Object.entries(files)) {
    const text = composed[name as keyof Composed];
    if (!process.argv.includes('--check')) await writeFile(file, text);
    else if ((await readFile(file, 'utf8')) !== text) {
      console.error(`${file.pathname} differs from what the subgraphs compose to: run pnpm compose and commit it.`);
      process.exitCode = 1;
    }
  }
}
