/**
 * No list, total or lookup may cost more because the nation is large. Each statement is explained as the subgraph's own
 * * role under an actor's scope and with the planner's usual settings, on data of some size.
 */
import { type Actor, subjectOf } from '@hub/access';
import { createTestDatabase, everyone, member, staff, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillNation, rareWord } from '../../scripts/bench/nation.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type Explained, type ExplainedSubgraph, explainedSubgraph, sketch } from './explained.ts';

/** A quarter of the nation or so: reading a table of these whole stands out a hundred times over. */
const scale = {
  members: 60_000,
  consultations: 20_000,
  workstations: 10_000,
  cooperations: 3_000,
  activities: 10_000,
  requests: 10_000,
  programmes: 4_000,
  livelihoodItems: 6_000,
  submissions: 60_000,
  discussionTopics: 60_000,
  problems: 40_000,
};
const actors: readonly Actor[] = [everyone, staff('330000')];
/** One committee, a county, a city, a province and the nation. */
const places = {
  own: ['330100', 'OWN'],
  county: ['330110', 'SUBTREE'],
  city: ['330100', 'SUBTREE'],
  province: ['330000', 'SUBTREE'],
  nation: ['000000', 'SUBTREE'],
} as const;
type Place = keyof typeof places;
const everywhere = Object.keys(places) as readonly Place[];

let database: TestDatabase;
const opened = new Map<string, ExplainedSubgraph>();
const ofName = (name: string): ExplainedSubgraph => {
  const found = opened.get(name);
  if (!found) throw new Error(`no subgraph ${name}`);
  return found;
};

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await fillNation(
    database.url,
    subgraphs.map(({ schema }) => schema),
    scale,
  );
  for (const definition of subgraphs) opened.set(definition.name, await explainedSubgraph(definition, database.url));
});
afterAll(async () => {
  for (const subgraph of opened.values()) await subgraph.stop();
  await database?.drop();
});

/** Counters are bounded by committees and kinds, however many records they count. */
const bounded = new Set(['counter']);

function expectCheap(seen: readonly Explained[], limit: { rows: number; pages: number }): void {
  expect(seen.length).toBeGreaterThan(0);
  for (const { text, readWhole, rowsRead, pages, tree } of seen) {
    const cheap = readWhole.every((table) => bounded.has(table)) && rowsRead <= limit.rows && pages <= limit.pages;
    expect(
      cheap,
      `${rowsRead} rows of at most ${limit.rows}, ${pages} pages of at most ${limit.pages}\n${sketch(tree)}\n${text}`,
    ).toBe(true);
  }
}

