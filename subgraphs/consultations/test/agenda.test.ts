import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const committee = '330114';
const office = staff(committee);
const group = '30000000-0000-4000-8000-00000000000e';
const convenor = member('30000000-0000-4000-8000-000000000001', committee, [group]);
const plain = member('30000000-0000-4000-8000-000000000002', committee);
const day = deadlineAfter(today(), 20, 'WORKING_DAYS').day;

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());
afterEach(() => {
  vi.useRealTimers();
});

const shown = `id status agenda { id number title kind presenter presentingMember { id } result position decisions { title } }
  decisions { kind title text number vote { for against abstained } agendaItem { title } } events { step label from to evidence { name value } }`;
async function step(name: string, input: object, as: Actor = office) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { consultation { ${shown} } userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return {
    consultation: answer?.consultation,
    codes: [...errors, ...(answer?.userErrors ?? []).map(({ code }: { code: string }) => code)] as string[],
    paths: (answer?.userErrors ?? []).map(({ path }: { path: string[] }) => path.join('.')) as string[],
  };
}
const look = async (id: string, as: Actor) =>
  (await hub.ask(`query ($id: ID!) { consultation(id: $id) { ${shown} } }`, { as, variables: { id } })).data
    .consultation;
const scheduled = async (): Promise<string> => {
  const { consultation } = await step('planConsultation', {
    committee,
    title: '主席会议',
    kind: 'CHAIRMENS_MEETING',
    organization: group,
    visibility: 'PUBLIC',
  });
  const parts = [{ title: '全体', starts: `${day}T09:00:00+08:00`, ends: `${day}T11:00:00+08:00` }];
  await step('scheduleConsultation', { consultation: consultation.id, parts });
  return consultation.id;
};
const hold = async (consultation: string) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date(`${day}T12:00:00+08:00`));
  expect((await step('recordConsultationHeld', { consultation })).codes).toEqual([]);
};

describe('an agenda', () => {
  const items = [
    { number: '一', title: '听取通报', kind: 'REPORT', presenter: '发展改革部门', presentingMember: plain.member },
    { number: '二', title: '审议决定', kind: 'DELIBERATION' },
  ];

  test('is set in order, and set again keeps the items that are named', async () => {
    const consultation = await scheduled();
    const set = await step('setAgenda', { consultation, items }, convenor);
    expect(set).toMatchObject({
      codes: [],
      consultation: { status: 'SCHEDULED', agenda: items.map(({ title }) => ({ title })) },
    });
    const [first, second] = set.consultation.agenda;
    const again = await step('setAgenda', {
      consultation,
      items: [{ id: second.id, number: '一', title: '审议决定（修改）' }, { title: '其他' }],
    });
    expect(again.consultation.agenda).toMatchObject([
      { id: second.id, title: '审议决定（修改）', position: 0 },
      { title: '其他', position: 1, kind: null },
    ]);
    expect(JSON.stringify(again.consultation.agenda)).not.toContain(first.id);
    const left = await hub.testDatabase.admin`
      select 1 from consultations.agenda_presenter where agenda_item = ${first.id} and deleted is null`;
    expect(left).toHaveLength(0);
  });

  test('names the member who presents to the committee’s own people alone, in the record of steps too', async () => {
    const consultation = await scheduled();
    await step('setAgenda', { consultation, items });
    expect((await look(consultation, plain)).agenda[0].presentingMember).toEqual({ id: plain.member });
    const seen = await look(consultation, everyone);
    expect(seen.agenda[0]).toMatchObject({ title: '听取通报', presenter: '发展改革部门', presentingMember: null });
    expect(JSON.stringify(seen)).not.toContain(plain.member);
    const [first, second] = seen.agenda;
    await step('setAgenda', {
      consultation,
      items: [
        { id: first.id, title: '听取通报' },
        { id: second.id, title: '审议', presentingMember: convenor.member },
      ],
    });
    expect((await look(consultation, office)).agenda).toMatchObject([
      { presentingMember: null },
      { presentingMember: { id: convenor.member } },
    ]);
  });

  test('is set by the office or its convenor, with items of its own', async () => {
    const consultation = await scheduled();
    const other = (await step('setAgenda', { consultation: await scheduled(), items })).consultation.agenda[0].id;
    const tried = async (input: object, as: Actor = office) => {
      const { codes, paths } = await step('setAgenda', { consultation, items, ...input }, as);
      return [codes.join(), paths.join()];
    };
    expect((await tried({}, plain))[0]).toBe('NOT_YOURS');
    expect((await tried({}, staff('330113')))[0]).toBe('NOT_YOURS');
    expect((await tried({}, everyone))[0]).toBe('FORBIDDEN');
    expect(await tried({ items: [] })).toEqual(['REQUIRED', 'input.items']);
    expect(await tried({ items: [{ title: ' ' }] })).toEqual(['REQUIRED', 'input.items.0.title']);
    expect(await tried({ items: [{ id: other, title: '别会' }] })).toEqual(['NOT_FOUND', 'input.items.0.id']);
    expect(await tried({ items: [{ title: '一', presentingMember: '某人' }] })).toEqual([
      'INVALID',
      'input.items.0.presentingMember',
    ]);
    expect((await look(consultation, office)).agenda).toEqual([]);
  });

  test('gets its results once the consultation was held', async () => {
    const consultation = await scheduled();
    const { consultation: set } = await step('setAgenda', { consultation, items });
    const [first] = set.agenda;
    const result = { consultation, agendaItem: first.id, result: '原则同意' };
    expect((await step('recordAgendaItemResult', result)).codes).toEqual(['STEP_NOT_ALLOWED']);
    await hold(consultation);
    expect((await step('recordAgendaItemResult', result)).consultation.agenda[0]).toMatchObject({ result: '原则同意' });
    expect((await step('recordAgendaItemResult', { ...result, agendaItem: consultation })).codes).toEqual([
      'NOT_FOUND',
    ]);
    expect((await step('recordAgendaItemResult', { ...result, result: '' })).paths).toEqual(['input.result']);
  });
});

