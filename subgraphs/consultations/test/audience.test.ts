import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { build, statement } from '@hub/database';
import { recordId } from '@hub/facts';
import { agency, everyone, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consultation, cooperationLink, suggestionAuthor } from '../src/tables.ts';
import { consultationRows, participantRows, partRow, platformRows } from './records.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(consultations, 'facts');
});
afterAll(() => subgraph.stop());

/** Every way to a consultation, each of which either all show it or none do. Asked of a county that has no other. */
async function waysTo(key: string, county: string, as: Actor) {
  const id = recordId(key);
  const { data, errors } = await subgraph.ask(
    `{ consultation(id: "${id}") { title }
      list: consultations(within: "${county}", first: 100) { totalCount nodes { id } }
      suggestion(id: "${recordId(`${key}/suggestion`)}") { text }
      suggestions(within: "${county}") { totalCount }
      consultationOutcome(id: "${recordId(`${key}/outcome`)}") { title }
      consultationOutcomes(within: "${county}") { totalCount }
      found: consultations(within: "${county}", filter: { text: "${key}" }) { totalCount }
      _entities(representations: [
        { __typename: "Consultation", id: "${id}" }
        { __typename: "Suggestion", id: "${recordId(`${key}/suggestion`)}" }
        { __typename: "ConsultationOutcome", id: "${recordId(`${key}/outcome`)}" }
        { __typename: "Committee", code: "${county}" }
      ]) { __typename ... on Committee { consultationSummary { total { value } byKind { count } } consultations { totalCount } } } }`,
    { as },
  );
  expect(errors).toEqual([]);
  const [consultation, suggestion, outcome, committee] = data._entities;
  return [
    data.consultation !== null,
    data.list.totalCount === 1 && data.list.nodes.length === 1,
    data.suggestion !== null,
    data.suggestions.totalCount === 1,
    data.consultationOutcome !== null,
    data.consultationOutcomes.totalCount === 1,
    data.found.totalCount === 1,
    consultation !== null,
    suggestion !== null,
    outcome !== null,
    committee.consultationSummary.total.value === 1 && committee.consultationSummary.byKind.length === 1,
    committee.consultations.totalCount === 1,
  ];
}

const subject = member('test/member-subject', '420100');
const actors: Readonly<Record<string, Actor>> = {
  everyone,
  'staff of the owner': staff('420102'),
  'a member of the owner': member('test/member', '420102'),
  'staff of the city above': staff('420100'),
  'staff of the province above': staff('420000'),
  'staff of the party to it': staff('430102'),
  'staff of the city above the party': staff('430100'),
  'staff beside it': staff('420103'),
  'the member whom it is about': subject,
  'a partner agency': agency,
  'the operator': operator,
};

