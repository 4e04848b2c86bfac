/**
 * The matrix of agencies, by what their agreement is: each field of Query that may be shared, with all that may be shared of
 * it, each dataset as a file, and the changes of each type.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { apiSchemaFile, supergraphFile } from '@hub/gateway';
import { catalogFields, classesOf } from '@hub/sharing';
import { buildSchema, type GraphQLObjectType, getNamedType, isEnumType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { creditCodes, officers, registerAgency, step, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import type { ActorName } from './cells.ts';
import { marksIn, places, type World } from './fixture.ts';
import { disclosures, listViolations } from './matrix.ts';
import { decisionOn, type Question, questionsOf, widest } from './shareable.ts';
import { createWorld } from './world.ts';

const graph = buildSchema(readFileSync(apiSchemaFile, 'utf8'));
const every = widest();
const personal = every.flatMap(({ fields }) => fields.filter((where) => decisionOn(where)?.personal));
/** Half of the fields of each dataset, and those by which lists are read and sorted, so that the rest is refused by itself. */
const half = (part: 0 | 1) =>
  every.map(({ dataset, fields }) => ({
    dataset,
    fields: fields.filter(
      (where, at) => at % 2 === part || where.startsWith('Query.') || /\.(id|modified)$/.test(where),
    ),
  }));
/** All that another one shares. */
const single = 'cooperations';
const shared = {
  'one half': half(0),
  'the other half': half(1),
  single: every.filter(({ dataset }) => dataset === single),
} as const;
const narrower = Object.keys(shared) as (keyof typeof shared)[];

let hub: Hub;
let world: World;
let agency: TestAgency;
let neighbour: TestAgency;
let questions: readonly Question[];
/** Agreements by what became of them. */
const of = {
  there: '',
  elsewhere: '',
  'one half': '',
  'the other half': '',
  single: '',
  expired: '',
  revoked: '',
  suspended: '',
};
const ended = ['expired', 'revoked', 'suspended'] as const;
let classes: ReturnType<typeof classesOf>;

beforeAll(async () => {
  classes = classesOf(await readFile(supergraphFile, 'utf8'));
  const made = await createWorld();
  world = made.world;
  hub = await startHub('in process', { database: made.database, config: { follow: false } });
  questions = questionsOf(graph, world);
  agency = await registerAgency(hub, places.owner);
  neighbour = await registerAgency(hub, places.elsewhere, { name: '某大学', creditCode: creditCodes[1] });
  const ceilings = { rowsPerDay: 1_000_000, requestsPerMinute: 6_000 };
  const own = { committee: places.owner, regions: [places.owner], ...ceilings };
  for (const name of ['there', ...ended] as const)
    of[name] = await agency.agree({ ...own, datasets: widest(personal) });
  for (const name of narrower) of[name] = await agency.agree({ ...own, datasets: shared[name] });
  of.elsewhere = await neighbour.agree({
    committee: places.elsewhere,
    regions: [places.elsewhere],
    ...ceilings,
    datasets: widest(personal),
  });
  const staff = await officers(hub, places.owner).first;
  await step(hub, 'suspendSharing', { sharingAgreement: of.suspended, reason: '核查用途' }, staff);
  await step(hub, 'revokeSharing', { sharingAgreement: of.revoked, reason: '另作他用' }, staff);
  // A day passes.
  await hub.database
    .admin`update cooperation.sharing_agreement set valid_until = current_date - 2 where id = ${of.expired}`;
});
afterAll(() => hub.stop());

/** What of an answer is from the fixture: nothing, where it is refused. */
const tells = (text: string) => [...marksIn(text)].map(({ table, variant }) => `${table}·${variant}`);
const get = async (path: string, agreement: string, by = agency) => {
  const response = await fetch(`${hub.url}${path}`, {
    headers: { authorization: `Bearer ${await by.token(agreement)}` },
  });
  return { status: response.status, text: await response.text() };
};
const extensionsOf = (text: string) => JSON.parse(text).errors?.[0]?.extensions;

/** Lists that are a file; places are everybody's. */
const lists = () => {
  const all = questions.filter(({ root, isList }) => isList && decisionOn(`Query.${root}`)?.dataset !== 'directory');
  return all.filter(({ root }, at) => all.findIndex((one) => one.root === root) === at);
};
const pathOf = ({ root }: Question) => `/export/${decisionOn(`Query.${root}`)?.dataset}?list=${root}&format=csv`;
const files = () => lists().map(pathOf);

test('all that may be shared is asked for', () => {
  const asked = new Set(questions.flatMap(({ fields }) => [...fields]));
  const shared = catalogFields.filter(
    ({ sharing, dataset }) => sharing !== 'NOT_SHARED' && !['sharing', 'catalogue'].includes(dataset),
  );
  // Answers of mutations alone have them.
  const ofMutations = /^UserError\./;
  expect(
    shared
      .map(({ type, field }) => `${type}.${field}`)
      .filter((where) => !asked.has(where) && !ofMutations.test(where)),
  ).toEqual([]);
});

describe.each([
  ['there', 'agency under an agreement'],
  ['elsewhere', 'agency elsewhere'],
] as const)('an agreement in force, %s', (name, actor: ActorName) => {
  test('shows the rows that it shares and no others, whole', async () => {
    const by = name === 'there' ? agency : neighbour;
    const found: string[] = [];
    for (const { root, type, query } of questions) {
      const { data, errors, text } = await by.ask(query, { agreement: of[name] });
      if (errors.length > 0) found.push(`${query} is answered with ${JSON.stringify(errors)}`);
      found.push(...disclosures(world, actor, text).map((row) => `${root} shows ${row}`));
      const list = data?.[root];
      if (list?.nodes) {
        found.push(...listViolations(world, { type, list: root, query, variables: {}, checks: [] }, actor, { list }));
      }
    }
    expect(found).toEqual([]);
  });

  test('fills files with them', async () => {
    const by = name === 'there' ? agency : neighbour;
    const found: string[] = [];
    let told = 0;
    for (const path of files()) {
      const { status, text } = await get(path, of[name], by);
      if (status !== 200) found.push(`${path} is answered with ${text}`);
      told += tells(text).length;
      found.push(...disclosures(world, actor, text).map((row) => `${path} shows ${row}`));
    }
    expect(found).toEqual([]);
    expect(told).toBeGreaterThan(0);
  });
});

