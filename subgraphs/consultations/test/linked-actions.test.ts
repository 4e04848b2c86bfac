import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { committees } from '@hub/regions';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph, walk } from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { linkedActionMachine } from '../src/linked-actions/linked-action.machine.ts';
import { linkedPartMachine } from '../src/linked-actions/linked-part.machine.ts';
import {
  ago,
  goTo,
  kunshan,
  later,
  linkedWork,
  nanjing,
  nextDoor,
  province,
  strangersTo,
  suzhou,
  taicang,
} from './linked-action.ts';

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());
afterEach(() => {
  vi.useRealTimers();
});

const { step, onAction, onPart, open, invite, invitations, received, invitationTo, accept } = linkedWork(() => hub);
const strangers = [...strangersTo(province), staff('000000')];

describe('a linked action', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const { faults, tried } = await walk({
      machine: linkedActionMachine,
      ask: hub.ask,
      as: { STAFF: staff(province) },
      strangers: [...strangers, staff(suzhou)],
      reader: staff(province),
      inputs: {
        openLinkedAction: () => ({ kind: 'SURVEY', title: '调研', description: '内容' }),
        amendLinkedAction: (linkedAction) => ({ linkedAction, title: '改名' }),
        inviteCommittees: (linkedAction) => ({ linkedAction, levels: ['CITY'] }),
        withdrawLinkedInvitations: async (linkedAction) => {
          // Past the steps, so that what is refused leaves no trace of this either.
          await hub.testDatabase.admin`insert into consultations.linked_invitation
            (id, owner, owner_as_filed, visibility, parties, linked_action, committee, committee_as_filed, sent, kind, title, description, answer_by, hand_in_by)
            select gen_random_uuid(), owner, owner, 'JOINT', ${[province, nanjing]}, id, ${nanjing}, ${nanjing}, now(), kind, title, description, answer_by, hand_in_by
            from consultations.linked_action where id = ${linkedAction} on conflict do nothing`;
          return { linkedAction, committees: [nanjing], reason: '另行安排' };
        },
        concludeLinkedAction: (linkedAction) => ({ linkedAction, conclusion: '已完成' }),
        cancelLinkedAction: (linkedAction) => ({ linkedAction, reason: '条件变化' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test('invites a whole subtree in as many statements as a handful, and nobody twice', async () => {
    const one = await open(staff(province));
    const another = await open(staff(province));
    const count = async (action: string, input: object) =>
      hub.ask(
        `mutation ($input: InviteCommitteesInput!) { inviteCommittees(input: $input) { invited userErrors { code } } }`,
        { as: staff(province), variables: { input: { linkedAction: action, ...input } } },
      );
    const few = await count(one, { committees: [suzhou] });
    const all = await count(another, { levels: ['CITY', 'COUNTY'] });
    const below = committees({ within: province }).length;
    expect(below).toBeGreaterThan(100);
    expect(all.data.inviteCommittees).toEqual({ invited: below, userErrors: [] });
    expect(all.statements).toBe(few.statements);
    expect((await count(another, { levels: ['COUNTY'], committees: [suzhou] })).data.inviteCommittees.invited).toBe(0);
    const both = await Promise.all([
      invite(one, { committees: [nanjing, suzhou] }, staff(province)),
      invite(one, { levels: ['CITY'] }, staff(province)),
    ]);
    expect(both.map(({ code }) => code).filter((code) => code !== null && code !== 'CONFLICT')).toEqual([]);
    const now = await invitations(one, staff(province));
    expect(new Set(now?.nodes.map(({ committee }) => committee.code)).size).toBe(now?.totalCount);
  });

  test('keeps with each step whom it invited, and not those who were invited before', async () => {
    const action = await open(staff(province), { visibility: 'MEMBERS' });
    for (const input of [
      { committees: [suzhou] },
      { committees: [nanjing, suzhou, kunshan] },
      { committees: [suzhou] },
    ])
      expect((await invite(action, input, staff(province))).code).toBeNull();
    await invite(action, { levels: ['CITY'] }, staff(province));
    const { data } = await hub.ask(
      'query ($id: ID!) { linkedAction(id: $id) { events { step evidence { name value } } } }',
      { as: staff(province), variables: { id: action } },
    );
    const named = data.linkedAction.events
      .filter(({ step }: { step: string }) => step === 'inviteCommittees')
      .map(({ evidence }: { evidence: { name: string; value: string }[] }) =>
        evidence.map(({ name, value }) => [name, JSON.parse(value)]),
      );
    const cities = committees({ within: province, level: 'CITY' }).map(({ code }) => code);
    expect(named).toEqual([
      [['committees', [suzhou]]],
      [['committees', [nanjing, kunshan]]],
      [],
      [['committees', cities.filter((code) => code !== suzhou && code !== nanjing)]],
    ]);
    // Its members read the action, and not whom it invites.
    const { data: shown } = await hub.ask(
      'query ($id: ID!) { linkedAction(id: $id) { invitations { totalCount } events { step evidence { name } } } }',
      { as: member('10000000-0000-4000-8000-000000000001', province), variables: { id: action } },
    );
    expect(shown.linkedAction.invitations.totalCount).toBe(0);
    expect(shown.linkedAction.events.slice(1)).toEqual(Array(4).fill({ step: 'inviteCommittees', evidence: [] }));
  });

  test('invites inside its own subtree only', async () => {
    const action = await open(staff(suzhou));
    for (const committee of [suzhou, nanjing, province, '330100', '320599', 'not a code'])
      expect([committee, (await invite(action, { committees: [committee] }, staff(suzhou))).code]).toEqual([
        committee,
        'INVALID',
      ]);
    expect((await invite(action, {}, staff(suzhou))).code).toBe('REQUIRED');
    expect((await invite(action, { levels: ['CITY'] }, staff(suzhou))).code).toBe('INVALID');
    const county = await open(staff(taicang));
    expect((await invite(county, { levels: ['COUNTY'] }, staff(taicang))).code).toBe('INVALID');
    const nation = await open(staff('000000'));
    expect((await invite(nation, { levels: ['PROVINCE'] }, staff('000000'))).invited).toBeGreaterThan(30);
  });

  test('shows each invited its own letter and nothing of the others, unless it is published', async () => {
    const action = await open(staff(province), { title: '只给受邀者' });
    await invite(action, { committees: [suzhou, nanjing] }, staff(province));
    const [own, ...more] = (await received(suzhou)).filter(({ title }) => title === '只给受邀者');
    expect(more).toEqual([]);
    expect(own).toMatchObject({ committee: { code: suzhou }, answer: 'SILENT', linkedAction: null });
    const ofNanjing = await invitationTo(action, nanjing, province);
    const look = async (as: Actor) => {
      const { data } = await hub.ask(
        `query ($action: ID!, $other: ID!) { linkedAction(id: $action) { invitations { totalCount } } linkedInvitation(id: $other) { id } }`,
        { as, variables: { action, other: ofNanjing } },
      );
      return data;
    };
    for (const as of [staff(suzhou), staff(nextDoor), staff('000000'), everyone])
      expect(await look(as)).toEqual({ linkedAction: null, linkedInvitation: null });
    expect((await received(nanjing, staff(suzhou))).filter(({ title }) => title === '只给受邀者')).toEqual([]);
    await onAction('amendLinkedAction', { linkedAction: action, visibility: 'PUBLIC' }, staff(province));
    for (const as of [staff(suzhou), everyone]) expect((await look(as)).linkedAction.invitations.totalCount).toBe(2);
    // The letter is everybody's then, the answer is not: nobody is called silent who may have answered.
    await accept(ofNanjing, nanjing);
    expect((await invitations(action, everyone))?.nodes.map(({ answer }) => answer)).toEqual([null, null]);
    expect((await invitations(action, staff(province)))?.nodes.map(({ answer }) => answer)).toEqual([
      'ACCEPTED',
      'SILENT',
    ]);
    const { data } = await hub.ask(
      'query ($id: ID!) { linkedAction(id: $id) { progress { invited silent accepted unknown } } }',
      { variables: { id: action } },
    );
    expect(data.linkedAction.progress).toEqual({ invited: 2, silent: 0, accepted: 0, unknown: 2 });
  });

  test('that is amended, concluded or cancelled tells each invited so', async () => {
    const action = await open(staff(province), { title: '原题', answerBy: later(3), handInBy: later(30) });
    await invite(action, { committees: [suzhou, nanjing] }, staff(province));
    const id = await invitationTo(action, suzhou, province);
    const letter = async () =>
      (
        await hub.ask(
          'query ($id: ID!) { linkedInvitation(id: $id) { title handInBy status reason conclusion pendingSteps { step due } } }',
          { as: staff(suzhou), variables: { id } },
        )
      ).data.linkedInvitation;
    expect((await letter()).pendingSteps).toEqual([
      { step: 'acceptLinkedInvitation', due: later(3) },
      { step: 'declineLinkedInvitation', due: later(3) },
    ]);
    const amend = (input: object) => onAction('amendLinkedAction', { linkedAction: action, ...input }, staff(province));
    expect((await amend({ handInBy: later(2) })).code).toBe('INVALID');
    expect((await amend({ answerBy: ago(1) })).code).toBe('DATE_PAST');
    expect((await amend({ title: '新题', handInBy: later(40) })).code).toBeNull();
    expect(await letter()).toMatchObject({ title: '新题', handInBy: later(40), status: 'OPEN' });
    const withdraw = (committee: string) =>
      onAction(
        'withdrawLinkedInvitations',
        { linkedAction: action, committees: [committee], reason: '重复' },
        staff(province),
      );
    expect((await withdraw(kunshan)).code).toBe('INVALID');
    expect((await withdraw(nanjing)).code).toBeNull();
    expect((await withdraw(nanjing)).code).toBe('INVALID');
    await onAction('concludeLinkedAction', { linkedAction: action, conclusion: '形成报告' }, staff(province));
    expect(await letter()).toMatchObject({ status: 'CONCLUDED', conclusion: '形成报告', pendingSteps: [] });
    const all = await invitations(action, staff(province));
    expect(all?.nodes.map(({ status }) => status)).toEqual(['WITHDRAWN', 'CONCLUDED']);
    expect((await accept(id, suzhou)).code).toBe('INVITATION_CLOSED');
  });
});

describe('the part of an invited committee', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const invited = async () => {
      const action = await open(staff(province));
      await invite(action, { committees: [suzhou] }, staff(province));
      return { linkedInvitation: await invitationTo(action, suzhou, province) };
    };
    const { faults, tried } = await walk({
      machine: linkedPartMachine,
      ask: hub.ask,
      as: { STAFF: staff(suzhou) },
      // Who invited changes nothing of it either.
      strangers: [...strangers, staff(province), staff(nanjing), staff(taicang)],
      reader: staff(province),
      inputs: {
        acceptLinkedInvitation: invited,
        declineLinkedInvitation: async () => ({ ...(await invited()), reason: '力量不足' }),
        reconsiderLinkedInvitation: (linkedPart) => ({ linkedPart }),
        planLinkedPart: (linkedPart) => ({ linkedPart, plan: '分三步' }),
        handInLinkedPart: (linkedPart) => ({ linkedPart, report: '报告' }),
        withdrawLinkedPart: (linkedPart) => ({ linkedPart, reason: '换届' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  test('is answered once: of two who answer at the same time one is told what the other said', async () => {
    const action = await open(staff(province));
    await invite(action, { committees: [suzhou] }, staff(province));
    const linkedInvitation = await invitationTo(action, suzhou, province);
    const second: Actor = { ...(staff(suzhou) as Extract<Actor, { kind: 'STAFF' }>), subject: 'second' };
    const answers = await Promise.all([
      accept(linkedInvitation, suzhou),
      onPart('declineLinkedInvitation', { linkedInvitation, reason: '无力承担' }, second),
    ]);
    const refused = answers.filter(({ code }) => code !== null);
    const [done] = answers.filter(({ code }) => code === null);
    expect(refused).toHaveLength(1);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(refused[0]?.code);
    expect(refused[0]?.linkedPart).toEqual(done?.linkedPart);
    const again = await accept(linkedInvitation, suzhou);
    expect(again).toMatchObject({ code: 'STEP_NOT_ALLOWED', linkedPart: { id: done?.linkedPart.id } });
  });

  test('sent twice with one key is one answer', async () => {
    const action = await open(staff(province));
    await invite(action, { committees: [suzhou] }, staff(province));
    const linkedInvitation = await invitationTo(action, suzhou, province);
    const idempotencyKey = '0b1f3f5e-6e7d-4a1c-8f55-5f0c2b7c9a10';
    const both = await Promise.all([1, 2].map(() => accept(linkedInvitation, suzhou, { idempotencyKey })));
    expect(both.map(({ code }) => code)).toEqual([null, null]);
    expect(both[0]?.linkedPart.id).toBe(both[1]?.linkedPart.id);
  });

  test('that comes after its day is marked late and not refused', async () => {
    const action = await open(staff(province), { answerBy: later(1), handInBy: later(2) });
    await invite(action, { committees: [suzhou, nanjing] }, staff(province));
    const linkedInvitation = await invitationTo(action, suzhou, province);
    goTo(later(5));
    const late = async () => (await invitations(action, staff(province)))?.nodes.map(({ late }) => late);
    expect(await late()).toEqual([true, true]);
    const { linkedPart } = await accept(linkedInvitation, suzhou);
    await onPart('planLinkedPart', { linkedPart: linkedPart.id, plan: '抓紧' }, staff(suzhou));
    const handed = await onPart('handInLinkedPart', { linkedPart: linkedPart.id, report: '情况' }, staff(suzhou));
    expect(handed).toMatchObject({ code: null, linkedPart: { status: 'HANDED_IN' } });
    const { data } = await hub.ask('query ($id: ID!) { linkedPart(id: $id) { events { step due late } } }', {
      as: staff(province),
      variables: { id: linkedPart.id },
    });
    expect(data.linkedPart.events).toEqual([
      { step: 'acceptLinkedInvitation', due: ago(4), late: true },
      { step: 'planLinkedPart', due: null, late: false },
      { step: 'handInLinkedPart', due: ago(3), late: true },
    ]);
  });

  test('is planned with a consultation of its own and through a platform that it names', async () => {
    const action = await open(staff(province));
    await invite(action, { committees: [suzhou] }, staff(province));
    const { linkedPart } = await accept(await invitationTo(action, suzhou, province), suzhou);
    const consultation = async (committee: string) =>
      (
        await step(
          'planConsultation',
          { committee, title: '河道监督', kind: 'SUPERVISION', visibility: 'PUBLIC' },
          staff(committee),
          'consultation { id }',
        )
      ).consultation.id;
    const [own, others] = [await consultation(suzhou), await consultation(nanjing)];
    const plan = (input: object) =>
      onPart('planLinkedPart', { linkedPart: linkedPart.id, plan: '分三步', ...input }, staff(suzhou));
    expect((await plan({ consultation: others })).code).toBe('INVALID');
    expect((await plan({ plannedFrom: later(5), plannedUntil: later(4) })).code).toBe('INVALID');
    const platform = { name: '协商议事厅', workstation: '10000000-0000-4000-8000-0000000000b1' };
    expect(
      (await plan({ consultation: own, plannedFrom: later(4), plannedUntil: later(9), platform })).code,
    ).toBeNull();
    const look = async (as: Actor) =>
      (
        await hub.ask(
          'query ($id: ID!) { linkedPart(id: $id) { plannedUntil consultation { id } platform { name workstation { id } organization { id } } } }',
          { as, variables: { id: linkedPart.id } },
        )
      ).data.linkedPart;
    const shown = { plannedUntil: later(9), consultation: { id: own } };
    // Whether the workstation is public isn't known here; its name is the part's own.
    expect(await look(staff(province))).toEqual({
      ...shown,
      platform: { name: '协商议事厅', workstation: null, organization: null },
    });
    expect(await look(staff(nextDoor))).toBeNull();
  });

  test('can’t be put in by a committee that isn’t invited, not even past the hub’s own code', async () => {
    const action = await open(staff(province));
    await invite(action, { committees: [suzhou] }, staff(province));
    const linkedInvitation = await invitationTo(action, suzhou, province);
    const insert = hub.testDatabase.admin`insert into consultations.linked_part
      (id, owner, owner_as_filed, visibility, linked_invitation, status, answered)
      values (gen_random_uuid(), ${nanjing}, ${nanjing}, 'JOINT', ${linkedInvitation}, 'ACCEPTED', now())`;
    await expect(insert).rejects.toMatchObject({ constraint_name: 'linked_part_invited' });
    await onAction('cancelLinkedAction', { linkedAction: action, reason: '停办' }, staff(province));
    const late = hub.testDatabase.admin`insert into consultations.linked_part
      (id, owner, owner_as_filed, visibility, linked_invitation, status, answered)
      values (gen_random_uuid(), ${suzhou}, ${suzhou}, 'JOINT', ${linkedInvitation}, 'ACCEPTED', now())`;
    await expect(late).rejects.toMatchObject({ constraint_name: 'linked_part_invitation_open' });
  });
});

describe('the tree', () => {
  /** A province's action that Suzhou carries on to two of its counties; Nanjing keeps silent. */
  const grown = async (input: object = {}) => {
    const top = await open(staff(province));
    await invite(top, { committees: [suzhou, nanjing] }, staff(province));
    const invitation = await invitationTo(top, suzhou, province);
    const { linkedPart } = await accept(invitation, suzhou);
    const city = await open(staff(suzhou), { invitation, ...input });
    await invite(city, { committees: [taicang, kunshan] }, staff(suzhou));
    return { top, invitation, part: linkedPart.id as string, city };
  };
  const progress = async (action: string, as: Actor, scope = 'SUBTREE') =>
    (
      await hub.ask(
        `query ($id: ID!) { linkedAction(id: $id) { progress(scope: ${scope}) { invited silent accepted declined planned handedIn left unknown late } } }`,
        { as, variables: { id: action } },
      )
    ).data.linkedAction?.progress;

  test('is carried on by who accepted, once, and by nobody else', async () => {
    const { invitation, city, top } = await grown();
    const carry = (as: Actor) =>
      onAction('openLinkedAction', { kind: 'SURVEY', title: '承接', description: '内容', invitation }, as);
    expect((await carry(staff(suzhou))).code).toBe('INVITATION_CARRIED_ON');
    expect((await carry(staff(nanjing))).code).toBe('NOT_FOUND');
    expect((await carry(staff(province))).code).toBe('NOT_YOURS');
    const silent = await invitationTo(top, nanjing, province);
    expect(
      (
        await onAction(
          'openLinkedAction',
          { kind: 'SURVEY', title: '承接', description: '内容', invitation: silent },
          staff(nanjing),
        )
      ).code,
    ).toBe('STEP_NOT_ALLOWED');
    const { data } = await hub.ask(
      `query ($city: ID!, $top: ID!) { linkedAction(id: $city) { visibility invitation { id } partOf { id } }
        top: linkedAction(id: $top) { carriedOnBy { nodes { id } } invitations { nodes { carriedOnBy { id } } } } }`,
      { as: staff(province), variables: { city, top } },
    );
    expect(data).toEqual({
      linkedAction: { visibility: 'JOINT', invitation: { id: invitation }, partOf: { id: top } },
      top: {
        carriedOnBy: { nodes: [{ id: city }] },
        invitations: { nodes: [{ carriedOnBy: null }, { carriedOnBy: { id: city } }] },
      },
    });
  });

  test('is counted by each as far as it may be seen, and every number has its list', async () => {
    const { top, city } = await grown();
    const [toTaicang, toKunshan] = [
      await invitationTo(city, taicang, suzhou),
      await invitationTo(city, kunshan, suzhou),
    ];
    const { linkedPart } = await accept(toTaicang, taicang);
    await onPart('planLinkedPart', { linkedPart: linkedPart.id, plan: '自定' }, staff(taicang));
    await onPart('declineLinkedInvitation', { linkedInvitation: toKunshan, reason: '另有任务' }, staff(kunshan));
    const none = { silent: 0, accepted: 0, declined: 0, planned: 0, handedIn: 0, left: 0, unknown: 0, late: 0 };
    expect(await progress(top, staff(province))).toEqual({
      ...none,
      invited: 4,
      silent: 1,
      accepted: 1,
      declined: 1,
      planned: 1,
    });
    expect(await progress(top, staff(province), 'OWN')).toEqual({ ...none, invited: 2, silent: 1, accepted: 1 });
    expect(await progress(city, staff(suzhou))).toEqual({ ...none, invited: 2, declined: 1, planned: 1 });
    for (const as of [staff(taicang), staff(nextDoor), staff(nanjing), everyone])
      expect(await progress(top, as)).toBeUndefined();
    goTo(later(400));
    const now = await progress(top, staff(province));
    const filters: Readonly<Record<string, string>> = {
      invited: 'withdrawn: false',
      silent: 'answers: [SILENT]',
      accepted: 'answers: [ACCEPTED]',
      declined: 'answers: [DECLINED]',
      planned: 'answers: [PLANNED]',
      handedIn: 'answers: [HANDED_IN]',
      left: 'answers: [WITHDRAWN]',
      late: 'late: true',
    };
    expect(now.late).toBe(3);
    for (const [number, filter] of Object.entries(filters)) {
      const list = await invitations(top, staff(province), `scope: SUBTREE, first: 100, filter: { ${filter} }`);
      expect([number, list?.totalCount]).toEqual([number, now[number]]);
      const asTold = list?.nodes.every(({ answer, late }) =>
        number === 'late' ? late : !filter.startsWith('answers') || filter.includes(String(answer)),
      );
      expect([number, asTold]).toEqual([number, true]);
    }
    const counties = await invitations(top, staff(province), 'scope: SUBTREE, filter: { levels: [COUNTY] }');
    expect(counties?.nodes.map(({ committee }) => committee.code)).toEqual([kunshan, taicang]);
  });

  test('isn’t seen from above below an action that its committee keeps to itself', async () => {
    const { top, city } = await grown({ visibility: 'INTERNAL' });
    expect((await progress(top, staff(province))).invited).toBe(2);
    expect(await progress(city, staff(province))).toBeUndefined();
    expect((await invitations(top, staff(province), 'scope: SUBTREE'))?.totalCount).toBe(2);
    await onAction('amendLinkedAction', { linkedAction: city, visibility: 'JOINT' }, staff(suzhou));
    expect((await progress(top, staff(province))).invited).toBe(4);
  });

  test('costs as many statements for a page of actions as for one', async () => {
    await grown();
    await grown();
    const page = async (first: number) => {
      const { statements, data } = await hub.ask(
        `{ linkedActions(within: "${province}", first: ${first}) { totalCount nodes { progress { invited } problemProgress { found }
          invitations(first: 3) { totalCount nodes { answer late carriedOnBy { id } part { status } } }
          platform { name } carriedOnBy { totalCount nodes { id } } events { step } pendingSteps { step } invitation { id } partOf { id } } } }`,
        { as: staff(province) },
      );
      expect(data.linkedActions.nodes).toHaveLength(first);
      return statements;
    };
    expect(await page(8)).toBe(await page(2));
  });

  test('waits for those whose turn it is, the invited to answer, to plan and to hand in', async () => {
    const { top, city } = await grown();
    const tasks = async (as: Actor & { subject: string }, ...records: readonly string[]) => {
      const { data, errors } = await hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { consultationTasks { recordType record title step { step due } } } } }`,
        { as, variables: { of: [{ __typename: 'Me', id: `STAFF ${as.subject}` }] } },
      );
      expect(errors).toEqual([]);
      return data._entities[0].consultationTasks.filter(({ record }: { record: string }) => records.includes(record));
    };
    const toTaicang = await invitationTo(city, taicang, suzhou);
    const office = staff(taicang) as Actor & { subject: string };
    const usual = deadlineAfter(today(), 10, 'WORKING_DAYS').day;
    expect(await tasks(office, toTaicang)).toEqual([
      {
        recordType: 'LinkedInvitation',
        record: toTaicang,
        title: '河道整治监督',
        step: { step: 'acceptLinkedInvitation', due: usual },
      },
    ]);
    const { linkedPart } = await accept(toTaicang, taicang);
    const waiting = async () =>
      (await tasks(office, toTaicang, linkedPart.id)).map(({ step }: { step: object }) => step);
    expect(await waiting()).toEqual([{ step: 'planLinkedPart', due: null }]);
    await onPart('planLinkedPart', { linkedPart: linkedPart.id, plan: '自定' }, office);
    const handInBy = deadlineAfter(today(), 60, 'WORKING_DAYS').day;
    expect(await waiting()).toEqual([{ step: 'handInLinkedPart', due: handInBy }]);
    await onPart('handInLinkedPart', { linkedPart: linkedPart.id, report: '报告' }, office);
    expect(await waiting()).toEqual([]);
    expect(await tasks(staff(province) as Actor & { subject: string }, top)).toMatchObject([
      { recordType: 'LinkedAction', step: { step: 'concludeLinkedAction', due: handInBy } },
    ]);
  });
});
