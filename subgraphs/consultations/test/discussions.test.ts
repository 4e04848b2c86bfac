import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import {
  department,
  everyone,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coAuthorMachine } from '../src/discussions/co-author.machine.ts';
import { discussionTopicMachine } from '../src/discussions/discussion-topic.machine.ts';
import { topicCommentMachine } from '../src/discussions/topic-comment.machine.ts';

const yuhang = '330110';
const idOf = (at: number) => `20000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const me = member(idOf(1), yuhang);
const other = member(idOf(2), yuhang);
const third = member(idOf(3), yuhang);
const outsider = member(idOf(4), '330114');
const office = staff(yuhang);
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const onTopic =
  'discussionTopic { id status revision supports supportedByMe reason result draft { version title text } coAuthors { member { id } status } }';
const run = async (name: string, input: object, as: Actor, selection = onTopic) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  return { code: errors[0] ?? data[name].userErrors[0]?.code ?? null, ...data?.[name] };
};
const post = async (as: Actor = me, title = '社区老年食堂怎么办下去') =>
  (await run('postTopic', { title, text: '运营靠补贴，难以持续。' }, as)).discussionTopic.id as string;
const drafting = async (as: Actor = me) => {
  const topic = await post(as);
  await run('startDraft', { topic }, as);
  return topic;
};
const save = (topic: string, version: number, as: Actor = me, text = '建议分三步办。') =>
  run('saveDraft', { topic, version, title: '关于老年食堂的建议', text }, as);
const comment = (topic: string, as: Actor = other, more: object = {}) =>
  run('commentOnTopic', { topic, text: '可以与企业食堂合办。', ...more }, as, 'topicComment { id text status }');
const look = async (id: string, as: Actor, selection: string) =>
  (await hub.ask(`query ($id: ID!) { discussionTopic(id: $id) { ${selection} } }`, { as, variables: { id } })).data
    .discussionTopic;

describe('a topic', () => {
  test('goes through the steps of its machine and no other', async () => {
    const { faults } = await walk({
      machine: discussionTopicMachine,
      ask: hub.ask,
      as: { MEMBER: me, AUTHOR: me, STAFF: office },
      strangers: [other, outsider, staff('330100'), department(yuhang, me.member), operator, everyone],
      reader: other,
      inputs: {
        postTopic: () => ({ title: '题', text: '文' }),
        startDraft: (topic) => ({ topic }),
        sendDraft: async (topic) => {
          await save(topic, 0);
          return { topic };
        },
        takeDraft: (topic) => ({ topic, result: '列入下半年协商' }),
        returnDraft: (topic) => ({ topic, reason: '请补充数据' }),
        closeTopic: (topic) => ({ topic, reason: '已有结论' }),
      },
    });
    expect(faults).toEqual([]);
  });

  test('is for the members of its committee and its office, and for nobody else', async () => {
    const topic = await post();
    for (const as of [me, other, office]) expect(await look(topic, as, 'id')).toEqual({ id: topic });
    for (const as of [outsider, everyone, staff('330100'), department(yuhang, me.member)])
      expect(await look(topic, as, 'id')).toBeNull();
    for (const name of ['supportTopic', 'startDraft'])
      expect((await run(name, { topic }, outsider)).code).toBe('NOT_FOUND');
    expect((await comment(topic, outsider)).code).toBe('NOT_FOUND');
    expect((await run('supportTopic', { topic }, office)).code).toBe('FORBIDDEN');
    expect((await run('postTopic', { title: '题', text: ' ' }, me)).code).toBe('REQUIRED');
    expect((await run('postTopic', { title: '题'.repeat(101), text: '文' }, me)).code).toBe('TOO_LONG');
  });

  test('is supported once by a member, however often and however often at once it is sent', async () => {
    const topic = await post();
    const many = await Promise.all([1, 2, 3, 4].map(() => run('supportTopic', { topic }, other)));
    expect(many.map(({ code }) => code)).toEqual([null, null, null, null]);
    await run('supportTopic', { topic }, third);
    expect(await look(topic, other, 'supports supportedByMe')).toEqual({ supports: 2, supportedByMe: true });
    expect(await look(topic, me, 'supports supportedByMe')).toEqual({ supports: 2, supportedByMe: false });
    const off = await run('withdrawSupport', { topic }, other);
    expect(off.discussionTopic).toMatchObject({ supports: 1, supportedByMe: false });
    expect((await run('withdrawSupport', { topic }, other)).discussionTopic.supports).toBe(1);
    expect((await run('supportTopic', { topic }, other)).discussionTopic).toMatchObject({
      supports: 2,
      supportedByMe: true,
    });
  });

  test('takes no comment, support or invitation once it is closed', async () => {
    const topic = await post();
    await run('closeTopic', { topic, reason: '已转入协商' }, me);
    expect((await comment(topic)).code).toBe('STEP_NOT_ALLOWED');
    for (const name of ['supportTopic', 'withdrawSupport'])
      expect((await run(name, { topic }, other)).code).toBe('STEP_NOT_ALLOWED');
    expect((await run('inviteCoAuthor', { topic, member: other.member }, me)).code).toBe('STEP_NOT_ALLOWED');
    expect((await save(topic, 0)).code).toBe('STEP_NOT_ALLOWED');
  });

  test('is found by its words, listed by state, and among those of its author', async () => {
    const topic = await post(third, '城中村充电桩布点');
    const listed = async (filter: string, as: Actor) =>
      (
        await hub.ask(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { discussionTopics(filter: { ${filter} }) { totalCount nodes { id } } } } }`,
          { as, variables: { of: [{ __typename: 'Committee', code: yuhang }] } },
        )
      ).data._entities[0].discussionTopics;
    expect(await listed('text: "充电桩"', other)).toEqual({ totalCount: 1, nodes: [{ id: topic }] });
    expect(await listed('text: "充电桩", statuses: [SENT]', other)).toEqual({ totalCount: 0, nodes: [] });
    expect(await listed('text: "充电桩"', outsider)).toEqual({ totalCount: 0, nodes: [] });
    const { data } = await hub.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Member { discussionTopics { nodes { id member { id } } } } } }',
      { as: other, variables: { of: [{ __typename: 'Member', id: third.member }] } },
    );
    expect(data._entities[0].discussionTopics.nodes).toEqual([{ id: topic, member: { id: third.member } }]);
  });
});

