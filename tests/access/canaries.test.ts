/**
 * The fixture's texts name the column that they stand in. Whatever an agency asks, by whichever door, none of a column that
 * isn't shared comes out, and none of personal data unless its agreement names it: in no answer, file, change or line of the log.
 */
import { readFileSync } from 'node:fs';
import { apiSchemaFile } from '@hub/gateway';
import { buildSchema } from 'graphql';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerAgency, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { cells } from './cells.ts';
import { places, type World } from './fixture.ts';
import {
  type Asked,
  closedQuestionsOf,
  decisionOn,
  isPersonal,
  type Question,
  questionsOf,
  valuesIn,
  widest,
} from './shareable.ts';
import { createWorld } from './world.ts';

const graph = buildSchema(readFileSync(apiSchemaFile, 'utf8'));
const personal = widest().flatMap(({ fields }) => fields.filter(isPersonal));

let hub: Hub;
let world: World;
let agency: TestAgency;
let agreement: string;
let questions: readonly Question[];
const log: string[] = [];

const agree = (unmasked: readonly string[]) =>
  agency.agree({
    committee: places.owner,
    regions: [places.owner],
    datasets: widest(unmasked),
    rowsPerDay: 1_000_000,
    requestsPerMinute: 6_000,
  });

beforeAll(async () => {
  const made = await createWorld();
  world = made.world;
  hub = await startHub('in process', { database: made.database, log: (line) => log.push(line) });
  questions = questionsOf(graph, world);
  agency = await registerAgency(hub, places.owner);
  agreement = await agree([]);
});
afterAll(() => hub.stop());

/** The columns that texts of an answer are from, as `schema.table.column`. */
const columnsIn = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/〔([a-z_.]+)·[A-Za-z]+〕([a-z_]+)/g)].map(([, table = '', column = '']) => `${table}.${column}`),
  );

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** Columns by the fields that show them; first those that go by another name in the graph. */
const fieldsOfColumn = new Map<string, string[]>([
  ['cooperation.agreement.signatories', ['Agreement.parties']],
  ['consultations.plan.approval_body', ['AnnualPlanApproval.body']],
  ['consultations.plan.document_number', ['AnnualPlanApproval.documentNumber']],
  ['consultations.host_platform.name', ['ConsultationHost.name']],
  ['consultations.file.sha', ['File.sha256']],
  ['consultations.linked_action.platform_name', ['LinkedPlatform.name']],
  ['consultations.linked_part.platform_name', ['LinkedPlatform.name']],
]);
for (const [type, { table, alsoIn = [], fields }] of Object.entries(cells))
  for (const own of table === undefined ? [] : [table, ...alsoIn])
    for (const field of Object.keys(fields)) {
      const column = `${own}.${snake(field)}`;
      fieldsOfColumn.set(column, [...(fieldsOfColumn.get(column) ?? []), `${type}.${field}`]);
    }

/** Columns that an agreement lets nobody read: no field shows them that is shared, and of personal data none that is named. */
const isForbidden = (column: string, unmasked: readonly string[] = []) =>
  !(fieldsOfColumn.get(column) ?? []).some((where) => {
    const found = decisionOn(where);
    return found && found.sharing !== 'NOT_SHARED' && (!found.personal || unmasked.includes(where));
  });
