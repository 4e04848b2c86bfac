/**
 * 淳安县政协's supervision as its source tells it: of the works that it looks into each year it lists what is wrong, hands it
 * over to departments, is told what they put right, looks again, and follows the same matter over years. What the source
 * counts stays what it counts; what the hub counts is the list behind each number.
 */
import { recordId } from '@hub/facts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn, type Who } from '../hub/steps.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const chunan = '330127';
const hangzhou = '330100';
const zhejiang = '330000';
const shangcheng = '330102';
const agriculture = 'chunan/department-agriculture';
const culture = 'chunan/department-culture';
const topic = '农村饮用水提升达标';

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, { members: { '10000000-0000-4000-8000-0000000010a1': chunan } });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2025-03-10');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string) => vi.setSystemTime(new Date(`${day}T09:00:00+08:00`));
  const { ask, step, done, refusedTo, see } = stepsOn(() => hub);

  const office =
    (committee: string): Who =>
    () =>
      hub.staff(committee, ['meetings']);
  const inChunan = office(chunan);
  const farms: Who = () => hub.department(chunan, agriculture);
  const arts: Who = () => hub.department(chunan, culture);
  const somebody: Who = null;
  const supervisor: Who = () => hub.member('10000000-0000-4000-8000-0000000010a1', chunan);
  const outside: readonly Who[] = [
    somebody,
    office(hangzhou),
    office(shangcheng),
    () => hub.staff(chunan, ['proposals']),
    supervisor,
    arts,
    () => hub.token({ role: 'operator' }),
  ];

  interface Listed {
    readonly totalCount: number;
    readonly nodes: readonly { readonly title: string }[];
  }
  const list = async (filter: object, who: Who = inChunan): Promise<Listed> => {
    const { data, errors } = await ask(
      'query ($filter: ProblemFilter) { problems(within: "330127", filter: $filter, first: 50) { totalCount nodes { title } } }',
      who,
      { filter },
    );
    expect(errors).toEqual([]);
    return data.problems;
  };
  const titles = async (filter: object, who?: Who) => (await list(filter, who)).nodes.map(({ title }) => title).sort();

  let supervision = '';
  let problems: Readonly<Record<'pipes' | 'sampling' | 'signs', string>> = { pipes: '', sampling: '', signs: '' };

  test('what the source counts stands as it counts it: 11 works and 55 problems, 100余 handed over, 12 departments', async () => {
    const figuresOf = async (field: string, key: string) => {
      const { figures } = await see(field, recordId(key), 'figures { label value { text qualifier } }', somebody);
      return Object.fromEntries(
        figures.map((one: { label: string; value: { text: string; qualifier: string } }) => [
          one.label,
          [one.value.text, one.value.qualifier],
        ]),
      );
    };
    expect(await figuresOf('consultation', 'chunan/special-supervision-2022')).toEqual({
      重点工作: ['11', 'EXACT'],
      转交落实的问题: ['55', 'EXACT'],
    });
    expect(await figuresOf('consultation', 'chunan/collective-supervision-2023')).toEqual({
      交办落实的问题: ['100余', 'AT_LEAST'],
    });
    expect(await figuresOf('consultation', 'chunan/township-industry-halls')).toEqual({ 活动场次: ['46', 'EXACT'] });
    const { suggestions } = await see(
      'consultation',
      recordId('chunan/township-industry-halls'),
      'suggestions { nodes { count { text qualifier } } }',
      somebody,
    );
    expect(suggestions.nodes).toEqual([{ count: { text: '500余', qualifier: 'AT_LEAST' } }]);
    expect(await figuresOf('programme', 'chunan/posted-supervisors')).toEqual({ 派驻部门: ['12', 'EXACT'] });
    // No list stands behind those figures, and none is made up.
    expect(await list({})).toEqual({ totalCount: 0, nodes: [] });
  });

  test('the committee plans its supervision of the year, and lists what it finds at each work', async () => {
    const planned = {
      committee: chunan,
      title: '农村饮用水提升达标专项监督',
      kind: 'SUPERVISION',
      visibility: 'PUBLIC',
      region: chunan,
    };
    await refusedTo('planConsultation', planned, [somebody, arts, () => hub.staff(chunan, ['proposals'])]);
    supervision = (await done('planConsultation', planned, inChunan)).id;
    const found = (title: string, site: string) => ({
      title,
      text: `${site}：${title}，需整改。`,
      topic,
      site,
      consultation: supervision,
      visibility: 'UPWARD',
    });
    await refusedTo('reportProblem', found('管网渗漏', '枫树岭镇水站'), [
      somebody,
      () => hub.staff(chunan, ['proposals']),
      supervisor,
      farms,
      () => hub.token({ role: 'operator' }),
    ]);
    problems = {
      pipes: (await done('reportProblem', found('管网渗漏', '枫树岭镇水站'), inChunan)).id,
      sampling: (await done('reportProblem', found('水质抽检未公示', '大墅镇水站'), inChunan)).id,
      signs: (await done('reportProblem', found('水源地标识缺失', '中洲镇水源地'), inChunan)).id,
    };
    expect((await step('reportProblem', { ...found('早报', '王阜乡'), found: '2025-03-11' }, inChunan)).code).toBe(
      'DATE_FUTURE',
    );
    expect(await titles({ topic })).toEqual(['水源地标识缺失', '水质抽检未公示', '管网渗漏'].sort());
  });

  test('the list is read in the county’s office and above it, and by nobody else', async () => {
    for (const who of [inChunan, office(hangzhou), office(zhejiang)]) {
      expect((await list({ topic }, who)).totalCount).toBe(3);
      const shown = await see('problem', problems.pipes, 'committee { name } consultation { title } site', who);
      expect(shown).toEqual({
        committee: { name: '淳安县政协' },
        consultation: { title: '农村饮用水提升达标专项监督' },
        site: '枫树岭镇水站',
      });
    }
    for (const who of [somebody, office(shangcheng), supervisor, farms, arts]) {
      expect((await list({ topic }, who)).totalCount).toBe(0);
      expect(await see('problem', problems.pipes, 'id', who)).toBeNull();
    }
  });

  test('each is handed over with a day, by the county alone; a department that it doesn’t fit hands it back', async () => {
    const over = {
      problem: problems.pipes,
      body: '农业农村部门',
      department: recordId(agriculture),
      due: '2025-04-30',
    };
    await refusedTo('handOverProblem', over, [...outside, farms]);
    expect((await step('handOverProblem', { ...over, due: '2025-03-01' }, inChunan)).code).toBe('DATE_PAST');
    await done('handOverProblem', over, inChunan);
    await done('handOverProblem', { ...over, problem: problems.sampling }, inChunan);
    const toArts = {
      problem: problems.signs,
      body: '文广旅体部门',
      department: recordId(culture),
      due: '2025-04-30',
    };
    await done('handOverProblem', toArts, inChunan);
    const back = { problem: problems.signs, reason: '水源地标识由农业农村部门设置' };
    await refusedTo('handBackProblem', back, [...outside.filter((who) => who !== arts), farms, inChunan]);
    expect((await done('handBackProblem', back, arts, 'status')).status).toBe('HANDED_BACK');
    await done('handOverProblem', { ...over, problem: problems.signs }, inChunan);
    expect(await see('problem', problems.signs, 'id', arts)).toBeNull();
    expect(await see('problem', problems.signs, 'body due pendingSteps { step due }', farms)).toEqual({
      body: '农业农村部门',
      due: '2025-04-30',
      pendingSteps: [
        { step: 'handBackProblem', due: null },
        { step: 'reportProblemPutRight', due: '2025-04-30' },
        { step: 'answerProblem', due: '2025-04-30' },
      ],
    });
    expect(await titles({ stage: 'HANDED_OVER' })).toHaveLength(3);
  });

  test('the department says what it put right, and answers; nobody says so in its place', async () => {
    setDay('2025-04-20');
    const right = { problem: problems.pipes, measures: '更换管道两公里' };
    await refusedTo('reportProblemPutRight', right, [...outside, inChunan]);
    expect((await done('reportProblemPutRight', right, farms, 'putRight')).putRight).toBe('2025-04-20');
    const answer = { problem: problems.pipes, answer: '渗漏点已全部修复' };
    await refusedTo('answerProblem', answer, [...outside, inChunan]);
    await done('answerProblem', answer, farms);
    await done('reportProblemPutRight', { problem: problems.sampling, measures: '已张贴' }, farms);
    await done('answerProblem', { problem: problems.sampling, answer: '已公示' }, farms);
    expect(await titles({ stage: 'SOLVED' })).toEqual(['水质抽检未公示', '管网渗漏'].sort());
    expect(await titles({ stage: 'VERIFIED' })).toEqual([]);
  });

  test('what was put right is looked at again: one holds, one doesn’t and goes round once more', async () => {
    const looked = { problem: problems.pipes, findings: '复查五处，无渗漏' };
    await refusedTo('verifyProblem', looked, [...outside, farms]);
    await done('verifyProblem', looked, inChunan);
    const wanting = { problem: problems.sampling, findings: '仅公示一期' };
    await refusedTo('rejectProblem', wanting, [...outside, farms]);
    expect(await done('rejectProblem', wanting, inChunan, 'putRight status')).toEqual({
      putRight: null,
      status: 'NOT_VERIFIED',
    });
    expect(await titles({ stage: 'SOLVED' })).toEqual(['管网渗漏']);
    const again = {
      problem: problems.sampling,
      body: '农业农村部门',
      department: recordId(agriculture),
      due: '2025-05-20',
    };
    await done('handOverProblem', again, inChunan);
    await done('reportProblemPutRight', { problem: problems.sampling, measures: '逐月公示' }, farms);
    await done('answerProblem', { problem: problems.sampling, answer: '已按月公示' }, farms);
    await done('verifyProblem', { problem: problems.sampling, findings: '三期均已公示' }, inChunan);
    const closing = { problem: problems.pipes, conclusion: '同意销号', evaluation: 'SATISFIED' };
    await refusedTo('closeProblem', closing, [...outside, farms]);
    expect((await done('closeProblem', closing, inChunan, 'status')).status).toBe('CLOSED');
    const { events } = await see('problem', problems.sampling, 'events { step role }', office(hangzhou));
    expect(events.map(({ step, role }: { step: string; role: string }) => `${step} ${role}`)).toEqual([
      'reportProblem STAFF',
      'handOverProblem STAFF',
      'reportProblemPutRight DEPARTMENT',
      'answerProblem DEPARTMENT',
      'rejectProblem STAFF',
      'handOverProblem STAFF',
      'reportProblemPutRight DEPARTMENT',
      'answerProblem DEPARTMENT',
      'verifyProblem STAFF',
    ]);
  });

  test('what isn’t answered by its day is overdue, whoever asks', async () => {
    setDay('2025-05-12');
    for (const who of [inChunan, office(hangzhou)])
      expect(await titles({ overdue: true }, who)).toEqual(['水源地标识缺失']);
  });

  test('the matter is followed into the next year, each year with its own list and what is still open of the last', async () => {
    setDay('2026-04-01');
    const stopped = {
      title: '消毒设备停用',
      text: '一处水站消毒设备停用。',
      topic,
      site: '汾口镇水站',
      visibility: 'UPWARD',
    };
    const { id: nextYears } = await done('reportProblem', stopped, inChunan);
    await done('reportProblem', { title: '指示牌破损', text: '游步道指示牌破损。', topic: '美丽乡村' }, inChunan);
    const year = (of: number) => ({ topic, from: `${of}-01-01`, until: `${of}-12-31` });
    expect((await list(year(2024))).totalCount).toBe(0);
    expect((await list(year(2025))).totalCount).toBe(3);
    expect(await titles(year(2026))).toEqual(['消毒设备停用']);
    expect(await titles({ ...year(2025), stage: 'VERIFIED' })).toEqual(['水质抽检未公示', '管网渗漏'].sort());
    expect(await titles({ topic, statuses: ['FOUND', 'HANDED_OVER'] })).toEqual(
      ['水源地标识缺失', '消毒设备停用'].sort(),
    );
    expect((await list({ topic }, office(hangzhou))).totalCount).toBe(4);
    expect((await list({}, office(hangzhou))).totalCount).toBe(4);
    expect((await list({})).totalCount).toBe(5);
    await refusedTo('closeProblem', { problem: nextYears, conclusion: '销号' }, outside);
    expect((await step('closeProblem', { problem: nextYears, conclusion: '销号' }, inChunan)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