describe('a comment', () => {
  test('goes through the steps of its machine and no other', async () => {
    const { faults } = await walk({
      machine: topicCommentMachine,
      ask: hub.ask,
      as: { MEMBER: other, AUTHOR: other, STAFF: office },
      strangers: [me, outsider, staff('330100'), operator, everyone],
      reader: me,
      inputs: {
        commentOnTopic: async () => ({ topic: await post(), text: '同意' }),
        withdrawComment: (given) => ({ comment: given }),
        hideComment: (given) => ({ comment: given, reason: '与话题无关' }),
      },
    });
    expect(faults).toEqual([]);
  });

  test('answers another of the same topic, and no answer', async () => {
    const topic = await post();
    const first = (await comment(topic)).topicComment.id;
    const answer = await comment(topic, me, { answers: first });
    expect(answer.code).toBeNull();
    const { comments } = await look(topic, me, 'comments { nodes { id answers { id } } }');
    expect(comments.nodes).toEqual([
      { id: first, answers: null },
      { id: answer.topicComment.id, answers: { id: first } },
    ]);
    expect((await comment(topic, third, { answers: answer.topicComment.id })).code).toBe('INVALID');
    expect((await comment(await post(), third, { answers: first })).code).toBe('INVALID');
    expect((await comment(topic, third, { answers: idOf(99) })).code).toBe('NOT_FOUND');
  });

  test('that is withdrawn or hidden keeps its place and shows its text to nobody, not in its history either', async () => {
    const topic = await post();
    const words = '不宜公开的话';
    const [withdrawn, hidden] = [
      (await comment(topic, other, { text: words })).topicComment.id,
      (await comment(topic, third, { text: words })).topicComment.id,
    ];
    await run('withdrawComment', { comment: withdrawn }, other, 'topicComment { id }');
    await run('hideComment', { comment: hidden, reason: '涉及个人' }, office, 'topicComment { id }');
    const shown = 'comments { totalCount nodes { id status text reason events { step evidence { value } } } }';
    for (const as of [me, other, third, office]) {
      const { comments } = await look(topic, as, shown);
      expect(comments.totalCount).toBe(2);
      expect(comments.nodes.map((node: { status: string; text: null }) => [node.status, node.text])).toEqual([
        ['WITHDRAWN', null],
        ['HIDDEN', null],
      ]);
      expect(JSON.stringify(comments)).not.toContain(words);
    }
  });
});