describe.each(narrower)('a narrower one: %s', (name) => {
  const named = new Set(shared[name].flatMap(({ fields }) => fields));
  test('refuses a question with the list of what lies outside of it, and tells nothing', async () => {
    let refused = 0;
    for (const { query, fields } of questions) {
      const { data, errors, text } = await agency.ask(query, { agreement: of[name] });
      const outside = [...fields].flatMap((where) => [...(isOutside(where) ? [where] : []), ...choicesOutside(where)]);
      if (outside.length === 0) {
        expect(errors, query).toEqual([]);
        continue;
      }
      refused += 1;
      expect([data, errors.length, errors[0]?.extensions], query).toEqual([
        undefined,
        1,
        { code: 'OUTSIDE_AGREEMENT', fields: outside.sort() },
      ]);
      expect(tells(text), query).toEqual([]);
    }
    expect(refused).toBeGreaterThan(20);
  });

  /** Not named, or made of what isn't. */
  const isOutside = (where: string) => {
    const [type = '', field = ''] = where.split('.');
    const needsNoName = ['directory', 'values'].includes(decisionOn(where)?.dataset ?? '');
    return !(needsNoName || named.has(where)) || (classes.reads(type, field)?.some(isOutside) ?? false);
  };
  /** What chooses by it unless said: the order of a list, for one. */
  const choicesOutside = (where: string): string[] => {
    const [type = '', field = ''] = where.split('.');
    const { args = [] } = (graph.getType(type) as GraphQLObjectType).getFields()[field] ?? {};
    return args
      .filter((argument) => argument.defaultValue !== undefined || isRequiredArgument(argument))
      .flatMap((argument) => {
        const inner = getNamedType(argument.type);
        const place = `${field}(${argument.name}:)`;
        const read = classes.reads(type, place);
        if (read) return read.some(isOutside) ? [`${type}.${place}`] : [];
        return isEnumType(inner) &&
          argument.name !== 'scope' &&
          classes.reads(inner.name, String(argument.defaultValue))?.some(isOutside)
          ? [`${type}.${place.slice(0, -1)} ${argument.defaultValue})`]
          : [];
      });
  };

  test('fills files with its fields alone', async () => {
    for (const list of lists()) {
      const { status, text } = await get(pathOf(list), of[name]);
      if (isOutside(`Query.${list.root}`)) continue;
      expect(status, text).toBe(200);
      const header = (text.split('\r\n')[0] ?? '').replace('\uFEFF', '').split(',');
      const columns = header
        .filter((column) => column !== 'cursor')
        .map((column) => `${list.type}.${column.split('.')[0]}`);
      expect(columns.filter(isOutside), list.root).toEqual([]);
    }
  });
});

describe('one of a single dataset', () => {
  test('gives no file of another, and no changes but of its own types', async () => {
    for (const path of files().filter((one) => !one.includes(`/${single}?`))) {
      const { status, text } = await get(path, of.single);
      const { code, fields } = extensionsOf(text);
      const root = new URL(path, hub.url).searchParams.get('list');
      expect([status, code], path).toEqual([403, 'OUTSIDE_AGREEMENT']);
      expect(fields, path).toContain(`Query.${root}`);
      expect(tells(text)).toEqual([]);
    }
    let told = 0;
    for (const type of types()) {
      const { status, text } = await get(`/changes?wait=0&types=${type}`, of.single);
      const found = decisionOn(`${type}.id`);
      const isShared = found?.dataset === single && found.sharing !== 'NOT_SHARED';
      told += Number(isShared);
      if (isShared) expect(status, type).toBe(200);
      else
        expect([status, extensionsOf(text)], type).toEqual([
          403,
          { code: 'OUTSIDE_AGREEMENT', fields: [`${type}.id`] },
        ]);
    }
    expect(told).toBeGreaterThan(0);
  });
});

test.each(ended)(
  'one that is %s is refused whatever is asked, by whichever door, and each attempt stands in the log',
  async (name) => {
    const over = { code: 'AGREEMENT_NOT_IN_FORCE' };
    for (const { query } of questions) {
      const { data, errors, text } = await agency.ask(query, { agreement: of[name] });
      expect([data, errors.length, errors[0]?.extensions], query).toEqual([undefined, 1, over]);
      expect(tells(text)).toEqual([]);
    }
    const doors = [...files(), '/changes?wait=0', ...types().map((type) => `/changes?wait=0&types=${type}`)];
    for (const path of doors) {
      const { status, text } = await get(path, of[name]);
      expect([status, extensionsOf(text)], path).toEqual([403, over]);
      expect(tells(text)).toEqual([]);
    }
    // What was counted is entered when a gateway stops.
    await hub.restart();
    const entries = await hub.database.admin`
    select outcome, reason, sum(times)::integer as times from cooperation.access_entry where agreement = ${of[name]} group by outcome, reason`;
    expect(entries).toEqual([{ outcome: 'REFUSED', reason: over.code, times: questions.length + doors.length }]);
  },
);

const types = () => [...new Set(subgraphs.flatMap(({ records }) => records.map(({ type }) => type)))];