const ofCommittee = (field: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Committee { ${field} } } }`;
const committee = (code: string) => ({ r: [{ __typename: 'Committee', code }] });

/** A list field of a committee, its orders, and its filters with the places where a page by them has to be cheap. */
interface ListField {
  readonly subgraph: string;
  readonly field: string;
  /** True for a list that is asked for at the root and not of a committee. */
  readonly atRoot?: boolean;
  readonly orders: readonly string[];
  readonly filters?: Readonly<Record<string, readonly Place[]>>;
  /** Filters whose totals come from counters too. */
  readonly counted?: readonly string[];
}
const belowNation: readonly Place[] = ['own', 'county', 'city', 'province'];
const text = `text: "${rareWord}"`;
const month = 'from: "2024-05-01", until: "2024-05-31"';
const fields: readonly ListField[] = [
  {
    subgraph: 'members',
    field: 'members',
    orders: ['NAME_ASC', 'NAME_DESC', 'MODIFIED_DESC'],
    filters: {
      [text]: everywhere,
      'level: COUNTY': everywhere,
      'current: true': everywhere,
      'current: false': everywhere,
      'on: "2023-01-01"': everywhere,
    },
    counted: ['level: COUNTY'],
  },
  {
    subgraph: 'consultations',
    field: 'consultations',
    orders: ['HELD_DESC', 'HELD_ASC', 'TITLE_ASC', 'MODIFIED_DESC'],
    filters: {
      [text]: everywhere,
      [month]: belowNation,
      'kinds: [PLENARY]': everywhere,
      'statuses: [PLANNED]': everywhere,
      'joint: true': belowNation,
      'level: CITY': everywhere,
    },
    counted: ['kinds: [PLENARY]', 'statuses: [PLANNED]'],
  },
  {
    subgraph: 'consultations',
    field: 'annualPlans',
    atRoot: true,
    orders: ['YEAR_DESC', 'YEAR_ASC', 'MODIFIED_DESC'],
    filters: { 'year: 2024': everywhere, 'statuses: [DRAFT]': everywhere },
    counted: ['statuses: [DRAFT]'],
  },
  {
    subgraph: 'cooperation',
    field: 'cooperations',
    orders: ['STARTED_DESC', 'TITLE_ASC', 'MODIFIED_DESC'],
    filters: { [text]: belowNation, 'kinds: [STUDY_VISIT]': everywhere, 'statuses: [ACTIVE]': everywhere },
    counted: ['kinds: [STUDY_VISIT]'],
  },
  {
    subgraph: 'workstations',
    field: 'workstations',
    orders: ['NAME_ASC', 'OPENED_DESC', 'MODIFIED_DESC'],
    filters: { [text]: everywhere, 'kinds: [SECTOR_STUDIO]': everywhere, 'statuses: [DELISTED]': everywhere },
    counted: ['kinds: [SECTOR_STUDIO]', 'statuses: [DELISTED]'],
  },
  {
    subgraph: 'workstations',
    field: 'activities',
    orders: ['HELD_DESC', 'HELD_ASC', 'MODIFIED_DESC'],
    filters: { [text]: everywhere, [month]: belowNation, 'kinds: [LECTURE]': everywhere },
    counted: ['kinds: [LECTURE]'],
  },
  {
    subgraph: 'workstations',
    field: 'serviceRequests',
    orders: ['REQUESTED_DESC', 'MODIFIED_DESC'],
    filters: { [text]: everywhere, 'kinds: [WISH]': everywhere, 'statuses: [OPEN]': everywhere },
    counted: ['kinds: [WISH]'],
  },
  {
    subgraph: 'workstations',
    field: 'programmes',
    orders: ['NAME_ASC', 'STARTED_DESC', 'MODIFIED_DESC'],
    filters: { [text]: everywhere },
  },
  {
    subgraph: 'workstations',
    field: 'livelihoodItems',
    atRoot: true,
    orders: ['YEAR_DESC', 'TITLE_ASC', 'MODIFIED_DESC'],
    filters: { [text]: everywhere, 'statuses: [PROPOSED]': everywhere },
    counted: ['statuses: [PROPOSED]'],
  },
];

describe.each(fields)('$field', ({ subgraph, field, atRoot, orders, filters = {}, counted = [] }) => {
  const explain = async (place: Place, asked: string, selection: string, as: Actor) => {
    const [code, scope] = places[place];
    const query = atRoot
      ? `query { ${field}(within: "${code}", ${asked}) { ${selection} } }`
      : ofCommittee(`${field}(scope: ${scope}, ${asked}) { ${selection} }`);
    return (await ofName(subgraph).explain(query, as, committee(code))).seen;
  };

  test.each(everywhere)('a page of %s in any order', async (place) => {
    for (const order of orders)
      for (const as of actors)
        expectCheap(await explain(place, `first: 10, orderBy: ${order}`, 'nodes { id }', as), {
          rows: 700,
          pages: 800,
        });
  });

  test.each(everywhere)('its total for %s', async (place) => {
    // Counters of the nation are read one and all; of what is counted one by one there is little.
    const limit = place === 'nation' ? { rows: 30_000, pages: 1_500 } : { rows: 1_500, pages: 1_500 };
    for (const as of actors) {
      expectCheap(await explain(place, 'first: 1', 'totalCount', as), limit);
      for (const filter of counted)
        expectCheap(await explain(place, `first: 1, filter: { ${filter} }`, 'totalCount', as), limit);
    }
  });

  test.each(Object.entries(filters).flatMap(([filter, where]) => where.map((place) => [filter, place] as const)))(
    'a page by %s of %s',
    async (filter, place) => {
      for (const as of actors)
        expectCheap(await explain(place, `first: 10, filter: { ${filter} }`, 'nodes { id }', as), {
          rows: 1_500,
          pages: 1_500,
        });
    },
  );
});

describe('the second page', () => {
  test.each(everywhere)('of members of %s goes on where the first ended', async (place) => {
    const [code, scope] = places[place];
    const page = (after: string) =>
      ofCommittee(`members(scope: ${scope}, first: 10${after}) { nodes { id } pageInfo { endCursor } }`);
    const { data } = await ofName('members').explain(page(''), everyone, committee(code));
    const { endCursor } = data._entities[0].members.pageInfo;
    const { seen } = await ofName('members').explain(page(`, after: "${endCursor}"`), everyone, committee(code));
    expectCheap(seen, { rows: 700, pages: 800 });
  });
});

describe('lists of what hangs on a record', () => {
  test('suggestions and outcomes in order, of the nation, a province and a city', async () => {
    for (const field of ['suggestions', 'consultationOutcomes'])
      for (const within of ['000000', '330000', '330100'])
        for (const as of actors) {
          const query = `query { ${field}(within: "${within}", first: 10) { nodes { id } } }`;
          expectCheap((await ofName('consultations').explain(query, as)).seen, { rows: 1_500, pages: 2_000 });
        }
  });

  test('planned against held of the plans on a page', async () => {
    const query = `query { annualPlans(within: "330000", first: 20) { nodes {
      progress { held { count } openItems { id } } items { fromTopics { id } fromSubmissions { id } events { step } } topics(first: 5) { totalCount nodes { id } }
    } } }`;
    for (const as of actors)
      expectCheap((await ofName('consultations').explain(query, as)).seen, { rows: 1_000, pages: 1_500 });
  });

  test.each(everywhere)('a page of the consultations of a sector, of %s', async (place) => {
    const [code] = places[place];
    const [busiest] = await database.admin.unsafe<{ organization: string }[]>(
      'select organization from consultations.consultation_organization group by 1 order by count(*) desc, 1 limit 1',
    );
    const query = `query { consultations(within: "${code}", first: 10, filter: { organization: "${busiest?.organization}" }) { nodes { id } } }`;
    for (const as of actors)
      expectCheap((await ofName('consultations').explain(query, as)).seen, { rows: 1_500, pages: 1_500 });
  });

  test('suggestions in a state, of the nation, a province and a city', async () => {
    for (const within of ['000000', '330000', '330100'])
      for (const as of actors) {
        const query = `query { suggestions(within: "${within}", first: 10, filter: { statuses: [RECORDED] }) { nodes { id } } }`;
        expectCheap((await ofName('consultations').explain(query, as)).seen, { rows: 1_500, pages: 2_000 });
      }
  });

  test.each(['000000', '330000', '330100'])('instructions by level and side, of the committees in %s', async (code) => {
    const query = ofCommittee('instructionSummary(year: 2024) { total { value } byLevelAndSide { count } }');
    for (const as of actors)
      expectCheap((await ofName('consultations').explain(query, as, committee(code))).seen, {
        rows: 6_000,
        pages: 6_000,
      });
  });

  test('everything of the consultations on a page', async () => {
    const query = ofCommittee(`consultations(scope: SUBTREE, first: 20) { nodes {
      hosts { role } participants(first: 5) { totalCount nodes { role } } parts { title } organization { id }
      agenda { title decisions { title } } decisions { title } events { step } onlineMeeting { link }
      suggestions(first: 5) { totalCount nodes { id adoptions { status } } } outcomes { id suggestions { id } } readings { text suggestion { id } } readingSeries { indicator } minutesDue
      followUp { status dispatches { to } visits { note } evaluations { body } } evaluation { members }
    } }`);
    for (const as of actors)
      expectCheap((await ofName('consultations').explain(query, as, committee('330000'))).seen, {
        rows: 1_000,
        pages: 1_500,
      });
  });

  test('everything of the members on a page', async () => {
    const query = ofCommittee(
      `members(scope: SUBTREE, first: 20, filter: { current: true }) { nodes {
        sector { name } posts { title } person { name } current memberships { term { ordinal } reason events { step } } organizations { role } tagWall { tag }
        contactsUp { depth organization { name } } contactsDown { depth }
      } }`,
    );
    for (const as of actors)
      expectCheap((await ofName('members').explain(query, as, committee('330000'))).seen, { rows: 500, pages: 500 });
  });
});

describe('what committees plan with one another', () => {
  const codes = ['330110', '330100', '330000', '000000'];

  test.each(codes)('the calendar of %s for a month', async (code) => {
    const query = ofCommittee(
      'calendar(from: "2024-05-01", until: "2024-05-31", first: 50) { totalCount nodes { title consultation { id } part { id } events { step } } }',
    );
    for (const as of [...actors, staff(code)])
      expectCheap((await ofName('consultations').explain(query, as, committee(code))).seen, { rows: 700, pages: 700 });
  });

  test('when a hundred committees are free or busy, of all the calendars of the nation', async () => {
    const { data } = await ofName('members').explain(
      '{ committees(within: "330000", first: 100) { nodes { code } } }',
      everyone,
    );
    const some = data.committees.nodes.map((node: { code: string }) => node.code) as string[];
    expect(some.length).toBeGreaterThan(90);
    const queries = [
      'query ($committees: [ID!]!) { freeBusy(committees: $committees, from: "2024-05-01T00:00:00Z", until: "2024-05-31T00:00:00Z") { busy { starts } } }',
      'query ($committees: [ID!]!) { commonFreeSlots(committees: $committees, from: "2024-05-01", until: "2024-05-31", durationMinutes: 60, gapMinutes: 30) { slots { starts } } }',
    ];
    for (const query of queries)
      expectCheap((await ofName('consultations').explain(query, staff('330000'), { committees: some })).seen, {
        rows: 1_000,
        pages: 1_500,
      });
  });

  test('the joint plans of a committee, with everything of each', async () => {
    const [one] = await database.admin.unsafe<{ code: string }[]>(
      'select owner as code from consultations.joint_plan_party group by owner order by count(*) desc, owner limit 1',
    );
    const code = one?.code ?? '';
    const query =
      ofCommittee(`jointPlans(first: 20) { totalCount nodes { title proposal { changes { field } slots { starts suitsAll free } }
      parties { status quota workstation { id } events { step } } nominees { name member { id } } consultation { id hosts { role } } cooperation { id } events { step } } }`);
    const { seen, data } = await ofName('consultations').explain(query, staff(code), committee(code));
    expect(data._entities[0].jointPlans.nodes.length).toBeGreaterThan(1);
    expectCheap(seen, { rows: 700, pages: 1_000 });
    for (const filter of ['statuses: [CONFIRMED]', 'answers: [NEEDS_ACTION]']) {
      const filtered = ofCommittee(`jointPlans(${filter}, first: 20) { totalCount nodes { id } }`);
      expectCheap((await ofName('consultations').explain(filtered, staff(code), committee(code))).seen, {
        rows: 300,
        pages: 300,
      });
    }
  });
});

describe('what people of a committee work on', () => {
  const codes = ['330110', '330000', '000000'];
  const authorIn = async (code: string): Promise<Actor> => {
    const [row] = await database.admin.unsafe<{ author: string }[]>(
      `select author from consultations.discussion_topic where owner = '${code}' group by author order by count(*) desc, author limit 1`,
    );
    if (!row) throw new Error(`${code} has no topic`);
    return member(row.author, code);
  };

  test.each(codes)('topics that members of %s discuss, in any order and by any filter', async (code) => {
    for (const as of [staff(code), await authorIn(code)])
      for (const order of ['MODIFIED_DESC', 'CREATED_DESC'])
        for (const filter of ['', ', filter: { statuses: [TAKEN] }', `, filter: { ${text} }`]) {
          const query = ofCommittee(
            `discussionTopics(first: 10, orderBy: ${order}${filter}) { nodes { id supports draft { version } } }`,
          );
          expectCheap((await ofName('consultations').explain(query, as, committee(code))).seen, {
            rows: 1_500,
            pages: 1_500,
          });
        }
  });

  test.each(codes)('what waits for staff of %s among cooperations, and their visits', async (code) => {
    const as = staff(code);
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Me { cooperationTasks { title step { step } } } } }`;
    const { seen, data } = await ofName('cooperation').explain(query, as, {
      r: [{ __typename: 'Me', id: subjectOf(as) }],
    });
    expect(data._entities[0].cooperationTasks.length).toBeGreaterThan(0);
    expectCheap(seen, { rows: 700, pages: 800 });
    const visits = ofCommittee('visits(first: 10) { totalCount nodes { id } }');
    expectCheap((await ofName('cooperation').explain(visits, as, committee(code))).seen, { rows: 700, pages: 800 });
  });

  test.each(codes)('what waits for staff and members of %s, and what became of their work', async (code) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Me {
      consultationTasks { title step { due } } consultationNews { title event { step } }
    } } }`;
    for (const as of [staff(code), await authorIn(code)]) {
      const { seen, data } = await ofName('consultations').explain(query, as, {
        r: [{ __typename: 'Me', id: subjectOf(as) }],
      });
      expect(data._entities[0].consultationTasks.length > 0).toBe(as.kind === 'STAFF');
      expectCheap(seen, { rows: 700, pages: 800 });
    }
  });
});

describe('linked actions', () => {
  const actionOf = async (code: string): Promise<string> => {
    const [row] = await database.admin.unsafe<{ id: string }[]>(
      `select id from consultations.linked_action where owner = '${code}' and status = 'OPEN'`,
    );
    if (!row) throw new Error(`${code} has no action`);
    return row.id;
  };
  /** What a tree holds bounds what its roll-up reads: committees below, and what they found in it. */
  const trees = [
    ['a city', '330100', { rows: 3_000, pages: 4_000 }],
    ['a province', '330000', { rows: 8_000, pages: 10_000 }],
    ['the nation', '000000', { rows: 90_000, pages: 120_000 }],
  ] as const;

  test.each(trees)('are rolled up over the tree of %s', async (_, code, limit) => {
    const id = await actionOf(code);
    const query = `query { linkedAction(id: "${id}") { progress { invited late } problemProgress { found overdue } } }`;
    const { seen, data } = await ofName('consultations').explain(query, staff(code));
    expect(data.linkedAction.progress.invited).toBeGreaterThan(10);
    expect(data.linkedAction.problemProgress.found).toBeGreaterThan(0);
    expectCheap(seen, limit);
  });

  test.each(trees)('show who has done what, by any filter, in the tree of %s', async (_, code, limit) => {
    const id = await actionOf(code);
    for (const filter of ['', ', filter: { answers: [SILENT] }', ', filter: { late: true, levels: [COUNTY] }'])
      for (const scope of ['OWN', 'SUBTREE']) {
        const query = `query { linkedAction(id: "${id}") { invitations(scope: ${scope}, first: 10${filter}) { totalCount nodes { answer part { status } } } } }`;
        expectCheap((await ofName('consultations').explain(query, staff(code))).seen, limit);
      }
    const query = `query { linkedAction(id: "${id}") { problems(scope: SUBTREE, first: 10, filter: { stage: REFERRED }) { nodes { holder { code } referrals { hop } } } } }`;
    expectCheap((await ofName('consultations').explain(query, staff(code))).seen, limit);
  });

  test.each(everywhere)('that the committees of %s began, in any order and by any filter', async (place) => {
    const [code, scope] = places[place];
    const limit = { rows: 1_500, pages: 1_500 };
    for (const order of ['MODIFIED_DESC', 'HAND_IN_BY_ASC'])
      for (const filter of ['', ', filter: { kinds: [SUPERVISION] }', `, filter: { ${text} }`])
        for (const as of [staff('000000'), staff('330000')]) {
          const query = ofCommittee(
            `linkedActions(scope: ${scope}, first: 10, orderBy: ${order}${filter}) { nodes { id } }`,
          );
          expectCheap((await ofName('consultations').explain(query, as, committee(code))).seen, limit);
        }
    // Joint ones are counted one by one, which for the nation is a walk over all of them.
    if (place === 'nation') return;
    const total = ofCommittee(`linkedActions(scope: ${scope}) { totalCount }`);
    for (const as of actors)
      expectCheap((await ofName('consultations').explain(total, as, committee(code))).seen, limit);
  });

  test.each(everywhere)('problems that the committees of %s found, in any order and by any filter', async (place) => {
    const [code, scope] = places[place];
    for (const order of ['FOUND_DESC', 'MODIFIED_DESC'])
      for (const filter of ['', ', filter: { statuses: [FOUND] }', `, filter: { ${text} }`])
        for (const as of [staff('000000'), staff('330000')]) {
          const query = ofCommittee(
            `problems(scope: ${scope}, first: 10, orderBy: ${order}${filter}) { nodes { id } }`,
          );
          expectCheap((await ofName('consultations').explain(query, as, committee(code))).seen, {
            rows: 3_000,
            pages: 3_000,
          });
        }
  });

  test.each(['330110', '330100', '330000'])('invitations and referrals that reached %s', async (code) => {
    const query = ofCommittee(`linkedInvitations(first: 10, filter: { answers: [SILENT] }) { totalCount nodes { late } }
      referrals(first: 10, filter: { waiting: true }) { totalCount nodes { holder { code } } }`);
    expectCheap((await ofName('consultations').explain(query, staff(code), committee(code))).seen, {
      rows: 700,
      pages: 800,
    });
  });
});

describe('lookups of entities', () => {
  const kinds = [
    ['members', 'Member', 'members.member', 'name person { name } committee { code } dutyReport(year: 2024) { year }'],
    ['members', 'Person', 'members.person', 'name members { id } posts { title }'],
    ['members', 'Organization', 'members.organization', 'name organizationMembers { role } convenors { name }'],
    ['members', 'Organization', 'members.organization', 'members(first: 5) { totalCount nodes { id } }'],
    ['members', 'Organization', 'members.organization', 'contactsDown { depth member { name } }'],
    [
      'consultations',
      'Consultation',
      'consultations.consultation',
      'title cooperation { id } follows { id } followedBy { id }',
    ],
    [
      'consultations',
      'Suggestion',
      'consultations.suggestion',
      'text consultation { title } authors { member { id } } events { step } outcomes { title } readings { text }',
    ],
    ['consultations', 'Member', 'members.member', 'suggestions(first: 5) { totalCount nodes { id } }'],
    ['consultations', 'Member', 'members.member', 'consultations(first: 5) { totalCount nodes { id } }'],
    ['consultations', 'Organization', 'members.organization', 'consultations(first: 5) { totalCount nodes { id } }'],
    ['consultations', 'Cooperation', 'cooperation.cooperation', 'consultations(first: 5) { totalCount nodes { id } }'],
    [
      'cooperation',
      'Cooperation',
      'cooperation.cooperation',
      'title partners { role } milestones { title } agreements { title }',
    ],
    [
      'cooperation',
      'Cooperation',
      'cooperation.cooperation',
      `events { step } nextMilestone { title } partners(statuses: null) { events { step } organizations { name } }
       milestones { events { step } people { role } } visits { people { role } findings { text events { step } } }
       agreements { events { step } files { kind file { name } } supersededBy { id } }
       outcomes { adoptedByAll adoptions { body } } aid { form }`,
    ],
    ['cooperation', 'Organization', 'members.organization', 'cooperations(first: 5) { totalCount nodes { id } }'],
    [
      'workstations',
      'Workstation',
      'workstations.workstation',
      'name staffing { role } activities(first: 5) { totalCount nodes { id } }',
    ],
    ['workstations', 'Member', 'members.member', 'workstations(first: 5) { nodes { id } }'],
  ] as const;
  test.each(kinds)('%s: %s', async (subgraph, type, table, selection) => {
    const ids = await database.admin.unsafe<{ id: string }[]>(
      `select id from ${table} where visibility = 'PUBLIC' order by id limit 20`,
    );
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`;
    const variables = { r: ids.map(({ id }) => ({ __typename: type, id })) };
    for (const as of actors)
      expectCheap((await ofName(subgraph).explain(query, as, variables)).seen, { rows: 600, pages: 900 });
  });
});