describe('a draft', () => {
  test('is written by its author and by those who accepted to write along', async () => {
    const topic = await drafting();
    expect((await save(topic, 0, other)).code).toBe('NOT_YOURS');
    await run('inviteCoAuthor', { topic, member: other.member }, me);
    expect((await save(topic, 0, other)).code).toBe('NOT_YOURS');
    await run('acceptCoAuthorInvitation', { topic }, other);
    expect((await save(topic, 0, other)).code).toBeNull();
    expect((await save(topic, 1, me, '再改一稿')).discussionTopic.draft).toMatchObject({
      version: 2,
      text: '再改一稿',
    });
    await run('inviteCoAuthor', { topic, member: third.member }, me);
    await run('declineCoAuthorInvitation', { topic }, third);
    expect((await save(topic, 2, third)).code).toBe('NOT_YOURS');
    const { drafts } = await look(topic, third, 'drafts { version member { id } }');
    expect(drafts).toEqual([
      { version: 2, member: { id: me.member } },
      { version: 1, member: { id: other.member } },
    ]);
  });

  test('keeps both writers’ work: who saves on an older version is shown the newer one and writes nothing', async () => {
    const topic = await drafting();
    await save(topic, 0, me, '第一稿');
    const both = await Promise.all([save(topic, 1, me, '甲'), save(topic, 1, me, '乙')]);
    expect(both.map(({ code }) => code).sort()).toEqual(['CONFLICT', null]);
    const refused = both.find(({ code }) => code === 'CONFLICT');
    expect(refused.discussionTopic.draft.version).toBe(2);
    expect(refused.userErrors[0].path).toEqual(['input', 'version']);
    expect(refused.userErrors[0].message).toContain('2');
    expect((await look(topic, me, 'drafts { version }')).drafts).toHaveLength(2);
  });

  test('is sent once there is one and everybody who was asked has answered', async () => {
    const topic = await drafting();
    expect((await run('sendDraft', { topic }, me)).code).toBe('DRAFT_MISSING');
    await save(topic, 0);
    await run('inviteCoAuthor', { topic, member: other.member }, me);
    await run('inviteCoAuthor', { topic, member: third.member }, me);
    expect((await run('sendDraft', { topic }, me)).code).toBe('CO_AUTHOR_UNANSWERED');
    await run('declineCoAuthorInvitation', { topic }, other);
    expect((await run('sendDraft', { topic }, me)).code).toBe('CO_AUTHOR_UNANSWERED');
    await run('withdrawCoAuthorInvitation', { topic, member: third.member }, me);
    expect((await run('sendDraft', { topic }, me)).discussionTopic).toMatchObject({
      status: 'SENT',
      coAuthors: [{ member: { id: other.member }, status: 'DECLINED' }],
    });
    expect((await save(topic, 1)).code).toBe('STEP_NOT_ALLOWED');
    expect((await comment(topic)).code).toBe('STEP_NOT_ALLOWED');
  });

  test('that is sent while a co-author saves holds what was saved before it, and nothing after', async () => {
    for (let at = 0; at < 5; at += 1) {
      const topic = await drafting();
      await save(topic, 0);
      const [sent, saved] = await Promise.all([run('sendDraft', { topic }, me), save(topic, 1, me, '最后一句')]);
      expect(sent.code).toBeNull();
      expect([null, 'STEP_NOT_ALLOWED']).toContain(saved.code);
      const { drafts, status } = await look(topic, me, 'status drafts { version }');
      expect(status).toBe('SENT');
      expect(drafts).toHaveLength(saved.code === null ? 2 : 1);
    }
  });

  test('that is returned says why until it is sent again, and is answered in the committee’s own time', async () => {
    const topic = await drafting();
    await save(topic, 0);
    await run('sendDraft', { topic }, me);
    const steps = (await look(topic, office, 'pendingSteps { step due }')).pendingSteps;
    const { day } = deadlineAfter(today(), 10, 'WORKING_DAYS');
    expect(steps).toEqual([
      { step: 'takeDraft', due: day },
      { step: 'returnDraft', due: day },
    ]);
    const back = await run('returnDraft', { topic, reason: '请补充数据' }, office);
    expect(back.discussionTopic).toMatchObject({ status: 'DRAFTING', reason: '请补充数据' });
    expect((await run('sendDraft', { topic }, me)).discussionTopic.reason).toBeNull();
    const taken = await run('takeDraft', { topic, result: '列入协商议题' }, office);
    expect(taken.discussionTopic).toMatchObject({ status: 'TAKEN', result: '列入协商议题' });
  });
});

