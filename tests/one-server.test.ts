import { GraphQLError } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { compared } from '../scripts/stress/answers/compared.ts';
import { type MadeUpGraph, startMadeUpGraph } from '../scripts/stress/answers/made-up-graph.ts';

type Data = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
type Any = any;

describe('the gateway answers as one server would that has the whole graph', () => {
  let graph: MadeUpGraph;
  beforeAll(async () => {
    graph = await startMadeUpGraph();
  });
  afterAll(() => graph.stop());
  const same = async (query: string, variables: Record<string, unknown> = {}) => {
    const answer = await graph.ofGateway(query, variables);
    expect({ data: answer.data, errors: answer.errors ?? [] }, query).toEqual({
      data: (await graph.ofOneServer(query, variables)).data,
      errors: [],
    });
    return answer.data;
  };

  test('to random operations with aliases, fragments, conditions, variables and nulls', async () => {
    const { different, same, refused } = await compared(graph, 150, 1);
    expect(different).toEqual([]);
    // Some are larger than what the gateway takes.
    expect(refused).toBeLessThan(same);
  });

  test('where an alias is a name under which the planner asks for something else', async () => {
    for (const query of [
      '{ committee(code: "330624") { code: name consultations(first: 1) { totalCount } } }',
      '{ committee(code: "330624") { ...A } } fragment A on Committee { code: name ... { consultations(first: 1) { totalCount } } }',
      '{ committee(code: "330624") { code: name ... on Committee { code: name id: code consultations { nodes { id: title code: kind hosts { committee { code: name id: level consultations { totalCount } } } } } } } }',
      '{ committees(first: 2) { nodes { code: level region { code: name children { totalCount } committee { name } } consultations { totalCount } } } }',
      '{ committee(code: "330624") { __typename: name consultations { nodes { __typename: title id: __typename } } } }',
      '{ __typename: committee(code: "330624") { name } id: committee(code: "1") { as_code: level code: name consultations { totalCount } } }',
      '{ committee(code: "330624") { code as_code: level code_: name consultations { nodes { title id__alias_0: title name__alias_0: kind } } } }',
      'query ($yes: Boolean!) { committee(code: "330624") { code: name @include(if: $yes) ... @skip(if: $yes) { id: level } consultations { totalCount } } }',
    ])
      await same(query, query.startsWith('query') ? { yes: true } : {});
  });

  test('where everything that is asked of a record is left out: the record is there, and nothing of it', async () => {
    for (const query of [
      '{ annualPlans { totalCount @include(if: false) } }',
      'query ($yes: Boolean!) { book(id: "330110") { id @skip(if: $yes) ... @skip(if: $yes) { title } } }',
      'query ($yes: Boolean!) { book(id: "330110") { ...A @skip(if: $yes) } } fragment A on Book { id title }',
      'query ($yes: Boolean!) { book(id: "330110") @skip(if: $yes) { id } }',
    ])
      await same(query, query.startsWith('query') ? { yes: true } : {});
  });

  test('where a field fails at several places below one field of a record: each has its error', async () => {
    const query = '{ organization(id: "a") { consultations { nodes { term } } } }';
    const paths = ({ errors = [] }: { errors?: readonly { path?: readonly (string | number)[] | undefined }[] }) =>
      errors.map(({ path }) => path?.join('.')).sort();
    graph.fail(true);
    try {
      const wanted = paths(await graph.ofOneServer(query, {}));
      expect(wanted).toEqual(['organization.consultations.nodes.0.term', 'organization.consultations.nodes.2.term']);
      expect(paths(await graph.ofGateway(query, {}))).toEqual(wanted);
    } finally {
      graph.fail(false);
    }
  });

  describe('what is missing', () => {
    afterEach(() => graph.spoil(undefined));
    /** What the gateway answers, and its errors as code and place. */
    const spoilt = async (
      query: string,
      instead: (subgraph: string, data: Data) => unknown,
      errors: GraphQLError[] = [],
    ) => {
      graph.spoil((subgraph, { data }) => {
        const other = instead(subgraph, data as Data);
        return { data: other as Data, ...(other !== data && errors.length > 0 && { errors }) };
      });
      const answer = await graph.ofGateway(query, {});
      return {
        data: answer.data,
        errors: (answer.errors ?? []).map(({ path, extensions }) => `${extensions['code']} ${path?.join('.')}`),
        all: answer.errors,
      };
    };
    const query =
      '{ committee(code: "330624") { code: name consultations(first: 1) { code: nodes { id: title status } } } }';
    /** A query of which something is there, and what. */
    const present = async (query: (number: number) => string, isThere: (data: Any) => boolean | undefined) => {
      for (let number = 1; number < 100; number += 1) {
        const { data } = await graph.ofGateway(query(number), {});
        if (isThere(data)) return { query: query(number), data: data as Any };
      }
      throw new Error(`there is nothing of ${query(1)}`);
    };
    const committee = expect.any(String);
    const title = (value: unknown) => (_: string, data: Data) =>
      JSON.parse(JSON.stringify(data, (name, one) => (name === 'as_id' ? value : one)));

    test('and mustn’t be null makes null of what it stands in, with an error that says where, under the client’s names', async () => {
      for (const value of [null, undefined, {}, []])
        expect(await spoilt(query, title(value))).toMatchObject({
          data: { committee: { code: committee, consultations: null } },
          errors: ['INTERNAL_SERVER_ERROR committee.consultations.code.0.id'],
          all: [{ extensions: { requestId: 'made-up' } }],
        });
    });

    test('is told for what it is, and not for what is null beside it', async () => {
      const beside = `{ sources { title } ${query.slice(1)}`;
      const nulls = (_: string, data: Data) => ('sources' in data ? { ...data, sources: null } : title(null)(_, data));
      expect(await spoilt(beside, nulls)).toMatchObject({
        data: { sources: null, committee: { code: committee, consultations: null } },
        errors: ['INTERNAL_SERVER_ERROR committee.consultations.code.0.id'],
      });
    });

    test('or of another form costs what it is and no more', async () => {
      for (const value of ['x', 7, {}, [], [[]], { nodes: {} }, { as_code: 'x' }])
        expect(
          await spoilt(query, (_, data) =>
            JSON.parse(JSON.stringify(data, (name, one) => (name === 'consultations' ? value : one))),
          ),
          JSON.stringify(value),
        ).toMatchObject({
          data: { committee: { code: committee, consultations: null } },
          errors: [expect.stringMatching(/^INTERNAL_SERVER_ERROR committee\.consultations/)],
        });
    });

    test('since a subgraph wasn’t reached has its error at each field that is missing of it', async () => {
      const down = (name: string) => (subgraph: string, data: Data) => {
        if (subgraph === name) throw new Error('not reached');
        return data;
      };
      const beside = (first: number) =>
        `{ regions(first: ${first}) { nodes { name committee { name jointPlans { totalCount } all: consultations { totalCount } cooperations { totalCount } } } } }`;
      const asked = await present(
        beside,
        (data) => data?.regions?.nodes.filter(({ committee }: Any) => committee).length > 1,
      );
      const { nodes } = asked.data.regions;
      const lost = nodes.map(({ committee, ...one }: Any) => ({
        ...one,
        committee: committee && { ...committee, jointPlans: null, all: null },
      }));
      expect(await spoilt(asked.query, down('consultations'))).toMatchObject({
        data: { regions: { nodes: lost } },
        errors: nodes.flatMap(({ committee }: Any, at: number) =>
          ['jointPlans', 'all'].flatMap((name) =>
            committee ? [`SUBGRAPH_UNAVAILABLE regions.nodes.${at}.committee.${name}`] : [],
          ),
        ),
      });
      expect(await spoilt('{ a: sources { title } b: sources { title } }', down('members'))).toMatchObject({
        data: { a: null, b: null },
        errors: ['SUBGRAPH_UNAVAILABLE a', 'SUBGRAPH_UNAVAILABLE b'],
      });
    });

    test('since a subgraph answered for fewer or other records than it was asked for is as if it hadn’t been reached', async () => {
      for (const entities of [[], [null, null], {}, 'x', 7])
        expect(await spoilt(query, (_, data) => ('_entities' in data ? { _entities: entities } : data))).toMatchObject({
          data: { committee: { code: committee, consultations: null } },
          errors: ['SUBGRAPH_UNAVAILABLE committee.consultations'],
        });
    });

    const hidden = (subgraph: string, data: Data) =>
      subgraph === 'members' && '_entities' in data
        ? { _entities: (data['_entities'] as unknown[]).map(() => null) }
        : data;

    test('of a record that its keeper doesn’t show is null, and no error where a reference may be', async () => {
      const reference = (first: number) =>
        `{ consultations(first: ${first}) { nodes { title attendances { nodes { id member { id name committee { name } } } } } } }`;
      const asked = await present(reference, (data) =>
        data?.consultations?.nodes.some(({ attendances }: Any) => attendances?.nodes.some(({ member }: Any) => member)),
      );
      expect(await spoilt(asked.query, hidden)).toMatchObject({
        data: JSON.parse(JSON.stringify(asked.data, (name, value) => (name === 'member' ? null : value))),
        errors: [],
      });
    });

    test('by an error of a subgraph’s is told once, where it is in what was asked', async () => {
      const failure = (path: (string | number)[]) => [new GraphQLError('', { path, extensions: { code: 'CONFLICT' } })];
      const without = (_: string, data: Data) =>
        '_entities' in data ? { _entities: [{ consultations: null }] } : data;
      const nothing = (_: string, data: Data) => ('_entities' in data ? { _entities: [null] } : data);
      for (const [instead, path, told] of [
        [without, ['_entities', 0, 'consultations'], 'consultations'],
        [without, ['_entities', 0, 'consultations', 'as_code', 0, 'as_id'], 'consultations.code.0.id'],
        [nothing, ['_entities', 0, 'consultations', 'as_code'], 'consultations.code'],
        [nothing, ['_entities', 0], 'consultations'],
        [nothing, ['_entities'], 'consultations'],
        [nothing, [], 'consultations'],
      ] as const)
        expect(await spoilt(query, instead, failure([...path])), path.join()).toMatchObject({
          data: { committee: { code: committee, consultations: null } },
          errors: [`CONFLICT committee.${told}`],
        });
    });
  });
});
