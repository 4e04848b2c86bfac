/**
 * 永康: one consultation hosted by three platforms of three levels, the county's hall, the city's sector and the window of the
 * province, and an agreement between a company and an institute as what came of it.
 */
import { recordId } from '@hub/facts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn, type Who } from '../hub/steps.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const yongkang = '330784';
const jinhua = '330700';
const zhejiang = '330000';
const hall = recordId('yongkang/reception-hall-hardware');

describe('over HTTP', () => {
  let hub: Hub;
  const { ask, step, done, refusedTo, see } = stepsOn(() => hub);
  beforeAll(async () => {
    hub = await startHub('over HTTP');
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('2026-05-11T09:00:00+08:00'));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const county: Who = () => hub.staff(yongkang, ['meetings']);
  const city: Who = () => hub.staff(jinhua, ['meetings']);
  const province: Who = () => hub.staff(zhejiang, ['meetings']);
  const beside: Who = () => hub.staff('330702', ['meetings']);
  const outside: readonly Who[] = [
    null,
    beside,
    () => hub.token({ role: 'operator' }),
    () => hub.member('linping/member-jin-danwen', '330113'),
  ];

  let plan = '';
  let consultation = '';
  const hosts = 'hosts { role name committee { code level } workstation { id } }';

  test('the county invites its city and its province, which is no order: each may say no', async () => {
    const started = await done(
      'startJointPlan',
      {
        committee: yongkang,
        parties: [{ committee: jinhua }, { committee: zhejiang, required: false }],
        title: '五金产业科技创新三级联动协商',
        kind: 'GOVERNMENT_BUSINESS',
        topics: ['电机产业与高校合作'],
        place: '五金会客厅',
        region: yongkang,
        durationMinutes: 150,
        starts: ['2026-06-10T14:00:00+08:00', '2026-06-11T14:00:00+08:00'],
        hostName: '五金会客厅',
        workstation: hall,
      },
      county,
      'id parties { committee { code level } required status hostName workstation { id } }',
    );
    plan = started.id;
    expect(started.parties).toEqual([
      {
        committee: { code: yongkang, level: 'COUNTY' },
        required: true,
        status: 'ACCEPTED',
        hostName: '五金会客厅',
        workstation: { id: hall },
      },
      {
        committee: { code: zhejiang, level: 'PROVINCE' },
        required: false,
        status: 'NEEDS_ACTION',
        hostName: null,
        workstation: null,
      },
      {
        committee: { code: jinhua, level: 'CITY' },
        required: true,
        status: 'NEEDS_ACTION',
        hostName: null,
        workstation: null,
      },
    ]);
    await refusedTo('acceptJointPlan', { jointPlan: plan, number: 1 }, outside);
    // Nobody hosts through somebody else's platform.
    expect((await step('acceptJointPlan', { jointPlan: plan, number: 1, workstation: hall }, city)).code).toBe(
      'NOT_YOURS',
    );
  });

  test('the city hosts as its sector, the province as its window, and each is on the consultation under that name', async () => {
    await done('answerJointPlanTentatively', { jointPlan: plan, number: 1, reason: '待界别商定' }, city);
    const locked = await done(
      'acceptJointPlan',
      {
        jointPlan: plan,
        number: 1,
        hostName: '金华政协科技界',
        workstation: recordId('jinhua/platform-science-technology'),
      },
      city,
      `status consultation { id ${hosts} }`,
    );
    expect(locked.status).toBe('CONFIRMED');
    consultation = locked.consultation.id;
    const joined = await done(
      'acceptJointPlan',
      { jointPlan: plan, number: 1, hostName: '委员同心汇·永康窗口' },
      province,
      `consultation { ${hosts} }`,
    );
    expect(joined.consultation.hosts).toEqual([
      { role: 'LEAD', name: '五金会客厅', committee: { code: yongkang, level: 'COUNTY' }, workstation: { id: hall } },
      {
        role: 'CO_HOST',
        name: '金华政协科技界',
        committee: { code: jinhua, level: 'CITY' },
        workstation: { id: recordId('jinhua/platform-science-technology') },
      },
      {
        role: 'CO_HOST',
        name: '委员同心汇·永康窗口',
        committee: { code: zhejiang, level: 'PROVINCE' },
        workstation: null,
      },
    ]);
  });

  test('published it is one record on the pages of three levels, counted once over all of them', async () => {
    const before = (await ask('{ committee(code: "330000") { consultations(scope: SUBTREE) { totalCount } } }', null))
      .data.committee.consultations.totalCount;
    // The one that leads publishes what the others agreed to publish.
    const published = { consultation, visibility: 'PUBLIC' };
    expect((await step('updateConsultation', published, county)).code).toBe('JOINTLY_PLANNED');
    await done('updateConsultation', published, city);
    expect((await step('updateConsultation', published, county)).code).toBe('JOINTLY_PLANNED');
    await done('updateConsultation', published, province);
    await done('updateConsultation', published, county);
    const { data } = await ask(
      `{ province: committee(code: "330000") { consultations(scope: SUBTREE) { totalCount } }
         ${['330000', '330700', '330784'].map((code) => `c${code}: committee(code: "${code}") { consultations(filter: { text: "三级联动协商" }, first: 5) { nodes { id } } }`).join(' ')} }`,
      null,
    );
    expect(data.province.consultations.totalCount).toBe(before + 1);
    for (const code of [zhejiang, jinhua, yongkang])
      expect(data[`c${code}`].consultations.nodes).toContainEqual({ id: consultation });
  });

  test('what came of it is an agreement, recorded by the side that leads, and what came of it at another is for that one to record', async () => {
    vi.setSystemTime(new Date('2026-06-10T17:00:00+08:00'));
    await done('recordConsultationHeld', { consultation }, county);
    const agreed = {
      consultation,
      kind: 'AGREEMENT',
      title: '步阳集团与浙大金华研究院合作协议',
      on: '2026-06-10',
      visibility: 'PUBLIC',
    };
    await refusedTo('recordOutcome', agreed, outside);
    await done('recordOutcome', agreed, county);
    const ofTheCity = {
      consultation,
      kind: 'POLICY',
      title: '金华市科技成果转化办法',
      on: '2026-06-10',
      visibility: 'PUBLIC',
    };
    await done('recordOutcome', ofTheCity, city);
    expect(await see('consultation', consultation, 'status outcomes { kind title }', null)).toEqual({
      status: 'HELD',
      outcomes: [
        { kind: 'AGREEMENT', title: '步阳集团与浙大金华研究院合作协议' },
        { kind: 'POLICY', title: '金华市科技成果转化办法' },
      ],
    });
  });

  answersAlikeOnBothTransports(() => hub, 10);
});
