import { consultations } from '@hub/consultations';
import { build, UnknownColumn } from '@hub/database';
import { everyone, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { type MutationInput, mutation } from '@hub/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../src/context.ts';
import { submissionSteps } from '../src/submissions/store.ts';
import { onlineMeeting, submission } from '../src/tables.ts';

const hangzhou = '330100';
const read = (id: string, { submissions }: Context) => submissions.submissions.load(id);
const { Mutation, ...others } = consultations.resolvers;
/** The subgraph with two steps whose author slipped. */
const slipped = {
  ...consultations,
  resolvers: {
    ...others,
    Mutation: {
      ...Mutation,
      acceptSubmission: mutation<MutationInput & { submission: string }, Context, { id: string }>(
        'submission',
        (input, context) =>
          submissionSteps.take(context, 'acceptSubmission', 'submission', input, () => ({ anwser: '已受理' })),
        read,
      ),
      declineSubmission: mutation<MutationInput & { submission: string }, Context, { id: string }>(
        'submission',
        async (input, context) => {
          await submissionSteps.take(context, 'acceptSubmission', 'submission', input);
          const row = {
            owner: hangzhou,
            visibility: 'INTERNAL',
            parties: [],
            subjects: [],
            kind: 'WISH',
            tittle: '题',
          };
          return submissionSteps.start(context, 'fileSubmission', row, {
            ...input,
            ...{ kind: 'WISH', title: '题', text: '文' },
          });
        },
        read,
      ),
    },
  },
};
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(slipped, 'empty');
});
afterAll(() => hub.stop());

describe('a step that writes under a name of no column', () => {
  let id: string;
  beforeAll(async () => {
    const { data } = await hub.ask(
      `mutation { fileSubmission(input: { committee: "${hangzhou}", kind: WISH, title: "公交", text: "希望开通。" }) { id } }`,
      { as: everyone },
    );
    id = data.fileSubmission.id;
  });

  test.each([
    ['acceptSubmission', 'anwser'],
    ['declineSubmission', 'tittle'],
  ])('%s fails, the log names table and key, and nothing is written', async (name, key) => {
    const input = name === 'declineSubmission' ? `submission: "${id}", reason: "因"` : `submission: "${id}"`;
    const asked = hub.ask(`mutation { ${name}(input: { ${input} }) { submission { id } userErrors { code } } }`, {
      as: staff(hangzhou),
    });
    await expect(asked).rejects.toThrow(
      `error what was to be written has a key that is no column {"subgraph":"consultations","table":"submission","key":"${key}"}`,
    );
    const rows = await hub.testDatabase.admin`
      select (select count(*)::int from consultations.submission) as submissions, status, revision,
        (select count(*)::int from consultations.submission_event) as events from consultations.submission`;
    expect(rows.map((row) => ({ ...row }))).toEqual([{ submissions: 1, status: 'RECEIVED', revision: 1, events: 1 }]);
  });
});

describe('whatever is written, by whichever door', () => {
  const misspelt = { tittle: 'x' } as never;
  test.each([
    ['a row', () => build.insert(submission).values(misspelt)],
    ['one of many rows', () => build.insert(submission).values([{ title: 'x' } as never, misspelt])],
    ['a change', () => build.update(submission).set(misspelt)],
    [
      'a change to what is there already',
      () =>
        build
          .insert(onlineMeeting)
          .values({ link: 'x' } as never)
          .onConflictDoUpdate({ target: onlineMeeting.consultation, set: misspelt }),
    ],
  ])('%s has names of columns alone', (_, make) => {
    expect(make).toThrow(UnknownColumn);
  });
});
