/**
 * What a run of the suite was: its ten slowest files, and how many tests there are, actors of the access matrix, fields and mutations
 * of the graph, and policies of the database, so that what is left out shows. Its last line is `N passed, N failed`.
 * `tsx scripts/suite/summary.ts REPORT.json [--weights]`; the second keeps what files took as the order of later runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptTables, schemaTables } from '@hub/database';
import { buildSchema, isObjectType } from 'graphql';
import { actorNames } from '../../tests/access/cells.ts';
import { subgraphs } from '../subgraphs.ts';

interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly success: boolean;
  readonly testResults: readonly { readonly name: string; readonly startTime: number; readonly endTime: number }[];
}

const root = new URL('../../', import.meta.url);
const [reportFile = '', option] = process.argv.slice(2);
const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;

const files = report.testResults
  .map(({ name, startTime, endTime }) => ({
    name: relative(fileURLToPath(root), name),
    seconds: Math.round((endTime - startTime) / 1000),
  }))
  .sort((one, other) => other.seconds - one.seconds || one.name.localeCompare(other.name));
console.log('The slowest files, in seconds:');
for (const { name, seconds } of files.slice(0, 10)) console.log(`${String(seconds).padStart(6)}  ${name}`);

const graph = buildSchema(readFileSync(new URL('gateway/schema.graphql', root), 'utf8'));
const fields = Object.values(graph.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
const mutations = Object.keys(graph.getMutationType()?.getFields() ?? {});
console.log(
  `${report.numTotalTests} tests in ${files.length} files; ${actorNames.length} actors, ${fields.length} fields, ${mutations.length} mutations, ${policies()} policies`,
);

// Nobody waits for these few seconds, wherever they stand.
const weighty = files.filter(({ seconds }) => seconds >= 5).map(({ name, seconds }) => [name, seconds] as const);
if (option === '--weights')
  writeFileSync(new URL('tests/suite/weights.json', root), `${JSON.stringify(Object.fromEntries(weighty), null, 2)}\n`);

if (report.numPendingTests > 0) console.log(`${report.numPendingTests} tests did not run`);
// A file that fails before its first test counts as one failure.
const failed = Math.max(report.numFailedTests, report.success ? 0 : 1);
console.log(`${report.numPassedTests} passed, ${failed} failed`);

/** As the upkeep lays them for the roles of subgraphs; the one that each table has for its owner isn't counted. */
function policies(): number {
  return subgraphs
    .flatMap(({ schema }) => [...schemaTables(schema.tables).policed, ...keptTables])
    .reduce((count, table) => count + table.policies.length, 0);
}
