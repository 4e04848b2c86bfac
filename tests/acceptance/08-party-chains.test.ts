/**
 * 萧山区政协's party building in two lines (双线党建): two chains over one member, what of them is anybody's to know, and a
 * problem of two housing estates from the day on which it was raised to the ninth, on which it was solved.
 */
import { recordId } from '@hub/facts';
import { deadlineAfter } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const xiaoshan = '330109';
const street = '330109002';
const linping = '330113';
const city = '330100';
/** A Monday. */
const firstDay = '2026-03-02';
const dayMs = 86_400_000;
const dayAt = (days: number) => new Date(Date.parse(firstDay) + days * dayMs).toISOString().slice(0, 10);
const id = (key: string) => recordId(`xiaoshan/${key}`);
const traffic = recordId('acceptance/traffic-department');
const other = recordId('acceptance/other-department');

const shown: Readonly<Record<string, string>> = {
  term: 'id',
  membership: 'id member { id }',
  organization: 'id name',
  organizationMember: 'id visibility validFrom validUntil',
  contactLink: 'id visibility',
  consultation: 'id status',
  submission: 'id status reason answer daysToSolve',
};

describe('over HTTP', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('over HTTP');
    await putIntoDirectory(hub, { organizations: { [traffic]: xiaoshan, [other]: xiaoshan } });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay(0);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (days: number, time = '09:00') => vi.setSystemTime(new Date(`${dayAt(days)}T${time}:00+08:00`));

  // A token lives shorter than the clock jumps, so each question is asked with a new one.
  type Who = (() => Promise<string>) | null;
  const ids = { both: '', outside: '', convenor: '' };
  const forMembers = () => hub.staff(xiaoshan, ['members']);
  const forMeetings = () => hub.staff(xiaoshan, ['meetings']);
  const forProposals = () => hub.staff(xiaoshan, ['proposals']);
  const cityOffice = () => hub.staff(city);
  const linpingOffice = () => hub.staff(linping);
  const both = () => hub.member(ids.both, xiaoshan);
  const outside = () => hub.member(ids.outside, xiaoshan);
  const convenor = () => hub.member(ids.convenor, xiaoshan);
  const memberBeside = () => hub.member('linping/member-jin-danwen', linping);
  const operator = () => hub.token({ role: 'operator' });
  const everyone = null;

  const ask = async (query: string, who: Who = forMembers, receipt?: string) => {
    const { data, errors } = await hub.ask(query, {
      ...(who && { token: await who() }),
      ...(receipt !== undefined && { headers: { 'x-receipt': receipt } }),
    });
    expect(errors).toEqual([]);
    return data;
  };
  const step = async (name: string, field: string, input: object, who: Who = forMembers) => {
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${shown[field]} } userErrors { code } } }`,
      { variables: { input }, ...(who && { token: await who() }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field] ?? null,
    };
  };
  const done = async (name: string, field: string, input: object, who: Who = forMembers) => {
    const { code, record } = await step(name, field, input, who);
    expect({ name, code }).toEqual({ name, code: null });
    return record;
  };

  const bodies = { branch: '', cell: '', officeBranch: '' };
  let place = { id: '' };
  const chains = { office: 'PARTY_CHAIN_OFFICE', members: 'PARTY_CHAIN_MEMBERS' } as const;
  const link = (tree: string, parent: string, child: string, who: Who = forMembers) =>
    step('linkContact', 'contactLink', { committee: xiaoshan, tree, parent, child }, who);
  const up = async (member: string, who: Who) => {
    const data = await ask(
      `{ member(id: "${member}") { office: contactsUp(tree: PARTY_CHAIN_OFFICE) { organization { id } } members: contactsUp(tree: PARTY_CHAIN_MEMBERS) { organization { id } } } }`,
      who,
    );
    const way = (rows: { organization: { id: string } }[]) => rows.map(({ organization }) => organization.id);
    return { office: way(data.member.office), members: way(data.member.members) };
  };

  describe('two chains over one member', () => {
    test('are built by the staff for members, below what the documents tell of', async () => {
      await done('openTerm', 'term', { committee: xiaoshan, ordinal: 90, start: '2026-01-01' });
      const appoint = (name: string) =>
        done('appointMember', 'membership', {
          committee: xiaoshan,
          name,
          decision: '常委会会议',
          decided: '2026-01-08',
        });
      ids.both = (await appoint('委员甲')).member.id;
      ids.outside = (await appoint('委员乙')).member.id;
      ids.convenor = (await appoint('委员丙')).member.id;
      const add = async (name: string, classification: string, parent: string) =>
        (await done('addOrganization', 'organization', { committee: xiaoshan, name, classification, parent })).id;
      bodies.branch = await add('某专委会履职临时党支部', 'TEMPORARY_PARTY_BRANCH', id('party-group'));
      bodies.cell = await add('某履职临时党小组', 'TEMPORARY_PARTY_CELL', bodies.branch);
      bodies.officeBranch = await add('机关某党支部', 'PARTY_BRANCH', id('office-general-branch'));
      for (const [tree, parent, child] of [
        [chains.members, id('party-group'), bodies.branch],
        [chains.members, bodies.branch, bodies.cell],
        [chains.office, id('office-general-branch'), bodies.officeBranch],
        [chains.members, bodies.cell, ids.both],
        [chains.office, bodies.officeBranch, ids.both],
      ] as const)
        expect((await link(tree, parent, child)).code).toBeNull();
      place = await done('joinOrganization', 'organizationMember', { organization: bodies.cell, member: ids.both });
      expect(place).toMatchObject({ visibility: 'INTERNAL', validFrom: firstDay });
      await done('joinOrganization', 'organizationMember', { organization: bodies.officeBranch, member: ids.both });
      await done('appointConvenor', 'organizationMember', { organization: bodies.cell, member: ids.convenor });
    });

    test('are nobody else’s to build', async () => {
      const join = { organization: bodies.branch, member: ids.outside };
      const organization = { committee: xiaoshan, name: '别的党支部', classification: 'PARTY_BRANCH' };
      for (const [who, code] of [
        [forMeetings, 'FORBIDDEN'],
        [forProposals, 'FORBIDDEN'],
        [both, 'FORBIDDEN'],
        [memberBeside, 'FORBIDDEN'],
        [everyone, 'FORBIDDEN'],
        [operator, 'FORBIDDEN'],
        [cityOffice, 'NOT_YOURS'],
        [linpingOffice, 'NOT_YOURS'],
      ] as const) {
        expect((await step('joinOrganization', 'organizationMember', join, who)).code).toBe(code);
        expect((await step('addOrganization', 'organization', organization, who)).code).toBe(code);
        expect((await link(chains.members, bodies.cell, ids.outside, who)).code).toBe(code);
      }
      expect((await up(ids.outside, forMembers)).members).toEqual([]);
    });

    test('have one parent each and no circle, even if two try at once', async () => {
      expect((await link(chains.members, id('temporary-branches'), bodies.cell)).code).toBe('CONTACT_TAKEN');
      expect((await link(chains.members, bodies.cell, id('party-group'))).code).toBe('CONTACT_CIRCLE');
      const loose = async (name: string) =>
        (
          await done('addOrganization', 'organization', {
            committee: xiaoshan,
            name,
            classification: 'TEMPORARY_PARTY_CELL',
          })
        ).id;
      const [one, two] = [await loose('待编党小组一'), await loose('待编党小组二')];
      const circle = await Promise.all([link(chains.members, one, two), link(chains.members, two, one)]);
      expect(circle.map(({ code }) => code).filter(Boolean)).toEqual(['CONTACT_CIRCLE']);
    });

    test('are walked up by the member and the staff, each in order, to the same party group', async () => {
      for (const who of [forMembers, both])
        expect(await up(ids.both, who)).toEqual({
          office: [bodies.officeBranch, id('office-general-branch'), id('office-party-group'), id('party-group')],
          members: [bodies.cell, bodies.branch, id('party-group')],
        });
      // Who is in neither has no way up, which is no fault.
      expect(await up(ids.outside, outside)).toEqual({ office: [], members: [] });
    });

    test('are walked down from the party group to the member by both', async () => {
      const { organization } = await ask(
        `{ organization(id: "${id('party-group')}") { contactsDown(depth: 6) { tree depth member { id } } } }`,
      );
      const found = organization.contactsDown.filter(
        (contact: { member: { id: string } | null }) => contact.member?.id === ids.both,
      );
      expect(found.map(({ tree, depth }: { tree: string; depth: number }) => [tree, depth])).toEqual([
        [chains.members, 3],
        [chains.office, 4],
      ]);
    });

    test('tell others of the bodies and not of who is in them, until it is published', async () => {
      const look = async (who: Who) =>
        (await ask(
          `{ organization(id: "${bodies.cell}") { members { totalCount } organizationMembers { member { id } } contactsUp { organization { id } } contactsDown { depth } } member(id: "${ids.both}") { organizations { id } } }`,
          who,
        )) as Record<string, unknown>;
      const bodiesAlone = {
        organization: {
          members: { totalCount: 0 },
          organizationMembers: [],
          contactsUp: [{ organization: { id: bodies.branch } }, { organization: { id: id('party-group') } }],
          contactsDown: [],
        },
        member: { organizations: [] },
      };
      for (const who of [everyone, outside, memberBeside, linpingOffice, cityOffice])
        expect(await look(who)).toEqual(bodiesAlone);
      expect(await look(operator)).toEqual({ organization: null, member: null });
      const publish = (visibility: string) =>
        done('publishOrganizationMember', 'organizationMember', { organizationMember: place.id, visibility });
      await publish('PUBLIC');
      expect(await look(everyone)).toMatchObject({
        organization: { members: { totalCount: 1 }, organizationMembers: [{ member: { id: ids.both } }] },
        member: { organizations: [{ id: place.id }] },
      });
      await publish('INTERNAL');
      expect(await look(everyone)).toEqual(bodiesAlone);
    });

    test('keep what was: who leaves the cell was in it until that day, and stays in the office’s line', async () => {
      const on = dayAt(5);
      setDay(5);
      await done('leaveOrganization', 'organizationMember', { organizationMember: place.id, on });
      const there = async (day: string) =>
        (
          await ask(`{ member(id: "${ids.both}") { organizations(on: "${day}") { organization { id } } } }`)
        ).member.organizations.map(({ organization }: { organization: { id: string } }) => organization.id);
      expect(await there(on)).toEqual([bodies.cell, bodies.officeBranch]);
      expect(await there(dayAt(6))).toEqual([bodies.officeBranch]);
      setDay(6);
      expect(await up(ids.both, forMembers)).toMatchObject({ members: [] });
      expect((await up(ids.both, forMembers)).office).toHaveLength(4);
      setDay(0);
    });

    test('count what was added beside what the documents state, and never into it', async () => {
      const { committee } = await ask(
        `{ committee(code: "${xiaoshan}") { figures { label value { value qualifier text } } branches: organizations(classification: TEMPORARY_PARTY_BRANCH) { id } } }`,
        everyone,
      );
      const stated = new Map(
        committee.figures.map(({ label, value }: { label: string; value: object }) => [label, value] as const),
      );
      expect(stated.get('机关党支部')).toMatchObject({ value: 2, qualifier: 'EXACT' });
      expect(stated.get('专委会党员委员履职临时党支部')).toMatchObject({ value: 6 });
      expect(stated.get('专委会党员委员履职临时党小组')).toMatchObject({ value: 11 });
      expect(stated.get('党员委员')).toMatchObject({ value: 138 });
      expect(stated.get('亚运特色履职活动')).toEqual({ value: 80, qualifier: 'AT_LEAST', text: '80余' });
      // Two that the documents name or sum up, and the one that was added.
      expect(committee.branches).toHaveLength(3);
    });
  });

  describe('a problem of two housing estates', () => {
    const department = () => hub.department(xiaoshan, traffic);
    const otherDepartment = () => hub.department(xiaoshan, other);
    let problem = { id: '', receipt: '' };
    let consultation = '';
    const file = async () => {
      const { fileSubmission } = await hub.do(
        'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt userErrors { code } } }',
        {
          input: {
            committee: xiaoshan,
            region: street,
            kind: 'LEAD',
            title: '两个小区到地铁站的接驳',
            text: '两个小区的居民去地铁站须绕行，希望开通接驳公交。',
          },
        },
      );
      return fileSubmission as { id: string; receipt: string };
    };
    const selection =
      'status daysToSolve result answer consultation { id } pendingSteps { step due } events { step at late due role }';
    const see = async (who: Who, receipt?: string) =>
      (await ask(`{ submission(id: "${problem.id}") { ${selection} } }`, who, receipt)).submission;
    const move = (name: string, input: object, who: Who = forMeetings) =>
      step(name, 'submission', { submission: problem.id, ...input }, who);

    test('is raised by a resident on the first day, who follows it with a receipt', async () => {
      setDay(0);
      problem = await file();
      for (const who of [everyone, outside, cityOffice, linpingOffice, department]) expect(await see(who)).toBeNull();
      const { pendingSteps } = await see(forMeetings);
      expect(pendingSteps).toContainEqual({
        step: 'acceptSubmission',
        due: deadlineAfter(firstDay, 5, 'WORKING_DAYS').day,
      });
      expect(await see(everyone, problem.receipt)).toMatchObject({ status: 'RECEIVED' });
    });

    test('is taken up on the second by the committee, and by nobody else', async () => {
      setDay(1);
      for (const who of [linpingOffice, cityOffice])
        expect((await move('acceptSubmission', {}, who)).code).toBe('NOT_FOUND');
      for (const who of [convenor, everyone, forProposals, forMembers, operator])
        expect(['FORBIDDEN', 'NOT_FOUND']).toContain((await move('acceptSubmission', {}, who)).code);
      expect((await move('acceptSubmission', {})).record.status).toBe('ACCEPTED');
    });

    test('is given to a department, handed back with a reason, and given to the right one', async () => {
      setDay(2);
      expect((await move('assignSubmission', { department: other })).record.status).toBe('ASSIGNED');
      expect((await move('handBackSubmission', { reason: ' ' }, otherDepartment)).code).toBe('REQUIRED');
      expect((await move('handBackSubmission', { reason: '不属本单位职责' }, otherDepartment)).record.status).toBe(
        'HANDED_BACK',
      );
      expect((await move('assignSubmission', { department: traffic })).record.status).toBe('ASSIGNED');
      expect(await see(otherDepartment)).toBeNull();
      const { pendingSteps } = await see(department);
      expect(pendingSteps).toContainEqual({
        step: 'answerSubmission',
        due: deadlineAfter(dayAt(2), 15, 'WORKING_DAYS').day,
      });
    });

    test('is consulted about at the station on the fourth day', async () => {
      const planned = await done(
        'planConsultation',
        'consultation',
        {
          committee: xiaoshan,
          title: '社区接驳公交协商',
          kind: 'STATION',
          region: street,
          description: '党员委员领衔',
          visibility: 'PUBLIC',
        },
        forMeetings,
      );
      consultation = planned.id;
      const parts = [{ title: '现场协商', starts: `${dayAt(3)}T14:00:00+08:00`, ends: `${dayAt(3)}T16:00:00+08:00` }];
      await done('scheduleConsultation', 'consultation', { consultation, parts }, forMeetings);
      setDay(3, '17:00');
      expect((await done('recordConsultationHeld', 'consultation', { consultation }, forMeetings)).status).toBe('HELD');
    });

    test('is answered by the department that has it, and by no other', async () => {
      setDay(4);
      for (const who of [otherDepartment, outside])
        expect(['NOT_FOUND', 'FORBIDDEN']).toContain(
          (await move('answerSubmission', { answer: '不是我的' }, who)).code,
        );
      expect((await move('answerSubmission', { answer: '' }, department)).code).toBe('REQUIRED');
      setDay(7);
      expect((await move('answerSubmission', { answer: '增开接驳线路' }, department)).record.status).toBe('ANSWERED');
    });

    test('is checked and closed by the committee on the ninth, once', async () => {
      setDay(8);
      for (const who of [department, both, everyone, linpingOffice])
        expect(['FORBIDDEN', 'NOT_FOUND']).toContain((await move('solveSubmission', { result: '已开通' }, who)).code);
      setDay(9);
      expect((await move('solveSubmission', { result: '' })).code).toBe('REQUIRED');
      const closing = { result: '接驳公交已开通', consultation };
      const twice = await Promise.all([move('solveSubmission', closing), move('solveSubmission', closing)]);
      expect(twice.filter(({ code }) => code === null)).toHaveLength(1);
      expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(twice.find(({ code }) => code !== null)?.code);
      expect((await move('solveSubmission', closing)).code).toBe('STEP_NOT_ALLOWED');
    });

    test('shows its whole way to the resident: nine days, nobody’s name, nothing late', async () => {
      const seen = await see(everyone, problem.receipt);
      expect(seen).toMatchObject({
        status: 'SOLVED',
        daysToSolve: 9,
        result: '接驳公交已开通',
        consultation: { id: consultation },
      });
      expect(
        seen.events.map(({ step, late, role }: { step: string; late: boolean; role: string }) => [step, late, role]),
      ).toEqual([
        ['fileSubmission', false, 'PUBLIC'],
        ['acceptSubmission', false, 'STAFF'],
        ['assignSubmission', false, 'STAFF'],
        ['handBackSubmission', false, 'DEPARTMENT'],
        ['assignSubmission', false, 'STAFF'],
        ['answerSubmission', false, 'DEPARTMENT'],
        ['solveSubmission', false, 'STAFF'],
      ]);
      const { consultation: held } = await ask(
        `{ consultation(id: "${consultation}") { submissions { id } } }`,
        forMeetings,
      );
      expect(held.submissions).toEqual([{ id: problem.id }]);
    });

    test('that is closed at once took no day, and one that is open has no figure', async () => {
      const first = problem;
      problem = await file();
      await move('acceptSubmission', {});
      expect((await move('solveSubmission', { result: '当日解决' })).record.daysToSolve).toBe(0);
      problem = await file();
      expect((await see(forMeetings)).daysToSolve).toBeNull();
      problem = first;
    });

    test('of the documents keeps its figure as stated and gets none computed', async () => {
      const { serviceRequest, committee } = await ask(
        `{ serviceRequest(id: "${id('tianyue-shuttle-bus')}") { status requested { start } resolved { start yearInferred } figures { label value { text } unit } } committee(code: "${xiaoshan}") { consultations(first: 50) { nodes { id suggestions { nodes { count { value qualifier } } } } } } }`,
        everyone,
      );
      expect(serviceRequest).toMatchObject({
        status: 'CLOSED',
        requested: null,
        resolved: { start: '2023', yearInferred: true },
      });
      expect(serviceRequest.figures).toContainEqual({ label: '解决用时', value: { text: '9' }, unit: '天' });
      const sum = committee.consultations.nodes.find(
        ({ id: one }: { id: string }) => one === id('grassroots-consultation-2022'),
      );
      expect(sum.suggestions.nodes).toEqual([{ count: { value: 798, qualifier: 'EXACT' } }]);
    });

    test('is as it was after the hub was started anew', async () => {
      const before = [await see(everyone, problem.receipt), await up(ids.both, both)];
      await hub.restart();
      expect([await see(everyone, problem.receipt), await up(ids.both, both)]).toEqual(before);
    });
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