describe('a consultation and every part of it is shown to', () => {
  const owner = 'staff of the owner';
  for (const [visibility, seers] of [
    ['INTERNAL', [owner]],
    ['MEMBERS', [owner, 'a member of the owner']],
    ['UPWARD', [owner, 'staff of the city above', 'staff of the province above']],
    ['JOINT', [owner, 'staff of the party to it']],
    ['PUBLIC', Object.keys(actors).filter((name) => name !== 'a partner agency' && name !== 'the operator')],
  ] as const) {
    for (const about of [false, true]) {
      if (about && visibility === 'PUBLIC') continue;
      test(`${visibility}${about ? ', about a member' : ''}: ${[...seers, ...(about ? ['the member whom it is about'] : [])].join(', ')}`, async () => {
        const key = `test/seen-by-${visibility.toLowerCase()}${about ? '-about' : ''}`;
        const subjects = about && subject.kind === 'MEMBER' ? [subject.member] : [];
        const given = { key, hosts: ['420102', '430102'] as [string, string], visibility, subjects };
        await subgraph.put(...consultationRows(given));
        const shown: string[] = [];
        for (const [name, as] of Object.entries(actors)) {
          const fromOwner = await waysTo(key, '420102', as);
          const fromHost = await waysTo(key, '430102', as);
          expect(new Set([...fromOwner, ...fromHost]).size, `${name}: ${[...fromOwner, ...fromHost]}`).toBe(1);
          if (fromOwner[0]) shown.push(name);
        }
        expect(shown.sort()).toEqual([...seers, ...(about ? ['the member whom it is about'] : [])].sort());
        await subgraph.put(...consultationRows({ ...given, deleted: '2026-01-01T00:00:00Z' }));
        for (const [name, as] of Object.entries(actors))
          for (const county of given.hosts)
            expect(new Set(await waysTo(key, county, as)), name).toEqual(new Set([false]));
      });
    }
  }

  test('PRIVATE: the member whom it is about, and not the staff who keep it', async () => {
    const subjects = subject.kind === 'MEMBER' ? [subject.member] : [];
    const given = { key: 'test/private', hosts: ['420106'] as [string], visibility: 'INTERNAL' as const, subjects };
    await subgraph.put(...consultationRows(given));
    await subgraph.testDatabase.admin`
      update consultations.consultation set visibility = 'PRIVATE' where id = ${recordId(given.key)}`;
    for (const as of [everyone, staff('420106'), staff('420100')])
      expect(new Set(await waysTo(given.key, '420106', as))).toEqual(new Set([false]));
    expect(new Set(await waysTo(given.key, '420106', subject))).toEqual(new Set([true]));
  });

  test('fewer, with all that hangs on it, once its owner narrows it', async () => {
    const given = { key: 'test/narrowed', hosts: ['420104'] as [string], visibility: 'PUBLIC' as const };
    await subgraph.put(...consultationRows(given));
    expect(new Set(await waysTo(given.key, '420104', everyone))).toEqual(new Set([true]));
    const [whole] = consultationRows({ ...given, visibility: 'INTERNAL' });
    if (whole) await subgraph.put(whole);
    expect(new Set(await waysTo(given.key, '420104', everyone))).toEqual(new Set([false]));
    expect(new Set(await waysTo(given.key, '420104', staff('420104')))).toEqual(new Set([true]));
  });

  test('nobody beyond its own audience when another consultation follows it', async () => {
    await subgraph.put(...consultationRows({ key: 'test/before', hosts: ['420105'], visibility: 'INTERNAL' }));
    const [after] = consultationRows({ key: 'test/after', hosts: ['420105'] });
    if (after)
      await subgraph.put({ ...after, rows: after.rows.map((row) => ({ ...row, follows: recordId('test/before') })) });
    const query = `{ consultation(id: "${recordId('test/after')}") { follows { id } } }`;
    expect((await subgraph.ask(query)).data.consultation).toEqual({ follows: null });
    expect((await subgraph.ask(query, { as: staff('420105') })).data.consultation.follows).not.toBeNull();
  });
});

describe('a joint consultation', () => {
  test('of three committees in one province is counted once there, for each who may see it', async () => {
    const before = async (as: Actor) => {
      const { data } = await subgraph.ask(
        '{ _entities(representations: [{ __typename: "Committee", code: "450000" }]) { ... on Committee { consultations(scope: SUBTREE) { totalCount nodes { id } } consultationSummary(scope: SUBTREE) { total { value } byStatus { status count } } } } }',
        { as },
      );
      return data._entities[0];
    };
    await subgraph.put(...consultationRows({ key: 'test/three-hosts', hosts: ['450102', '450100', '450000'] }));
    await subgraph.put(
      ...consultationRows({ key: 'test/three-parties', hosts: ['440103', '450102', '450000'], visibility: 'JOINT' }),
    );
    for (const [as, total] of [
      [everyone, 1],
      [staff('450102'), 2],
      [staff('440103'), 2],
      [staff('450100'), 1],
    ] as const)
      expect(await before(as)).toMatchObject({
        consultations: { totalCount: total, nodes: { length: total } },
        consultationSummary: { total: { value: total }, byStatus: [{ status: 'HELD', count: total }] },
      });
  });
});

