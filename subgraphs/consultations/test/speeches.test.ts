import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import {
  agency,
  department,
  everyone,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { speechMachine } from '../src/speeches/speech.machine.ts';

const yuhang = '330110';
const group = '20000000-0000-4000-8000-000000000001';
const id = (n: number) => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const memberOf = (n: number, committee = yuhang) => member(id(n), committee);
const office = staff(yuhang);
const me = memberOf(1);
const convenor = member(id(900), yuhang, [group]);
const minute = 60_000;

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => hub.stop());

async function take(name: string, input: object, as: Actor, record = 'speech', fields = 'id') {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { ${fields} } userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const done = data?.[name];
  const code = (errors[0] ?? done?.userErrors[0]?.code ?? null) as string | null;
  return { id: done?.[record]?.id as string, record: done?.[record], code };
}

/** A consultation that starts in a quarter of an hour, with one agenda item. */
async function scheduled(visibility: 'MEMBERS' | 'PUBLIC' = 'PUBLIC') {
  const plan = { committee: yuhang, title: '数字生活区', kind: 'TOPICAL', organization: group };
  const { id: consultation } = await take('planConsultation', plan, office, 'consultation');
  const at = (after: number) => new Date(Date.now() + after * minute).toISOString();
  const parts = [{ title: '上午', starts: at(15), ends: at(75) }];
  await take('scheduleConsultation', { consultation, parts }, office, 'consultation');
  const { record } = await take(
    'setAgenda',
    { consultation, items: [{ title: '大会发言' }] },
    office,
    'consultation',
    'id agenda { id }',
  );
  await take('announceConsultation', { consultation, visibility }, office, 'consultation');
  return { consultation, agendaItem: record?.agenda?.[0]?.id as string };
}
const hold = async (consultation: string) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 80 * minute });
  expect((await take('recordConsultationHeld', { consultation }, office, 'consultation')).code).toBeNull();
  vi.useRealTimers();
};
const read = async (consultation: string, as: Actor) => {
  const { data } = await hub.ask(
    'query ($id: ID!) { consultation(id: $id) { speeches { title kind position speaker { id } agendaItem { title } } } }',
    { as, variables: { id: consultation } },
  );
  return data.consultation?.speeches;
};
const titles = async (consultation: string, as: Actor) =>
  ((await read(consultation, as)) as { title: string }[] | undefined)?.map(({ title }) => title);

