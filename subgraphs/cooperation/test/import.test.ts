import { recordId } from '@hub/facts';
import { everyone, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cooperation as subgraphOfCooperation } from '../src/subgraph.ts';
import { between, madeRows } from './made.ts';
import { doing, shangrao, songjiang, yangchun } from './steps.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(subgraphOfCooperation, 'empty');
});
afterAll(() => subgraph.stop());

const { done, see } = doing(() => subgraph);
const clerk = staff(songjiang);
const other = staff(shangrao);
const key = 'made/imported';
const cooperation = recordId(key);
const step = (title: string) => ({ title, stage: 'VISIT' as const, done: true, people: [] });
const imported = (titles: readonly string[], rest: object = {}) =>
  madeRows([between([songjiang, shangrao], key, { milestones: titles.map(step), ...rest })]);

test('what a document tells and what people do to it stand beside each other, and an import takes neither away', async () => {
  await subgraph.put(...imported(['考察', '座谈']));
  const talks = recordId(`${key}/milestones/1`);
  await done('addMilestone', { cooperation, title: '调研', stage: 'SURVEY', before: talks }, other);
  await done('addMilestone', { cooperation, title: '签约', stage: 'SIGNING' }, clerk);
  await done('correctMilestone', { milestone: recordId(`${key}/milestones/0`), title: '学习考察' }, clerk);
  await done('inviteCooperationPartner', { cooperation, committee: yangchun, role: 'PARTNER' }, clerk);
  await done('acceptCooperation', { cooperation }, staff(yangchun));
  await done('updateCooperation', { cooperation, title: '改过的名称' }, clerk);

  // The document has gained a step since, and calls things otherwise.
  await subgraph.put(...imported(['访问', '座谈', '互访'], { title: '来源的新名称' }));
  const seen = await see(
    'cooperation',
    cooperation,
    'title status partners { committee { code } } milestones { title }',
    everyone,
  );
  expect(seen).toEqual({
    title: '改过的名称',
    status: 'ACTIVE',
    partners: [songjiang, shangrao, yangchun].map((code) => ({ committee: { code } })),
    milestones: ['学习考察', '调研', '座谈', '签约', '互访'].map((title) => ({ title })),
  });
  expect(await subgraph.put(...imported(['访问', '座谈', '互访'], { title: '来源的新名称' }))).toBe(0);
});

test('a joint record whose partners have changed is brought in again all the same', async () => {
  const joint = (title: string) =>
    madeRows([between([songjiang, shangrao], 'made/joint', { visibility: 'JOINT', milestones: [step(title)] })]);
  await subgraph.put(...joint('考察'));
  const id = recordId('made/joint');
  await done('inviteCooperationPartner', { cooperation: id, committee: yangchun, role: 'PARTNER' }, clerk);
  await done('leaveCooperation', { cooperation: id, reason: '职责调整' }, other);
  await subgraph.put(...joint('访问'));
  expect(await see('cooperation', id, 'id', other)).toBeNull();
  expect(await see('cooperation', id, 'milestones { title }', staff(yangchun))).toEqual({
    milestones: [{ title: '考察' }],
  });
});