describe('a reference to a record that is hidden', () => {
  const given = { key: 'test/references', hosts: ['460105'] as [string] };
  const hidden = { owner: '460105', visibility: 'INTERNAL' as const };
  const id = recordId(given.key);
  const cooperation = recordId('test/hidden-cooperation');
  const reference = { referenceOwner: hidden.owner, referenceVisibility: hidden.visibility };

  beforeAll(async () => {
    await subgraph.put(
      ...consultationRows(given),
      ...participantRows(given, 'test/member-shown', { ...hidden, visibility: 'PUBLIC' }),
      ...participantRows(given, 'test/member-hidden', hidden),
      ...platformRows(given, 'test/hidden-workstation', hidden),
      {
        table: cooperationLink,
        rows: [{ ...partRow(given, `${given.key}/cooperation`), ...reference, consultation: id, cooperation }],
      },
      {
        table: suggestionAuthor,
        rows: [
          {
            ...partRow(given, `${given.key}/author`),
            ...reference,
            suggestion: recordId(`${given.key}/suggestion`),
            member: recordId('test/member-hidden'),
            position: 0,
          },
        ],
      },
    );
  });

  const query = `{ consultation(id: "${id}") {
      hosts { committee { code } workstation { id } name } cooperation { id }
      participants { totalCount nodes { member { id } } } suggestions { nodes { authors { member { id } } } } }
    consultations(filter: { cooperation: "${cooperation}" }) { totalCount }
    _entities(representations: [
      { __typename: "Member", id: "${recordId('test/member-hidden')}" }
      { __typename: "Person", id: "${recordId('test/member-hidden/person')}" }
      { __typename: "Workstation", id: "${recordId('test/hidden-workstation')}" }
      { __typename: "Cooperation", id: "${cooperation}" }
    ]) { ... on Member { consultations { totalCount nodes { id } } } ... on Person { consultations { totalCount nodes { id } } }
         ... on Workstation { consultations { totalCount nodes { id } } } ... on Cooperation { consultations { totalCount nodes { id } } } } }`;

  test('is left out, counted nowhere, and leads back to nothing', async () => {
    for (const as of [everyone, staff('460000'), member('test/member-hidden', '460106')]) {
      const { data } = await subgraph.ask(query, { as });
      expect(data.consultation).toEqual({
        hosts: [{ committee: { code: '460105' }, workstation: null, name: null }],
        cooperation: null,
        participants: { totalCount: 1, nodes: [{ member: { id: recordId('test/member-shown') } }] },
        suggestions: { nodes: [{ authors: [] }] },
      });
      expect(data.consultations.totalCount).toBe(0);
      expect(data._entities).toEqual(Array(4).fill({ consultations: { totalCount: 0, nodes: [] } }));
    }
  });

  test('is there for those who may see both', async () => {
    const { data } = await subgraph.ask(query, { as: staff('460105') });
    expect(data.consultation).toMatchObject({
      hosts: [{ workstation: { id: recordId('test/hidden-workstation') }, name: '内部平台' }],
      cooperation: { id: cooperation },
      participants: { totalCount: 2, nodes: { length: 2 } },
      suggestions: { nodes: [{ authors: [{ member: { id: recordId('test/member-hidden') } }] }] },
    });
    expect(data.consultations.totalCount).toBe(1);
    expect(data._entities).toEqual(Array(4).fill({ consultations: { totalCount: 1, nodes: [{ id }] } }));
  });
});

describe('writing', () => {
  test('what a committee does not own is refused, also where it hosts', async () => {
    const given = { key: 'test/not-mine', hosts: ['420102', '430102'] as [string, string] };
    await subgraph.put(...consultationRows(given));
    const retitle = statement(
      build
        .update(consultation)
        .set({ title: '改' })
        .where(eq(consultation.id, recordId(given.key)))
        .returning({ id: consultation.id }),
    );
    const as = (committee: string) =>
      subgraph.database.scope({ actor: staff(committee), readOnly: false }, (scope) => scope.run(retitle));
    expect(await as('430102')).toEqual([]);
    expect(await as('420000')).toEqual([]);
    expect(await as('420102')).toHaveLength(1);
  });
});