describe('a speech', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const { consultation } = await scheduled();
    const speech = { consultation, title: '人才住房', text: '建议增加供给' };
    const { faults, tried } = await walk({
      machine: speechMachine,
      ask: hub.ask,
      as: { STAFF: office, AUTHOR: me, MEMBER: me, CONVENOR: convenor },
      strangers: [
        staff('330100'),
        { kind: 'STAFF', subject: 'proposals only', committee: yuhang, duties: ['proposals'] },
        memberOf(1, '330113'),
        memberOf(2),
        liaison(yuhang),
        department(yuhang, id(3)),
        agency,
        operator,
        everyone,
      ],
      reader: office,
      inputs: {
        recordSpeech: () => ({ ...speech, kind: 'ORAL', member: id(1) }),
        submitWrittenSpeech: () => ({ ...speech, kind: 'WRITTEN' }),
        withdrawSpeech: (one) => ({ speech: one, reason: '改为书面' }),
        removeSpeech: (one) => ({ speech: one, reason: '登记有误' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });

  test('handed in before the consultation is for its author, the office and the convenor until that was held', async () => {
    const { consultation } = await scheduled();
    const written = { consultation, kind: 'WRITTEN', title: '线上建言', text: '建议增加供给' };
    expect((await take('submitWrittenSpeech', written, memberOf(1))).code).toBeNull();
    const open = { ...written, title: '会前公开', visibility: 'MEMBERS' };
    expect((await take('submitWrittenSpeech', open, memberOf(1))).code).toBeNull();
    const inner = { ...written, title: '内部建言', visibility: 'INTERNAL' };
    expect((await take('submitWrittenSpeech', inner, memberOf(1))).code).toBeNull();
    const all = ['线上建言', '会前公开', '内部建言'];
    for (const as of [memberOf(1), office, convenor]) expect(await titles(consultation, as)).toEqual(all);
    expect(await titles(consultation, memberOf(2))).toEqual(['会前公开']);
    expect(await titles(consultation, everyone)).toEqual([]);
    await hold(consultation);
    expect(await titles(consultation, memberOf(2))).toEqual(['线上建言', '会前公开']);
    expect(await titles(consultation, everyone)).toEqual(['线上建言']);
    for (const as of [memberOf(1), office, convenor]) expect(await titles(consultation, as)).toEqual(all);
    await take('updateConsultation', { consultation, visibility: 'INTERNAL' }, office, 'consultation');
    expect(await titles(consultation, memberOf(1))).toBeUndefined();
    expect(await titles(consultation, everyone)).toBeUndefined();
  });

  test('is recorded by the office in the order of speaking, at an agenda item, with its speaker', async () => {
    const { consultation, agendaItem } = await scheduled();
    const spoken = (title: string, n: number, position: number, input: object = {}) =>
      take('recordSpeech', { consultation, kind: 'ORAL', title, member: id(n), position, ...input }, office);
    await spoken('第二位', 2, 2);
    await spoken('第一位', 1, 1, { agendaItem });
    const other = await scheduled();
    expect((await spoken('他处议程', 1, 3, { agendaItem: other.agendaItem })).code).toBe('NOT_FOUND');
    expect((await spoken('太长'.repeat(200), 1, 3)).code).toBe('TOO_LONG');
    await hold(consultation);
    expect(await read(consultation, memberOf(5))).toEqual([
      { title: '第一位', kind: 'ORAL', position: 1, speaker: { id: id(1) }, agendaItem: { title: '大会发言' } },
      { title: '第二位', kind: 'ORAL', position: 2, speaker: { id: id(2) }, agendaItem: null },
    ]);
    // The public reads what was said, and not by which member.
    expect(await read(consultation, everyone)).toMatchObject([{ speaker: null }, { speaker: null }]);
    await take('signUp', { consultation }, memberOf(1), 'attendance');
    expect((await spoken('会后补记', 1, 3)).code).toBeNull();
    expect(await titles(consultation, everyone)).toEqual(['第一位', '第二位', '会后补记']);
  });

  test('can’t be told as somebody else’s, oral or of what isn’t scheduled', async () => {
    const { consultation } = await scheduled();
    const written = { consultation, kind: 'WRITTEN', title: '线上建言', text: '建议' };
    expect((await take('submitWrittenSpeech', { ...written, kind: 'ORAL' }, memberOf(1))).code).toBe('INVALID');
    expect((await take('submitWrittenSpeech', { ...written, visibility: 'PUBLIC' }, memberOf(1))).code).toBe('INVALID');
    expect((await take('submitWrittenSpeech', written, memberOf(1, '330113'))).code).toBe('NOT_YOURS');
    expect((await take('submitWrittenSpeech', written, office)).code).toBe('FORBIDDEN');
    expect((await take('submitWrittenSpeech', { ...written, text: ' ' }, memberOf(1))).code).toBe('REQUIRED');
    expect((await take('recordSpeech', { ...written, member: id(1) }, memberOf(1))).code).toBe('NOT_YOURS');
    const { id: own } = await take('submitWrittenSpeech', written, memberOf(1));
    expect((await take('withdrawSpeech', { speech: own, reason: '删' }, memberOf(2))).code).toBe('NOT_FOUND');
    expect((await take('withdrawSpeech', { speech: own, reason: '更正' }, memberOf(1))).code).toBeNull();
    expect(await titles(consultation, office)).toEqual([]);
    await take('cancelConsultation', { consultation, reason: '改期' }, office, 'consultation');
    expect((await take('submitWrittenSpeech', written, memberOf(1))).code).toBe('STEP_NOT_ALLOWED');
  });
});