describe('a decision', () => {
  test('is recorded with its vote at an item, of what was held, and shown with both', async () => {
    const consultation = await scheduled();
    const { consultation: set } = await step('setAgenda', { consultation, items: [{ title: '人事' }] });
    const given = {
      consultation,
      agendaItem: set.agenda[0].id,
      kind: 'RESOLUTION',
      title: '关于常委会工作报告的决议',
      text: '会议同意这个报告。',
      number: '钱政协〔2024〕1号',
      vote: { for: 40, against: 0, abstained: 2 },
    };
    expect((await step('recordDecision', given)).codes).toEqual(['STEP_NOT_ALLOWED']);
    await hold(consultation);
    const done = await step('recordDecision', given);
    const { consultation: _, agendaItem: __, ...kept } = given;
    expect(done.consultation.decisions).toEqual([{ ...kept, agendaItem: { title: '人事' } }]);
    expect(done.consultation.agenda[0].decisions).toEqual([{ title: given.title }]);
    expect((await look(consultation, everyone)).decisions).toHaveLength(1);
    const unvoted = await step('recordDecision', { consultation, kind: 'DECISION', title: '增补', text: '同意。' });
    expect(unvoted.consultation.decisions[1]).toMatchObject({ vote: null, number: null, agendaItem: null });

    expect((await step('recordDecision', given)).codes).toEqual(['NUMBER_TAKEN']);
    const wrong = { ...given, number: null };
    expect((await step('recordDecision', { ...wrong, vote: { for: -1, against: 0, abstained: 0 } })).paths).toEqual([
      'input.vote.for',
    ]);
    expect((await step('recordDecision', { ...wrong, text: ' ' })).paths).toEqual(['input.text']);
    expect((await step('recordDecision', { ...wrong, agendaItem: consultation })).paths).toEqual(['input.agendaItem']);
    expect((await step('recordDecision', wrong, convenor)).codes).toEqual(['FORBIDDEN']);
    expect((await step('recordDecision', wrong, staff('330100'))).codes).toEqual(['NOT_YOURS']);
    expect((await look(consultation, office)).decisions).toHaveLength(2);
  });

  test('and the agenda are seen by whoever sees the consultation, and by nobody else', async () => {
    const consultation = await scheduled();
    await step('setAgenda', { consultation, items: [{ title: '内部' }] });
    await hold(consultation);
    await step('recordDecision', { consultation, kind: 'DECISION', title: '内部决定', text: '同意。' });
    await step('updateConsultation', { consultation, visibility: 'INTERNAL' });
    const rows = await hub.testDatabase.admin`
      select visibility from consultations.agenda_item where consultation = ${consultation}
      union all select visibility from consultations.decision where consultation = ${consultation}`;
    expect(rows.map(({ visibility }) => visibility)).toEqual(['INTERNAL', 'INTERNAL']);
    expect(await look(consultation, everyone)).toBeNull();
  });
});