test.each([
  ['members', 'memberSummary(scope: SUBTREE) { counted }'],
  ['consultations', 'consultationSummary(scope: SUBTREE) { total { value } byKind { count } byStatus { count } }'],
  ['cooperation', 'cooperationSummary(scope: SUBTREE) { total { value } byKind { count } }'],
  ['workstations', 'workstationSummary(scope: SUBTREE) { total { value } byKind { count } byStatus { count } }'],
])('summaries of %s for a province', async (subgraph, field) => {
  for (const as of actors)
    expectCheap((await ofName(subgraph).explain(ofCommittee(field), as, committee('330000'))).seen, {
      rows: 1_500,
      pages: 1_500,
    });
});

test('the made-up data have the counters and the search index that triggers would have kept', async () => {
  for (const { name, schema } of subgraphs) {
    for (const table of Object.keys(schema.upkeep.searched)) {
      const entries = () =>
        database.admin.unsafe(
          `select xmin::text, id from ${name}.search_entry where type = '${table}' order by id limit 50`,
        );
      const before = await entries();
      await database.admin.unsafe(
        `update ${name}."${table}" set source = 'seen again' where id in (select id from ${name}.search_entry where type = '${table}' order by id limit 50)`,
      );
      // A trigger that finds the entry as it would write it leaves it alone.
      expect(await entries()).toEqual(before);
    }
    const [negative] = await database.admin.unsafe(`select count(*)::int as n from ${name}.counter where total < 1`);
    expect(negative?.['n']).toBe(0);
  }
});
