/**
 * The supervision that 苏州's source plans and doesn't tell of as held: province, city and county in one linked action, each
 * with its own part. 江苏 invites cities, 苏州 accepts, plans and invites counties, 太仓 finds problems and 吴江 declines; each
 * problem goes its way, and the province reads who has done what.
 */
import { recordId } from '@hub/facts';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const jiangsu = '320000';
const suzhou = '320500';
const nanjing = '320100';
const taicang = '320585';
const wujiang = '320509';
const kunshan = '320583';
const zhejiang = '330000';
const water = '10000000-0000-4000-8000-0000000023d1';
const roads = '10000000-0000-4000-8000-0000000023d2';

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, {
      members: { '10000000-0000-4000-8000-0000000023a1': suzhou },
      organizations: { [water]: taicang },
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2026-03-02');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string) => vi.setSystemTime(new Date(`${day}T09:00:00+08:00`));

  // A token lives shorter than the clock jumps, so each question is asked with a new one.
  type Who = (() => Promise<string>) | null;
  const office =
    (committee: string): Who =>
    () =>
      hub.staff(committee, ['meetings']);
  const secondSecretary: Who = () => hub.staff(suzhou);
  const bureau: Who = () => hub.department(taicang, water);
  const otherBureau: Who = () => hub.department(taicang, roads);
  const somebody: Who = null;
  const outside: readonly Who[] = [
    somebody,
    office(zhejiang),
    () => hub.staff(suzhou, ['proposals']),
    () => hub.member('10000000-0000-4000-8000-0000000023a1', suzhou),
    otherBureau,
    () => hub.token({ role: 'operator' }),
  ];

  const fields: readonly (readonly [RegExp, string, string])[] = [
    [/^referProblem/, 'problem', 'id status revision'],
    [/Consultation/, 'consultation', 'id'],
    [/(Take|pass|answer|decline|handBack|take)\w*Referral/, 'referralHandling', 'id status'],
    [/Problem/, 'problem', 'id status revision putRight due'],
    [/Part$|LinkedInvitation$/, 'linkedPart', 'id status revision'],
    [/./, 'linkedAction', 'id status revision'],
  ];
  const also: Readonly<Record<string, string>> = { inviteCommittees: 'invited', referProblem: 'referral { id }' };
  const step = async (name: string, input: object, who: Who) => {
    const [, field = '', selection = ''] = fields.find(([pattern]) => pattern.test(name)) ?? [];
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${also[name] ?? ''} ${field} { ${selection} } userErrors { code path } } }`,
      { variables: { input }, ...(who && { token: await who() }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field] ?? null,
      answer,
    };
  };
  const done = async (name: string, input: object, who: Who) => {
    const { code, record } = await step(name, input, who);
    expect({ name, code }).toEqual({ name, code: null });
    return record;
  };
  const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
  const refusedTo = async (name: string, input: object, others: readonly Who[]) => {
    for (const who of others) expect(refusals).toContain((await step(name, input, who)).code);
  };
  const ask = async (query: string, who: Who) => {
    const { data, errors } = await hub.ask(query, { ...(who && { token: await who() }) });
    expect(errors).toEqual([]);
    return data;
  };
  const letterTo = async (committee: string, title: string) => {
    const { nodes } = (
      await ask(
        `{ committee(code: "${committee}") { linkedInvitations { nodes { id title answerBy handInBy inviter { name } linkedAction { id } } } } }`,
        office(committee),
      )
    ).committee.linkedInvitations;
    return nodes.filter((one: { title: string }) => one.title === title);
  };

  const title = '民营经济政策措施落实情况联动监督';
  const cityTitle = `苏州：${title}`;
  let province = '';
  let city = '';
  let cityPart = '';
  let countyPart = '';
  let problems: string[] = [];

  test('the province begins a supervision and invites three cities by letter, and no county reads it', async () => {
    const letter = {
      kind: 'SUPERVISION',
      title,
      description: '省市县三级各自开展监督，问题清单逐级汇总。',
      handInBy: '2026-06-30',
    };
    await refusedTo('openLinkedAction', letter, [somebody, ...outside.slice(2)]);
    province = (await done('openLinkedAction', letter, office(jiangsu))).id;
    const cities = { linkedAction: province, committees: [suzhou, nanjing, '320200'] };
    await refusedTo('inviteCommittees', cities, [...outside, office(suzhou)]);
    const outOfPlace = { linkedAction: province, committees: ['330100'] };
    expect((await step('inviteCommittees', outOfPlace, office(jiangsu))).code).toBe('INVALID');
    expect((await step('inviteCommittees', cities, office(jiangsu))).answer.invited).toBe(3);
    expect((await step('inviteCommittees', cities, office(jiangsu))).answer.invited).toBe(0);
    const [received] = await letterTo(suzhou, title);
    expect(received).toEqual({
      id: received.id,
      title,
      answerBy: deadlineAfter(today(), 10, 'WORKING_DAYS').day,
      handInBy: '2026-06-30',
      inviter: { name: '江苏省政协' },
      linkedAction: null,
    });
    expect(await letterTo(taicang, title)).toEqual([]);
  });

  test('苏州 accepts: of two secretaries one answers, and nobody answers for another committee', async () => {
    const [{ id: linkedInvitation }] = await letterTo(suzhou, title);
    await refusedTo('acceptLinkedInvitation', { linkedInvitation }, [...outside, office(jiangsu), office(nanjing)]);
    const both = await Promise.all(
      [office(suzhou), secondSecretary].map((who) => step('acceptLinkedInvitation', { linkedInvitation }, who)),
    );
    const refused = both.find(({ code }) => code !== null);
    expect(both.filter(({ code }) => code === null)).toHaveLength(1);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(refused?.code);
    cityPart = refused?.record.id;
  });

  test('it sets its own plan, with a consultation of its own and a platform, which the province reads and can’t change', async () => {
    const consultation = await done(
      'planConsultation',
      { committee: suzhou, title: '苏州市民营经济政策落实民主监督', kind: 'SUPERVISION', visibility: 'PUBLIC' },
      office(suzhou),
    );
    const plan = {
      linkedPart: cityPart,
      plan: '市级牵头，两个县级政协分头监督，六月中旬汇总。',
      plannedFrom: '2026-04-01',
      plannedUntil: '2026-06-15',
      consultation: consultation.id,
      platform: { name: '政协苏州市委员会协商议事室' },
    };
    await refusedTo('planLinkedPart', plan, [...outside, office(jiangsu), office(taicang)]);
    expect((await done('planLinkedPart', plan, office(suzhou))).status).toBe('PLANNED');
    const { linkedPart } = await ask(
      `{ linkedPart(id: "${cityPart}") { plan consultation { title } platform { name } committee { code } } }`,
      office(jiangsu),
    );
    expect(linkedPart).toEqual({
      plan: plan.plan,
      consultation: { title: '苏州市民营经济政策落实民主监督' },
      platform: { name: plan.platform.name },
      committee: { code: suzhou },
    });
  });

  test('it carries the action on and invites its counties by a letter of its own', async () => {
    const [{ id: invitation }] = await letterTo(suzhou, title);
    const own = { kind: 'SUPERVISION', title: cityTitle, description: '分头监督，问题清单五月底报市。', invitation };
    await refusedTo('openLinkedAction', own, [office(nanjing), office(taicang), office(zhejiang)]);
    city = (await done('openLinkedAction', own, office(suzhou))).id;
    const counties = { linkedAction: city, committees: [taicang, wujiang] };
    await refusedTo('inviteCommittees', counties, [office(jiangsu), office(taicang)]);
    expect((await step('inviteCommittees', counties, office(suzhou))).answer.invited).toBe(2);
    expect((await letterTo(taicang, cityTitle))[0].inviter).toEqual({ name: '苏州市政协' });
  });

  test('吴江 declines with a reason, 太仓 accepts after its day and is marked late', async () => {
    const [toWujiang] = await letterTo(wujiang, cityTitle);
    const declining = { linkedInvitation: toWujiang.id, reason: ' ' };
    expect((await step('declineLinkedInvitation', declining, office(wujiang))).code).toBe('REQUIRED');
    await done('declineLinkedInvitation', { ...declining, reason: '年内已有三项监督' }, office(wujiang));
    const [toTaicang] = await letterTo(taicang, cityTitle);
    setDay(deadlineAfter(toTaicang.answerBy, 1, 'DAYS').day);
    countyPart = (await done('acceptLinkedInvitation', { linkedInvitation: toTaicang.id }, office(taicang))).id;
    const { linkedPart } = await ask(
      `{ linkedPart(id: "${countyPart}") { events { step due late } invitation { late } } }`,
      office(suzhou),
    );
    expect(linkedPart).toEqual({
      events: [{ step: 'acceptLinkedInvitation', due: toTaicang.answerBy, late: true }],
      invitation: { late: true },
    });
    await done('planLinkedPart', { linkedPart: countyPart, plan: '四月走访企业，五月复查。' }, office(taicang));
  });

  test('太仓 finds three problems, which those above read and nobody else', async () => {
    const found = (text: string) => ({
      title: text,
      text: `${text}，需整改。`,
      topic: '民营经济政策落实',
      linkedPart: countyPart,
    });
    await refusedTo('reportProblem', found('收费'), [...outside, office(suzhou), office(wujiang)]);
    problems = [];
    for (const text of ['涉企收费未公示', '毗邻园区准入不一', '省级奖补未兑现'])
      problems.push((await done('reportProblem', found(text), office(taicang))).id);
    for (const who of [office(suzhou), office(jiangsu)])
      expect((await ask(`{ problem(id: "${problems[0]}") { committee { code } } }`, who)).problem).toEqual({
        committee: { code: taicang },
      });
    for (const who of [somebody, office(wujiang), office(zhejiang), bureau])
      expect((await ask(`{ problem(id: "${problems[0]}") { id } }`, who)).problem).toBeNull();
  });

  test('one is handed over to a department, put right, answered, looked at twice and closed', async () => {
    const problem = problems[0];
    const over = { problem, body: '市市场监督管理局', department: water, due: '2026-05-15' };
    await refusedTo('handOverProblem', over, [...outside, office(suzhou), office(jiangsu)]);
    await done('handOverProblem', over, office(taicang));
    const right = { problem, measures: '公示收费目录并退费两家' };
    await refusedTo('reportProblemPutRight', right, [...outside, office(taicang), office(suzhou)]);
    for (const findings of ['仍有一家未公示', '均已公示']) {
      await done('reportProblemPutRight', right, bureau);
      await done('answerProblem', { problem, answer: '已整改完毕' }, bureau);
      if (findings === '均已公示') break;
      expect((await done('rejectProblem', { problem, findings }, office(taicang))).putRight).toBeNull();
      await done('handOverProblem', over, office(taicang));
    }
    const looked = { problem, findings: '均已公示' };
    await refusedTo('verifyProblem', looked, [...outside, bureau, office(suzhou)]);
    await done('verifyProblem', looked, office(taicang));
    const closing = { problem, conclusion: '同意销号', evaluation: 'SATISFIED' };
    expect((await done('closeProblem', closing, office(taicang))).status).toBe('CLOSED');
  });

  test('one goes sideways to 昆山 and comes back, one goes up to 苏州 and on to the province; each has a holder and a day', async () => {
    const holder = async (problem = '', who: Who = office(taicang)) => {
      const { problem: now } = await ask(`{ problem(id: "${problem}") { holder { code } heldUntil } }`, who);
      return [now.holder.code, now.heldUntil];
    };
    const sideways = await step(
      'referProblem',
      { problem: problems[1], to: kunshan, note: '园区管理方在昆山', due: '2026-05-20' },
      office(taicang),
    );
    expect(sideways.code).toBeNull();
    expect(await holder(problems[1])).toEqual([kunshan, '2026-05-20']);
    const given = { referral: sideways.answer.referral.id };
    await refusedTo('takeReferral', given, [...outside, office(taicang), office(suzhou)]);
    const declined = { ...given, reason: '园区已撤并' };
    await done('declineReferral', declined, office(kunshan));
    expect(await holder(problems[1])).toEqual([taicang, null]);
    await done('takeBackProblem', { problem: problems[1] }, office(taicang));
    await done('handOverProblem', { problem: problems[1], body: '浏河镇人民政府', due: '2026-05-25' }, office(taicang));

    const up = await step('referProblem', { problem: problems[2], to: suzhou, due: '2026-06-01' }, office(taicang));
    const handling = await done('takeReferral', { referral: up.answer.referral.id }, office(suzhou));
    await done(
      'passOnReferral',
      { referralHandling: handling.id, to: jiangsu, note: '涉及省级资金', due: '2026-06-10' },
      office(suzhou),
    );
    expect(await holder(problems[2])).toEqual([jiangsu, '2026-06-10']);
    expect((await step('takeBackProblem', { problem: problems[2] }, office(taicang))).code).toBe('REFERRAL_HELD');
    const { referrals } = (
      await ask(
        `{ committee(code: "${jiangsu}") { referrals(filter: { box: RECEIVED, waiting: true }) { nodes { id title direction path { name } pendingSteps { step } } } } }`,
        office(jiangsu),
      )
    ).committee;
    expect(referrals.nodes).toEqual([
      {
        id: referrals.nodes[0].id,
        title: '省级奖补未兑现',
        direction: 'UP',
        path: [{ name: '太仓市政协' }, { name: '苏州市政协' }],
        pendingSteps: [{ step: 'takeReferral' }, { step: 'declineReferral' }],
      },
    ]);
    await done('takeReferral', { referral: referrals.nodes[0].id }, office(jiangsu));
    expect((await ask(`{ referral(id: "${referrals.nodes[0].id}") { id } }`, office(zhejiang))).referral).toBeNull();
  });

  test('county and city hand in their parts, each its own', async () => {
    const handing = { linkedPart: countyPart, report: '走访四次，发现问题三个。' };
    await refusedTo('handInLinkedPart', handing, [...outside, office(suzhou), office(wujiang)]);
    await done('handInLinkedPart', handing, office(taicang));
    setDay('2026-06-20');
    const figures = [{ label: '走访', value: { value: 4 }, unit: '次' }];
    await done('handInLinkedPart', { linkedPart: cityPart, report: '苏州市监督报告。', figures }, office(suzhou));
    const { linkedPart } = await ask(
      `{ linkedPart(id: "${cityPart}") { status handedIn figures { label value { text } } } }`,
      office(jiangsu),
    );
    expect(linkedPart).toEqual({
      status: 'HANDED_IN',
      handedIn: '2026-06-20',
      figures: [{ label: '走访', value: { text: '4' } }],
    });
  });

  test('the province reads who has done what and what came of the problems, each number with its list', async () => {
    const { linkedAction } = await ask(
      `{ linkedAction(id: "${province}") {
        progress { basis invited silent accepted declined planned handedIn late }
        silent: invitations(scope: SUBTREE, filter: { answers: [SILENT] }) { totalCount nodes { committee { name } late } }
        counties: invitations(scope: SUBTREE, filter: { levels: [COUNTY] }) { nodes { committee { name } answer part { reason } } }
        problemProgress { basis found handedOver referred solved verified overdue }
        solved: problems(scope: SUBTREE, filter: { stage: SOLVED }) { totalCount nodes { title committee { name } } }
        overdue: problems(scope: SUBTREE, filter: { overdue: true }) { nodes { title } }
        carriedOnBy { nodes { title committee { name } progress { invited } } }
      } }`,
      office(jiangsu),
    );
    expect(linkedAction).toEqual({
      progress: {
        basis: 'COUNTED',
        invited: 5,
        silent: 2,
        accepted: 0,
        declined: 1,
        planned: 0,
        handedIn: 2,
        late: 3,
      },
      silent: {
        totalCount: 2,
        nodes: [
          { committee: { name: '南京市政协' }, late: true },
          { committee: { name: '无锡市政协' }, late: true },
        ],
      },
      counties: {
        nodes: [
          { committee: { name: '吴江区政协' }, answer: 'DECLINED', part: { reason: '年内已有三项监督' } },
          { committee: { name: '太仓市政协' }, answer: 'HANDED_IN', part: { reason: null } },
        ],
      },
      problemProgress: {
        basis: 'COUNTED',
        found: 3,
        handedOver: 2,
        referred: 2,
        solved: 1,
        verified: 1,
        overdue: 2,
      },
      solved: { totalCount: 1, nodes: [{ title: '涉企收费未公示', committee: { name: '太仓市政协' } }] },
      overdue: { nodes: expect.arrayContaining([{ title: '毗邻园区准入不一' }, { title: '省级奖补未兑现' }]) },
      carriedOnBy: { nodes: [{ title: cityTitle, committee: { name: '苏州市政协' }, progress: { invited: 2 } }] },
    });
  });

  test('the province next door, the public and the invited who aren’t asked see nothing of it', async () => {
    const seen = async (who: Who) => {
      const { linkedAction, linkedActions, problems } = await ask(
        `{ linkedAction(id: "${province}") { id } linkedActions(within: "${jiangsu}") { totalCount } problems(within: "${jiangsu}") { totalCount } }`,
        who,
      );
      return [linkedAction, linkedActions.totalCount, problems.totalCount];
    };
    for (const who of [somebody, office(zhejiang), office(nanjing)]) expect(await seen(who)).toEqual([null, 0, 0]);
    expect(await seen(office(taicang))).toEqual([null, 0, 3]);
  });

  test('the province concludes, and each invited reads what came of it', async () => {
    await done(
      'concludeLinkedAction',
      { linkedAction: province, conclusion: '形成监督报告，三项问题转有关部门。' },
      office(jiangsu),
    );
    const [{ id }] = await letterTo(nanjing, title);
    const { linkedInvitation } = await ask(`{ linkedInvitation(id: "${id}") { status conclusion } }`, office(nanjing));
    expect(linkedInvitation).toEqual({ status: 'CONCLUDED', conclusion: '形成监督报告，三项问题转有关部门。' });
    expect((await step('acceptLinkedInvitation', { linkedInvitation: id }, office(nanjing))).code).toBe(
      'INVITATION_CLOSED',
    );
  });

  test('what the source tells of 苏州 stays as it tells it: its supervision is a plan there, and no linked action', async () => {
    const { consultation, linkedActions } = await ask(
      `{ consultation(id: "${recordId('suzhou/private-economy-supervision-2024')}") { kind status held { text } }
        linkedActions(within: "${suzhou}") { totalCount } }`,
      somebody,
    );
    expect(consultation).toMatchObject({ kind: 'SUPERVISION', status: 'PLANNED' });
    expect(linkedActions.totalCount).toBe(0);
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
