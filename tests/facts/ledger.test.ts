import { readFileSync } from 'node:fs';
import { type Facts, type LedgerLine, readFacts, readLedger, recordId } from '@hub/facts';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { wholeOf } from './selection.ts';

const facts = readFacts();
// What facts fill was there from the first release; all that the committees' work has added since would make the questions too large.
const schema = buildSchema(readFileSync(new URL('../../gateway/schema.released.graphql', import.meta.url), 'utf8'));
const ledgers = ['S0', 'S1', 'S2', 'S3', 'S3-qiantang', 'S4'] as const;

type Row = Record<string, unknown> & { key: string };
const rowsOf = (list: keyof Facts): readonly Row[] =>
  (list === 'waiting' ? [...facts.waiting.proposals, ...facts.waiting.honours] : facts[list]) as never;

/** Every key there is, by the id that the graph gives it. */
const keys = new Map<string, string>();
const note = (value: unknown): void => {
  if (Array.isArray(value)) for (const item of value) note(item);
  else if (value && typeof value === 'object')
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'key' && typeof inner === 'string') keys.set(recordId(inner), inner);
      else note(inner);
    }
};
note(facts);

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
const byId = (root: string, type: string) => {
  const query = `query ($id: ID!) { found: ${root}(id: $id) ${wholeOf(schema, type)} }`;
  return ({ key }: Row): Question => ({ query, variables: { id: recordId(key) } });
};
const ofCommittee = (selection: string) => {
  const query = `query ($code: ID!) { found: committee(code: $code) { ${selection} } }`;
  return ({ committee }: Row): Question => ({ query, variables: { code: committee } });
};

/** How the graph is asked for a record of each list. */
const questions: Readonly<Record<Exclude<keyof Facts, 'waiting'>, (row: Row) => Question>> = {
  people: byId('person', 'Person'),
  organizations: byId('organization', 'Organization'),
  members: byId('member', 'Member'),
  posts: ofCommittee(`posts ${wholeOf(schema, 'Post')}`),
  terms: ofCommittee(`terms ${wholeOf(schema, 'LegislativeTerm')}`),
  sessions: ofCommittee(`terms { sessions ${wholeOf(schema, 'LegislativeSession')} }`),
  committeeFigures: ofCommittee(`figures ${wholeOf(schema, 'CommitteeFigure')}`),
  dutyReports: ({ member, year }) => ({
    query: `query ($id: ID!, $year: Int!) { found: member(id: $id) { dutyReport(year: $year) ${wholeOf(schema, 'DutyReport')} } }`,
    variables: { id: recordId(String(member)), year },
  }),
  consultations: byId('consultation', 'Consultation'),
  plans: ofCommittee(`plans ${wholeOf(schema, 'AnnualPlan')}`),
  workstations: byId('workstation', 'Workstation'),
  programmes: byId('programme', 'Programme'),
  activities: byId('activity', 'Activity'),
  serviceRequests: byId('serviceRequest', 'ServiceRequest'),
  cooperations: byId('cooperation', 'Cooperation'),
};
const regionQuestion = (code: string): Question => ({
  query: 'query ($code: ID!) { found: region(code: $code) { code name } }',
  variables: { code },
});

/** The record that holds a key, whether it is one itself or a part of one. */
function holder(key: string): { list: keyof Facts; row: Row } | undefined {
  for (const list of [...Object.keys(questions), 'waiting'] as (keyof Facts)[]) {
    const row = rowsOf(list).find(
      (candidate) => candidate.key === key || JSON.stringify(candidate).includes(`"key":"${key}"`),
    );
    if (row) return { list, row };
  }
  return undefined;
}

const keyOf = (value: unknown): unknown => {
  const { id, code } = (value ?? {}) as { id?: string; code?: string };
  return id !== undefined ? (keys.get(id) ?? id) : code;
};

/** The part of an answer that has a record's id, wherever it stands. */
function partWith(value: unknown, id: string): unknown {
  if (Array.isArray(value)) return value.map((item) => partWith(item, id)).find((item) => item !== undefined);
  if (!value || typeof value !== 'object') return undefined;
  if ((value as { id?: string }).id === id && Object.keys(value).length > 1) return value;
  return Object.values(value)
    .map((item) => partWith(item, id))
    .find((item) => item !== undefined);
}