const forbiddenIn = (text: string, unmasked: readonly string[] = []) =>
  [...columnsIn(text)].filter((column) => isForbidden(column, unmasked));

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}${path}`, { headers: { authorization: `Bearer ${await agency.token(agreement)}`, ...headers } });

const lists = () => {
  const all = questions.filter(({ root, isList }) => isList && decisionOn(`Query.${root}`)?.dataset !== 'directory');
  return all.filter(({ root }, at) => all.findIndex((one) => one.root === root) === at);
};

/** What came out of the named columns' texts and mustn't have, sentence by sentence. */
const gathered = async (unmasked: readonly string[], of: string, asked: readonly Question[]) => {
  const found = new Set<string>();
  const told = new Map<string, unknown[]>();
  for (const one of asked) {
    const { data, errors, text } = await agency.ask(one.query, { agreement: of });
    if (errors.length > 0) found.add(`${one.query} is answered with ${JSON.stringify(errors)}`);
    for (const column of forbiddenIn(text, unmasked)) found.add(`${one.root} shows ${column}`);
    for (const [where, value] of valuesIn(data, one.asked))
      if (isPersonal(where) && value !== undefined) told.set(where, [...(told.get(where) ?? []), ...[value].flat()]);
  }
  return { found: [...found], told };
};
/** As personal data is told unless the agreement names it: a text by its first character, and nothing else at all. */
const isMasked = (value: unknown) => value === null || /^.\*\*$/u.test(String(value));

test('the fixture marks what must not come out, personal data among it', () => {
  const all = columnsIn(JSON.stringify(world.rows.map(({ values }) => values)));
  const hidden = [...all].filter((column) => isForbidden(column));
  expect(hidden.length).toBeGreaterThan(100);
  const marked = new Set(hidden.flatMap((column) => (fieldsOfColumn.get(column) ?? []).filter(isPersonal)));
  expect(marked.size).toBeGreaterThan(10);
});

test('answers show texts of shared columns alone, and all personal data masked', async () => {
  const { found, told } = await gathered([], agreement, questions);
  expect(found).toEqual([]);
  // What stands within something masked isn't there at all.
  const within = personal.filter((where) => questions.some(({ asked }) => aroundOf(where, asked).length > 0));
  expect(personal.filter((where) => !told.has(where) && !within.includes(where))).toEqual([]);
  for (const [where, values] of told)
    expect(
      values.filter((value) => !isMasked(value)),
      where,
    ).toEqual([]);
});

test('what no agreement can share is refused by its name, and the refusal quotes nothing', async () => {
  const closed = closedQuestionsOf(graph, questions);
  const named = new Set<string>();
  for (const { query, closed: fields } of closed) {
    const { data, errors, text } = await agency.ask(query, { agreement });
    expect([data, errors[0]?.extensions.code], query).toEqual([undefined, 'OUTSIDE_AGREEMENT']);
    const told = errors[0]?.extensions['fields'] as string[];
    expect(told.filter((where) => fields.includes(where)).sort(), query).toEqual([...fields].sort());
    expect([...columnsIn(text)], query).toEqual([]);
    for (const field of fields) named.add(field);
  }
  expect(named.size).toBeGreaterThan(80);
});

test('errors, which quote what was given, quote nothing of the hub’s', async () => {
  const [marked = ''] = columnsIn(JSON.stringify(world.rows.map(({ values }) => values)));
  for (const query of [
    `{ members(filter: { text: "${marked}" }, first: 1000) { nodes { id } } }`,
    '{ members { nodes { telephone idNumber address } } }',
    '{ member(id: "no id") { id } }',
    '{ members(after: "bm8gY3Vyc29y") { nodes { id } } }',
    '{ members(',
  ]) {
    const { text } = await agency.ask(query, { agreement });
    expect(forbiddenIn(text), query).toEqual([]);
    expect(text, query).not.toMatch(/select |hub_\w*members|at \w+ \(/);
  }
});

describe('files', () => {
  test.each(['jsonl', 'csv', 'xlsx'])('as %s hold texts of shared columns alone', async (format) => {
    let marks = 0;
    for (const { root } of lists()) {
      const response = await get(`/export/${decisionOn(`Query.${root}`)?.dataset}?list=${root}&format=${format}`);
      expect(response.status, root).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      const text = format === 'xlsx' ? JSON.stringify(await readXlsxFile(bytes)) : bytes.toString();
      marks += columnsIn(text).size;
      expect(forbiddenIn(text), root).toEqual([]);
    }
    expect(marks).toBeGreaterThan(50);
  });
});

test('changes tell of no record that isn’t shared, and of none its texts', async () => {
  const beginning = hub.changeCursors.write(new Map());
  const types = new Set<string>();
  for (let after = beginning; ; ) {
    const text = await (await get(`/changes?wait=0&after=${after}`)).text();
    expect([...columnsIn(text)]).toEqual([]);
    const { changes, next } = JSON.parse(text) as { changes: { type: string }[]; next: string };
    for (const { type } of changes) types.add(type);
    if (changes.length === 0) break;
    after = next;
  }
  expect(types.size).toBeGreaterThan(10);
  expect([...types].filter((type) => decisionOn(`${type}.id`)?.sharing === 'NOT_SHARED')).toEqual([]);
});

/** Personal fields that something stands within: it can't be shown where they aren't. */
function aroundOf(where: string, asked: readonly Asked[], around: readonly string[] = []): string[] {
  return asked.flatMap((one) =>
    one.where === where
      ? [...around]
      : aroundOf(where, one.inner, isPersonal(one.where) ? [...around, one.where] : around),
  );
}

test('of personal data an agreement shows whole what it names, and nothing else', async () => {
  for (const where of personal) {
    const reading = questions.filter(({ fields }) => fields.has(where));
    const named = [...new Set([where, ...reading.flatMap(({ asked }) => aroundOf(where, asked))])].sort();
    const asked = questions.filter(({ root }) => reading.some((one) => one.root === root));
    const { found, told } = await gathered(named, await agree(named), asked);
    expect(found, where).toEqual([]);
    const whole = [...told].filter(([, values]) => values.some((value) => !isMasked(value))).map(([field]) => field);
    expect(whole.sort(), where).toEqual(named);
  }
});

test('no line of the log holds any of it', () => {
  expect(log.length).toBeGreaterThan(100);
  expect(log.filter((line) => columnsIn(line).size > 0)).toEqual([]);
  expect(log.filter((line) => line.includes('eyJ'))).toEqual([]);
});
