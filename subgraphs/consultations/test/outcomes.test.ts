import { consultations } from '@hub/consultations';
import { readFacts, recordId } from '@hub/facts';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(consultations, 'facts');
});
afterAll(() => subgraph.stop());

describe('what came of a consultation', () => {
  test('is read later, with a figure only where the source gives one', async () => {
    const { data } = await subgraph.ask(
      `{ consultation(id: "${recordId('xinchang/fengshan-inspection-2024-07')}") { readings { on { start } text value { value atLeast text } unit } } }`,
    );
    expect(data.consultation.readings.slice(0, 2)).toEqual([
      { on: null, text: '一期已通过验收', value: null, unit: null },
      { on: null, text: '二期整体进度', value: { value: 70, atLeast: true, text: '超70' }, unit: '%' },
    ]);
    expect(data.consultation.readings).toHaveLength(4);
  });

  test('goes from report to instruction to policy in the order of the source', async () => {
    const { data } = await subgraph.ask(
      `{ consultation(id: "${recordId('suzhou/emerging-industries-research-2023-06')}") { outcomes { id kind title body consultation { id } } } }`,
    );
    expect(data.consultation.outcomes.map(({ kind }: { kind: string }) => kind)).toEqual([
      'REPORT',
      'INSTRUCTION',
      'POLICY',
    ]);
    const [, instruction] = data.consultation.outcomes;
    const { data: again } = await subgraph.ask(
      `{ consultationOutcome(id: "${instruction.id}") { id kind title body consultation { id } }
        _entities(representations: [{ __typename: "ConsultationOutcome", id: "${instruction.id}" }, { __typename: "ConsultationOutcome", id: "nobody" }]) { ... on ConsultationOutcome { id kind title body consultation { id } } } }`,
    );
    expect(again).toEqual({ consultationOutcome: instruction, _entities: [instruction, null] });
  });

  test('is listed by kind for every host, page by page', async () => {
    const ask = async (args: string) => {
      const { data } = await subgraph.ask(
        `{ consultationOutcomes(first: 100, ${args}) { totalCount nodes { kind title } } }`,
      );
      expect(data.consultationOutcomes.totalCount).toBe(data.consultationOutcomes.nodes.length);
      return data.consultationOutcomes.nodes as { kind: string; title: string }[];
    };
    const agreements = [{ kind: 'AGREEMENT', title: '步阳集团与浙大金华研究院战略合作' }];
    for (const within of ['330784', '330700', '330000', '000000'])
      expect(await ask(`within: "${within}", filter: { kinds: [AGREEMENT] }`)).toEqual(agreements);
    const all = readFacts().consultations.flatMap(({ outcomes }) => outcomes);
    expect(await ask('orderBy: MODIFIED_ASC')).toHaveLength(all.length);
  });
});