const names = ['label', 'title', 'bodyName', 'form', 'kind', 'localKind', 'name', 'text'];

/** Follows a ledger's path: names, and in brackets what names an item of a list. */
function follow(start: unknown, path: string): unknown {
  let at: unknown = start;
  for (const [, name, selector] of path.matchAll(/([A-Za-z]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) at = (at as Record<string, unknown> | null | undefined)?.[name];
    else {
      const list = (Array.isArray(at) ? at : ((at as { nodes?: unknown[] } | null)?.nodes ?? [])) as unknown[];
      at =
        /^\d+$/.test(selector ?? '') && Number(selector) < 100
          ? list[Number(selector)]
          : list.find((item) => isNamed(item, selector ?? ''));
    }
  }
  // A date of the graph, a reference to a record or a code: as the data file writes it.
  return at && typeof at === 'object' ? keyOf(at) : at;
}

function isNamed(item: unknown, selector: string): boolean {
  if (item === selector || keyOf(item) === selector) return true;
  if (!item || typeof item !== 'object') return false;
  const fields = item as Record<string, unknown>;
  return (
    names.some((name) => fields[name] === selector) ||
    ['committee', 'member', 'person', 'organization'].some((name) => keyOf(fields[name]) === selector)
  );
}

let hub: Hub;
const answers = new Map<string, Promise<unknown>>();
beforeAll(async () => {
  hub = await startHub('in process');
});
afterAll(() => hub.stop());

function answer({ query, variables }: Question, token?: string): Promise<unknown> {
  const name = JSON.stringify([query, variables]);
  let known = answers.get(name);
  if (!known) {
    known = hub.ask(query, { variables, ...(token && { token }) }).then(({ data, errors, text }) => {
      if (errors.length > 0) throw new Error(text);
      return data.found;
    });
    answers.set(name, known);
  }
  return known;
}

async function fault(line: Exclude<LedgerLine, { left: string }>): Promise<string | undefined> {
  if ('waits' in line) {
    const found = holder(line.waits);
    const value = found && follow(found.row, line.path);
    return value === line.expect
      ? undefined
      : `${line.given}: waiting ${line.waits} ${line.path} is ${JSON.stringify(value)}`;
  }
  let start: unknown;
  if (/^\d+$/.test(line.record)) start = await answer(regionQuestion(line.record));
  else {
    const found = holder(line.record);
    if (!found || found.list === 'waiting') return `${line.given}: no record ${line.record}`;
    // A duty report is its member's and the staff's.
    const token = found.list === 'dutyReports' ? await hub.staff('330110') : undefined;
    const whole = await answer(questions[found.list](found.row), token);
    start =
      found.list === 'dutyReports'
        ? { member: { id: recordId(String(found.row['member'])) }, ...(whole as { dutyReport: object }).dutyReport }
        : partWith(whole, recordId(line.record));
  }
  const value = follow(start, line.path);
  return value === line.expect
    ? undefined
    : `${line.given}: ${line.record} ${line.path} is ${JSON.stringify(value)} and not ${JSON.stringify(line.expect)}`;
}

test.each(ledgers)(
  'the graph gives every figure, date and name that the ledger of %s says it holds',
  async (document) => {
    const lines = readLedger(document).filter((line) => !('left' in line));
    const faults: (string | undefined)[] = [];
    for (const line of lines) faults.push(await fault(line as never));
    expect(faults.filter(Boolean)).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
  },
  120_000,
);

test('a line that the graph does not bear out is told', async () => {
  const [line] = readLedger('S4').filter(
    (candidate) => 'record' in candidate && candidate.path === 'milestones[上饶市政协到松江学习考察].date.start',
  );
  expect(line).toBeDefined();
  expect(await fault(line as never)).toBeUndefined();
  expect(await fault({ ...line, expect: '2023-03-02' } as never)).toMatch(/is "2023-03-01" and not "2023-03-02"/);
});
