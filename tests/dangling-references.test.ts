import { consultations } from '@hub/consultations';
import { staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { danglingReferences } from '../scripts/dangling-references.ts';

const county = '330110';
const there = 'a0000000-0000-4000-8000-000000000001';
const gone = 'a0000000-0000-4000-8000-000000000002';
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

test('what stands and names nothing is told with its place and its owner, once its source was read to its end', async () => {
  const { admin } = hub.testDatabase;
  const made = await hub.ask(
    `mutation { planConsultation(input: { committee: "${county}", title: "协商", kind: SECTOR, organization: "${gone}" }) { consultation { id } }
      other: planConsultation(input: { committee: "${county}", title: "协商", kind: SECTOR, organization: "${there}" }) { consultation { id } } }`,
    { as: staff(county) },
  );
  const { id } = made.data.planConsultation.consultation;
  // Of whom nobody told it isn't known that they aren't there.
  expect(await danglingReferences(admin as never, 'consultations')).toEqual([]);
  await admin`insert into consultations.reference_source (name, next, generation, built) values ('members', 'x', 1, 1)`;
  await admin`insert into consultations.referable (id, type, owner, visibility, days, origin, generation)
    values (${there}, 'Organization', ${county}, 'PUBLIC', '{(,)}', 'members', 1)`;
  expect(await danglingReferences(admin as never, 'consultations')).toEqual(
    expect.arrayContaining([{ place: 'consultation.organization', record: id, owner: county, names: gone }]),
  );
  expect((await danglingReferences(admin as never, 'consultations')).map(({ names }) => names)).not.toContain(there);
});