describe('a co-author', () => {
  test('is asked once, by the topic’s author, and answers once and alone', async () => {
    const topic = await post();
    const invite = (as: Actor, whom: string) => run('inviteCoAuthor', { topic, member: whom }, as);
    expect((await invite(other, third.member)).code).toBe('NOT_YOURS');
    expect((await invite(office, third.member)).code).toBe('FORBIDDEN');
    expect((await invite(me, me.member)).code).toBe('INVALID');
    expect((await invite(me, 'nobody')).code).toBe('INVALID');
    const both = await Promise.all([invite(me, other.member), invite(me, other.member)]);
    expect(both.map(({ code }) => code).sort()).toEqual(['ALREADY_THERE', null]);
    const open = 'coAuthors { status pendingSteps { step } }';
    expect((await look(topic, other, open)).coAuthors).toEqual([
      {
        status: 'INVITED',
        pendingSteps: [{ step: 'acceptCoAuthorInvitation' }, { step: 'declineCoAuthorInvitation' }],
      },
    ]);
    expect((await look(topic, me, open)).coAuthors[0].pendingSteps).toEqual([{ step: 'withdrawCoAuthorInvitation' }]);
    expect((await look(topic, third, open)).coAuthors[0].pendingSteps).toEqual([]);
    expect((await run('acceptCoAuthorInvitation', { topic }, third)).code).toBe('NOT_YOURS');
    expect((await run('withdrawCoAuthorInvitation', { topic, member: other.member }, other)).code).toBe('NOT_YOURS');
    const answers = await Promise.all([
      run('acceptCoAuthorInvitation', { topic }, other),
      run('declineCoAuthorInvitation', { topic }, other),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['STEP_NOT_ALLOWED', null]);
    expect((await run('withdrawCoAuthorInvitation', { topic, member: other.member }, me)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  // Not a record that is asked for by itself, so its machine is walked by hand.
  test('takes each step of its machine from the states that it names, and from no other', async () => {
    const take = {
      acceptCoAuthorInvitation: (topic: string) => run('acceptCoAuthorInvitation', { topic }, other),
      declineCoAuthorInvitation: (topic: string) => run('declineCoAuthorInvitation', { topic }, other),
      withdrawCoAuthorInvitation: (topic: string) =>
        run('withdrawCoAuthorInvitation', { topic, member: other.member }, me),
    };
    const into = { INVITED: undefined, ...coAuthorMachine.steps };
    const ways = Object.entries(take) as [keyof typeof take, (topic: string) => ReturnType<typeof run>][];
    for (const state of Object.keys(coAuthorMachine.states))
      for (const [name, step] of ways) {
        const topic = await post();
        await run('inviteCoAuthor', { topic, member: other.member }, me);
        const way = ways.find(([other]) => into[other]?.to === state);
        if (way) await way[1](topic);
        const { code } = await step(topic);
        const allowed = (coAuthorMachine.steps[name].from as readonly string[]).includes(state);
        expect(code === null, `${name} in ${state} ends in ${code}`).toBe(allowed);
      }
  });

  test('whose invitation was withdrawn may be asked anew', async () => {
    const topic = await post();
    await run('inviteCoAuthor', { topic, member: other.member }, me);
    await run('withdrawCoAuthorInvitation', { topic, member: other.member }, me);
    expect((await run('acceptCoAuthorInvitation', { topic }, other)).code).toBe('NOT_YOURS');
    expect((await run('inviteCoAuthor', { topic, member: other.member }, me)).code).toBeNull();
    expect((await run('acceptCoAuthorInvitation', { topic }, other)).code).toBeNull();
  });
});

test('a repeated key gives the first outcome again and writes nothing', async () => {
  const topic = await post();
  const key = 'a-key-of-some-length';
  const [first, second] = [
    await comment(topic, other, { idempotencyKey: key }),
    await comment(topic, other, { idempotencyKey: key }),
  ];
  expect(second.topicComment.id).toBe(first.topicComment.id);
  expect((await look(topic, me, 'comments { totalCount }')).comments.totalCount).toBe(1);
  expect((await comment(topic, other, { idempotencyKey: key, text: '别的' })).code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('costs the same number of statements for one topic and for twenty', async () => {
  const query = (first: number) =>
    hub.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { discussionTopics(first: ${first}) { totalCount nodes {
        title supports supportedByMe draft { version } drafts { version } coAuthors { status pendingSteps { step } } events { step } pendingSteps { step due }
        comments(first: 3) { totalCount nodes { text topic { id } answers { id } events { step } pendingSteps { step } } }
      } } } } }`,
      { as: other, variables: { of: [{ __typename: 'Committee', code: yuhang }] } },
    );
  for (let at = 0; at < 20; at += 1) {
    const topic = await drafting();
    await comment(topic);
    await save(topic, 0);
    await run('inviteCoAuthor', { topic, member: other.member }, me);
  }
  const [one, twenty] = [await query(1), await query(20)];
  expect(twenty.data._entities[0].discussionTopics.nodes).toHaveLength(20);
  expect(twenty.statements).toBe(one.statements);
});
