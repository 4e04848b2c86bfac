import { describe, expect, test } from 'vitest';
import { type DutyFact, type DutyKind, type DutyOutcome, dutyKinds, dutyOutcomes } from '../src/duty/scoring/facts.ts';
import { parseRules, type ScoringItem, type ScoringRules, ScoringRulesError } from '../src/duty/scoring/rules.ts';
import { type DutyScore, type ScoredMember, score } from '../src/duty/scoring/score.ts';
import { daysScored } from '../src/duty/scoring/year.ts';
import { anqing } from './scoring-rules/anqing.ts';
import { hongkou } from './scoring-rules/hongkou.ts';
import { jinan } from './scoring-rules/jinan.ts';
import { minhang } from './scoring-rules/minhang.ts';
import { tongcheng } from './scoring-rules/tongcheng.ts';

const member: ScoredMember = {
  id: '20000000-0000-4000-8000-000000000001',
  kinds: [],
  posts: [],
  joined: null,
  left: null,
};
const standing: ScoredMember = { ...member, kinds: ['STANDING_MEMBER'] };

/** A fact of 2024 that nobody shares; what a test speaks of is given by hand. */
function fact(
  id: string,
  kind: DutyKind,
  outcomes: readonly DutyOutcome[],
  rest: Partial<Omit<DutyFact, 'id' | 'kind' | 'outcomes'>> = {},
): DutyFact {
  return {
    id,
    kind,
    outcomes,
    source: 'consultations',
    consultationKind: null,
    member: member.id,
    on: '2024-03-01',
    title: id,
    halfDays: null,
    rank: 1,
    authors: 1,
    reference: { type: 'Consultation', id },
    ...rest,
  };
}
const several = (count: number, kind: DutyKind, outcome: DutyOutcome) =>
  Array.from({ length: count }, (_, n) => fact(`${kind} ${outcome} ${n}`, kind, [outcome]));

/** Points of each line as the committee writes them. */
const pointsOf = ({ lines }: DutyScore) => Object.fromEntries(lines.map(({ item, points }) => [item, points / 100]));
const lineOf = ({ lines }: DutyScore, item: string) => {
  const line = lines.find((line) => line.item === item);
  if (!line) throw new Error(`no line ${item}`);
  return line;
};
const explanations = (scored: DutyScore, item: string) =>
  Object.fromEntries(lineOf(scored, item).facts.map(({ id, explanation }) => [id, explanation]));
/** The smallest rules around what a test is about. */
const rulesOf = (rules: object, ...items: object[]) =>
  parseRules({
    format: 1,
    label: '计分规则',
    items: items.map((item, n) => ({
      item: `item-${n}`,
      label: `项目${n}`,
      kinds: ['ACTIVITY'],
      outcomes: ['PRESENT'],
      points: 5,
      unit: '次',
      ...item,
    })),
    ...rules,
  });

describe('闵行', () => {
  const rules = parseRules(minhang);
  const scored = score(
    rules,
    [
      fact('plenary', 'PLENARY', ['PRESENT'], { halfDays: 6 }),
      ...several(3, 'INSPECTION', 'PRESENT'),
      fact('consultation', 'CONSULTATION', ['PRESENT'], { consultationKind: '专题议政会' }),
      fact('excused', 'ACTIVITY', ['LEAVE']),
      fact('missed', 'ACTIVITY', ['ABSENT']),
      fact('course', 'TRAINING', ['PRESENT']),
      fact('half a course', 'TRAINING', ['PRESENT', 'PARTIAL']),
      fact('co-written', 'PROPOSAL', ['SUBMITTED', 'FILED', 'KEY'], { on: '2024-01-10', rank: 3, authors: 4 }),
      fact('own', 'PROPOSAL', ['SUBMITTED', 'FILED'], { on: '2024-01-11' }),
      fact('led', 'PROPOSAL', ['SUBMITTED', 'FILED', 'EXCELLENT'], { on: '2024-01-12', authors: 2 }),
      fact('not filed', 'PROPOSAL', ['SUBMITTED'], { on: '2024-01-13' }),
    ],
    member,
    2024,
  );

  test('half days, activities, training and proposals add up as by hand', () => {
    expect(pointsOf(scored)).toEqual({
      plenary: 30,
      activity: 20,
      training: 10,
      'training-in-part': 5,
      proposal: 15,
      'key-proposal': 3,
      'excellent-proposal': 10,
    });
    expect(scored).toMatchObject({ scored: true, total: 9_300, maximum: null, band: null });
  });

  test('a filed proposal counts once, the best of them, and the others say so', () => {
    expect(lineOf(scored, 'proposal')).toMatchObject({ counted: 1, unit: '件', capped: false, uncapped: 1_500 });
    expect(lineOf(scored, 'proposal').explanation).toBe('共 1 件，计 15 分；每年只计得分最高的一项。');
    expect(explanations(scored, 'proposal')).toEqual({
      'co-written': '每件 15 分，合作的其他作者，计 3 分；每年只计得分最高的一项，实计 0 分。',
      own: '每件 15 分，计 15 分。',
      led: '每件 15 分，合作的第一作者，计 15 分；每年只计得分最高的一项，实计 0 分。',
    });
  });

  test('whoever only wrote with others has the points of a co-writer', () => {
    const joint = score(rules, [fact('a', 'PROPOSAL', ['FILED'], { rank: 2, authors: 2 })], member, 2024);
    expect(joint.total).toBe(300);
  });

  test('half days that nobody recorded count nothing and say why', () => {
    const unknown = score(rules, [fact('plenary', 'PLENARY', ['PRESENT'])], member, 2024);
    expect(unknown.total).toBe(0);
    expect(explanations(unknown, 'plenary')).toEqual({ plenary: '每个半天 5 分，不计分；未登记时长，暂不计分。' });
  });
});

describe('桐城', () => {
  const rules = parseRules(tongcheng);

  test('a standing member’s year comes to what it comes to by hand', () => {
    const scored = score(
      rules,
      [
        fact('plenary', 'PLENARY', ['LEAVE'], { halfDays: 8 }),
        fact('s1', 'STANDING_COMMITTEE', ['LEAVE']),
        fact('s2', 'STANDING_COMMITTEE', ['ABSENT']),
        fact('s3', 'STANDING_COMMITTEE', ['PRESENT']),
        fact('p1', 'PROPOSAL', ['SUBMITTED', 'FILED'], { on: '2024-02-01', rank: 1, authors: 3 }),
        fact('p2', 'PROPOSAL', ['SUBMITTED', 'FILED'], { on: '2024-02-02', rank: 2, authors: 4 }),
        fact('p3', 'PROPOSAL', ['SUBMITTED'], { on: '2024-02-03' }),
        ...several(3, 'INSPECTION', 'PRESENT'),
        fact('speech', 'WRITTEN_SPEECH', ['SUBMITTED', 'ADOPTED']),
        fact('o1', 'OPINION', ['SUBMITTED', 'ADOPTED'], { on: '2024-05-01' }),
        fact('o2', 'OPINION', ['SUBMITTED'], { on: '2024-06-01' }),
      ],
      standing,
      2024,
    );
    // Meetings 30 − 2 − 5; proposals 5 + 1.67 + 10 and 7.5 + 2.5, to 25; activities 6 + 5, to 10; opinions 20 + 5, to 15.
    expect(pointsOf(scored)).toEqual({
      plenary: 0,
      'plenary-leave': 30,
      'plenary-absence': 0,
      'standing-committee-leave': -2,
      'standing-committee-absence': -5,
      proposal: 16.67,
      'filed-proposal': 8.33,
      activity: 6,
      'written-speech': 4,
      opinion: 15,
      'adopted-opinion': 0,
    });
    expect(scored).toMatchObject({
      total: 7_300,
      maximum: 10_000,
      band: { band: 'pass', explanation: '60 分及以上为“合格”。' },
    });
    expect(lineOf(scored, 'filed-proposal')).toMatchObject({ counted: 2, capped: true, uncapped: 1_000 });
    expect(lineOf(scored, 'filed-proposal').explanation).toBe(
      '共 2 件，计 10 分；“提交提案”合计封顶 25 分，实计 8.33 分。',
    );
    expect(explanations(scored, 'filed-proposal')).toEqual({
      p1: '每件 15 分，第一作者得一半，计 7.5 分。',
      p2: '每件 15 分，其余 3 人均分另一半，计 2.5 分；“提交提案”合计封顶 25 分，实计 0.83 分。',
    });
    expect(explanations(scored, 'standing-committee-leave')).toEqual({ s1: '每次扣 2 分，扣 2 分。' });
  });

  test('of the plenary, presence gives 50, leave 30 and absence nothing', () => {
    const totals = (['PRESENT', 'LEAVE', 'ABSENT'] as const).map(
      (outcome) => score(rules, [fact('plenary', 'PLENARY', [outcome])], member, 2024).total,
    );
    expect(totals).toEqual([5_000, 3_000, 0]);
  });

  test('only a standing member loses points for the standing committee', () => {
    const facts = [fact('plenary', 'PLENARY', ['PRESENT']), ...several(2, 'STANDING_COMMITTEE', 'ABSENT')];
    expect(score(rules, facts, member, 2024).total).toBe(5_000);
    expect(score(rules, facts, standing, 2024).total).toBe(4_000);
    expect(score(rules, facts, member, 2024).lines.map(({ item }) => item)).not.toContain('standing-committee-absence');
  });

  test('deductions of a group end at its floor', () => {
    const scored = score(
      rules,
      [...several(3, 'STANDING_COMMITTEE', 'ABSENT'), fact('i', 'INSPECTION', ['PRESENT'])],
      standing,
      2024,
    );
    expect(scored.total).toBe(200);
    expect(lineOf(scored, 'standing-committee-absence')).toMatchObject({ points: 0, uncapped: -1_500, capped: true });
    expect(lineOf(scored, 'standing-committee-absence').explanation).toBe(
      '共 3 次，扣 15 分；“参加会议”扣完为止，实扣 0 分。',
    );
  });
});

describe('安庆', () => {
  const rules = parseRules(anqing);
  const full = [
    ...several(2, 'PROPOSAL', 'FILED'),
    ...several(4, 'RESEARCH', 'PRESENT'),
    ...several(2, 'OPINION', 'SUBMITTED'),
  ];

  test('without absences a full year has a hundred, and bands begin at 90, 80 and 60', () => {
    const bands = [0, 2, 3, 4, 8, 9].map((absences) => {
      const { total, band } = score(rules, [...full, ...several(absences, 'CONSULTATION', 'ABSENT')], member, 2024);
      return [total, band?.label];
    });
    expect(bands).toEqual([
      [10_000, '优秀'],
      [9_000, '优秀'],
      [8_500, '良好'],
      [8_000, '良好'],
      [6_000, '称职'],
      [5_500, '不称职'],
    ]);
  });

  test('the plenary costs ten, other meetings five, leave nothing, until the fifty are used up', () => {
    const some = [
      fact('plenary', 'PLENARY', ['ABSENT']),
      fact('excused', 'STANDING_COMMITTEE', ['LEAVE']),
      ...several(3, 'MEETING', 'ABSENT'),
    ];
    const scored = score(rules, some, member, 2024);
    expect(pointsOf(scored)).toMatchObject({ meetings: 50, 'plenary-absence': -10, absence: -15 });
    expect(lineOf(scored, 'meetings')).toMatchObject({ label: '参加会议', counted: 0, unit: null, facts: [] });
    expect(lineOf(scored, 'meetings').explanation).toBe('基本分 50 分。');
    expect(score(rules, [...some, ...several(9, 'CONSULTATION', 'ABSENT')], member, 2024).total).toBe(0);
  });

  test('a quarter of a point isn’t lost', () => {
    expect(score(rules, several(3, 'RESEARCH', 'PRESENT'), member, 2024).total).toBe(5_750);
  });
});

describe('济南', () => {
  const rules = parseRules(jinan);

  test('seventy from the start, and proposals from the second on, key and excellent ones and welfare above it', () => {
    const scored = score(
      rules,
      [
        fact('plenary', 'PLENARY', ['LEAVE']),
        fact('p1', 'PROPOSAL', ['FILED', 'KEY'], { on: '2024-01-10' }),
        fact('p2', 'PROPOSAL', ['FILED', 'EXCELLENT'], { on: '2024-01-11' }),
        fact('p3', 'PROPOSAL', ['FILED'], { on: '2024-01-12' }),
        fact('co-signed', 'PROPOSAL', ['FILED'], { on: '2024-01-13', rank: 2, authors: 2 }),
        ...several(7, 'PUBLIC_WELFARE', 'PRESENT'),
      ],
      member,
      2024,
    );
    expect(pointsOf(scored)).toEqual({
      basic: 70,
      'plenary-absence': 0,
      'plenary-leave': -10,
      'more-proposals': 10,
      'key-proposal': 5,
      'excellent-proposal': 10,
      'public-welfare': 10,
    });
    expect(scored).toMatchObject({ total: 9_500, maximum: 12_000, band: { label: '优秀', consequence: null } });
    expect(lineOf(scored, 'more-proposals').explanation).toBe('共 2 件，计 10 分；前 1 件不计。');
    expect(lineOf(scored, 'public-welfare').explanation).toBe('共 7 次，计 14 分；本项封顶 10 分，实计 10 分。');
  });

  test('rewards end at fifty and the total at 120', () => {
    const scored = score(rules, several(8, 'PROPOSAL', 'EXCELLENT'), member, 2024);
    expect(pointsOf(scored)).toMatchObject({ basic: 70, 'excellent-proposal': 50 });
    expect(scored.total).toBe(12_000);
  });

  test('whoever is under sixty is talked to', () => {
    const absent = score(rules, [fact('plenary', 'PLENARY', ['ABSENT'])], member, 2024);
    expect(absent).toMatchObject({
      total: 4_000,
      band: {
        band: 'incompetent',
        label: '不称职',
        consequence: '由界别召集人约谈',
        explanation: '低于其他各等次，为“不称职”，由界别召集人约谈。',
      },
    });
    expect(score(rules, [fact('plenary', 'PLENARY', ['LEAVE'])], member, 2024).band?.band).toBe('competent');
  });
});

describe('虹口', () => {
  const rules = parseRules(hongkou);

  test('items have points, a cap and a unit; joint proposals are shared equally', () => {
    const scored = score(
      rules,
      [
        fact('plenary', 'PLENARY', ['PRESENT'], { halfDays: 7 }),
        fact('c1', 'CONSULTATION', ['PRESENT'], { consultationKind: '专题协商会' }),
        fact('c2', 'CONSULTATION', ['PRESENT'], { consultationKind: '对口协商会' }),
        fact('shift', 'SHIFT', ['DONE']),
        fact('p1', 'PROPOSAL', ['FILED'], { authors: 3, rank: 2 }),
        fact('o1', 'OPINION', ['ADOPTED']),
      ],
      member,
      2024,
    );
    expect(pointsOf(scored)).toEqual({ plenary: 15, consultation: 3, activity: 2, proposal: 3.33, opinion: 4 });
    expect(scored.total).toBe(2_733);
    expect(lineOf(scored, 'plenary')).toMatchObject({ counted: 7, unit: '个半天', uncapped: 1_750, capped: true });
    expect(explanations(scored, 'plenary')).toEqual({
      plenary: '7 个半天，每个半天 2.5 分，计 17.5 分；本项封顶 15 分，实计 15 分。',
    });
    expect(explanations(scored, 'proposal')).toEqual({ p1: '每件 10 分，3 人均分，计 3.33 分。' });
  });

  test('the year of proposals is from 1 December to 30 November, and of all else the calendar’s', () => {
    const days = ['2023-11-30', '2023-12-01', '2024-01-01', '2024-11-30', '2024-12-01', '2024-12-31', '2025-01-01'];
    const facts = days.flatMap((on) => [
      fact(`proposal of ${on}`, 'PROPOSAL', ['FILED'], { on }),
      fact(`opinion of ${on}`, 'OPINION', ['ADOPTED'], { on }),
    ]);
    const counted = (item: string) =>
      lineOf(score(rules, facts, member, 2024), item).facts.map(({ id }) => id.slice(-10));
    expect(counted('proposal')).toEqual(['2023-12-01', '2024-01-01', '2024-11-30']);
    expect(counted('opinion')).toEqual(['2024-01-01', '2024-11-30', '2024-12-01', '2024-12-31']);
    expect(daysScored(rules, 2024)).toEqual({ from: '2023-12-01', until: '2024-12-31' });
  });

  test('some aren’t scored, and are told why: by post, by name, and those who joined during the year', () => {
    const facts = several(3, 'INSPECTION', 'PRESENT');
    const unscored = { scored: false, total: null, band: null, lines: [] };
    expect(score(rules, facts, { ...member, posts: ['九三学社主委', '副主席'] }, 2024)).toMatchObject({
      ...unscored,
      reasonNotScored: '主席、副主席、秘书长不计分。',
    });
    expect(score(rules, facts, { ...member, id: '20000000-0000-4000-8000-000000000009' }, 2024)).toMatchObject({
      ...unscored,
      reasonNotScored: '因病长期请假，本年不计分。',
    });
    expect(score(rules, facts, { ...member, joined: '2024-07-01' }, 2024)).toMatchObject({
      ...unscored,
      reasonNotScored: '2024 年任职 184 天，不满全年，不计分。',
    });
    expect(score(rules, facts, { ...member, joined: '2024-01-01', left: '2024-12-31' }, 2024).total).toBe(600);
    expect(score(rules, facts, { ...member, joined: '2025-01-01' }, 2024)).toMatchObject({
      ...unscored,
      reasonNotScored: '2024 年不是委员，不计分。',
    });
  });
});

describe('a part of the year', () => {
  const rules = parseRules({ ...jinan, partOfYear: 'PRORATED' });

  test('the base and the bands go by days, what was earned does not', () => {
    const half = { ...member, joined: '2024-07-02' };
    const scored = score(rules, several(2, 'PUBLIC_WELFARE', 'PRESENT'), half, 2024);
    expect(pointsOf(scored)).toMatchObject({ basic: 35, 'public-welfare': 4 });
    expect(lineOf(scored, 'basic').explanation).toBe('基本分 70 分，按任职 183/366 天折算，计 35 分。');
    expect(scored.band).toMatchObject({
      band: 'competent',
      explanation: '30 分及以上为“称职”，60 分按任职 183/366 天折算。',
    });
  });

  test('whoever left before the year isn’t scored, and whoever leaves in it is for the days until then', () => {
    expect(score(rules, [], { ...member, left: '2023-12-31' }, 2024).scored).toBe(false);
    expect(score(rules, [], { ...member, left: '2024-01-01' }, 2024).total).toBe(19);
    expect(score(parseRules(jinan), [], { ...member, left: '2024-01-01' }, 2024).total).toBe(7_000);
  });
});

describe('what an item takes', () => {
  const activity = [fact('a', 'ACTIVITY', ['PRESENT', 'LATE'])];

  test('an item may leave out some members', () => {
    const rules = rulesOf({}, { exceptFor: { kinds: ['STANDING_MEMBER'], posts: ['秘书长'] } });
    expect(score(rules, activity, member, 2024).total).toBe(500);
    expect(score(rules, activity, standing, 2024).lines).toEqual([]);
    expect(score(rules, activity, { ...member, posts: ['秘书长'] }, 2024).lines).toEqual([]);
  });

  test('a fact scores in every item that takes it, so being late can cost something of being present', () => {
    const rules = rulesOf({}, {}, { outcomes: ['LATE'], points: -1, cap: 2 });
    expect(pointsOf(score(rules, activity, member, 2024))).toEqual({ 'item-0': 5, 'item-1': -1 });
  });

  test('a deduction’s cap is the most that it takes away', () => {
    const rules = rulesOf({}, { outcomes: ['ABSENT'], points: -1.5, cap: 2 });
    const scored = score(rules, several(3, 'ACTIVITY', 'ABSENT'), member, 2024);
    expect(scored.total).toBe(-200);
    expect(lineOf(scored, 'item-0').explanation).toBe('共 3 次，扣 4.5 分；本项最多扣 2 分，实扣 2 分。');
  });

  test('what is written with others can be taken alone', () => {
    const rules = rulesOf({}, { kinds: ['PROPOSAL'], outcomes: ['FILED'], rank: 'OTHERS' });
    const counted = [1, 2].map(
      (rank) => score(rules, [fact('p', 'PROPOSAL', ['FILED'], { rank, authors: 2 })], member, 2024).total,
    );
    expect(counted).toEqual([0, 500]);
  });

  test('points above a group’s cap don’t make up for its deductions, and the maximum is one of the total', () => {
    const group = { group: 'g' };
    const items = [group, { ...group, outcomes: ['ABSENT'], points: -2 }];
    const facts = [...several(4, 'ACTIVITY', 'PRESENT'), fact('missed', 'ACTIVITY', ['ABSENT'])];
    const capped = rulesOf({ groups: [{ group: 'g', label: '组', cap: 10 }] }, ...items);
    expect(score(capped, facts, member, 2024).total).toBe(800);
    const bounded = rulesOf({ groups: [{ group: 'g', label: '组' }], maximum: 10 }, ...items);
    expect(score(bounded, facts, member, 2024).total).toBe(1_000);
  });

  test('an item without facts has a line that says so', () => {
    expect(lineOf(score(rulesOf({}, {}), [], member, 2024), 'item-0')).toMatchObject({
      points: 0,
      counted: 0,
      facts: [],
      explanation: '没有此项记录，不计分。',
    });
  });
});

describe('rules that can’t be used', () => {
  const problems = (json: unknown) => {
    try {
      parseRules(json);
    } catch (error) {
      if (error instanceof ScoringRulesError) return error.problems;
      throw error;
    }
    return [];
  };
  const changed = (change: (rules: typeof tongcheng) => unknown) => problems(change(structuredClone(tongcheng)));
  const withItem = (item: object) =>
    changed((rules) => ({ ...rules, items: rules.items.map((each, n) => (n === 3 ? { ...each, ...item } : each)) }));

  test('each place that is wrong is named, in Chinese and English', () => {
    expect(withItem({ points: 'many', grup: 'meetings' })).toEqual([
      expect.objectContaining({ path: 'items[3].points', zh: expect.stringContaining('数字') }),
      expect.objectContaining({ path: 'items[3]', en: expect.stringContaining('grup') }),
    ]);
    expect(withItem({ group: 'nowhere' })).toEqual([
      { path: 'items[3].group', zh: '没有分组“nowhere”', en: 'there is no group "nowhere"' },
    ]);
  });

  test('the error has a code and a sentence', () => {
    expect(() => parseRules({ ...tongcheng, format: 2 })).toThrow(ScoringRulesError);
    expect(() => parseRules({ ...tongcheng, format: 2 })).toThrow(/^format：/);
    expect(() => parseRules(null)).toThrow(expect.objectContaining({ code: 'SCORING_RULES_INVALID' }));
  });

  test.each([
    ['a kind that there isn’t', { kinds: ['DINNER'] }, 'items[3].kinds[0]'],
    ['no outcome: an absence would count as a presence', { outcomes: [] }, 'items[3].outcomes'],
    ['an outcome both taken and left out', { without: ['LEAVE'] }, 'items[3].without'],
    ['a third decimal', { points: 1.005 }, 'items[3].points'],
    ['a cap of nothing', { cap: 0 }, 'items[3].cap'],
    ['a deduction that is shared', { share: 'EQUAL' }, 'items[3].share'],
    ['once and from the second on', { once: true, beyond: 1 }, 'items[3].beyond'],
    ['kinds of consultation where none are taken', { consultationKinds: ['专题协商会'] }, 'items[3].consultationKinds'],
    ['a day that there isn’t', { period: { from: '02-30', until: '11-30' } }, 'items[3].period.from'],
    ['nobody', { onlyFor: {} }, 'items[3].onlyFor'],
    ['a name that is taken', { item: 'plenary' }, 'items[3].item'],
    ['a label that is blank', { label: ' ' }, 'items[3].label'],
  ])('%s is refused', (_, item, path) => {
    expect(withItem(item).map((problem) => problem.path)).toEqual([path]);
  });

  test.each([
    ['a base above the cap', { groups: [{ group: 'meetings', label: '会议', base: 60, cap: 50 }] }, 'groups[0].base'],
    ['a floor above the base', { groups: [{ group: 'meetings', label: '会议', floor: 10 }] }, 'groups[0].floor'],
    [
      'bands from low to high',
      {
        bands: [
          { band: 'a', label: '一', atLeast: 60 },
          { band: 'b', label: '二', atLeast: 80 },
          { band: 'c', label: '三' },
        ],
      },
      'bands[1].atLeast',
    ],
    ['totals without a band', { bands: [{ band: 'a', label: '一', atLeast: 60 }] }, 'bands[0].atLeast'],
    [
      'a band that nobody reaches',
      {
        bands: [
          { band: 'a', label: '一' },
          { band: 'b', label: '二' },
        ],
      },
      'bands[0].atLeast',
    ],
  ])('%s is refused', (_, rules, path) => {
    const items = tongcheng.items.map((item) => ({ ...item, group: undefined }));
    expect(problems({ ...tongcheng, items, ...rules }).map((problem) => problem.path)).toEqual([path]);
  });

  test('decimals are taken as they are written', () => {
    const written = [0.07, 0.29, 1.15, 2.55, 16.67, 999.99];
    const rules = rulesOf({}, ...written.map((points) => ({ points })));
    expect(rules.items.map(({ points }) => points)).toEqual([7, 29, 115, 255, 1_667, 99_999]);
  });
});

/** Numbers that are the same in every run, so that a failure can be looked at. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('whatever the rules and the facts are', () => {
  const random = numbers(20_240_731);
  const below = (end: number) => Math.floor(random() * end);
  const chance = (part: number) => random() < part;
  const oneOf = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)] as Thing;
  const someOf = <Thing>(things: readonly Thing[], part: number): Thing[] => {
    const some = things.filter(() => chance(part));
    return some.length > 0 ? some : [oneOf(things)];
  };
  const maybe = <Fields extends object>(part: number, fields: () => Fields): Fields | object =>
    chance(part) ? fields() : {};
  const decimal = (most: number) => (below(most * 100) + 1) / 100;

  const randomItem = (n: number, groups: readonly string[]) => {
    const outcomes = someOf(dutyOutcomes, 0.3);
    const without = dutyOutcomes.filter((outcome) => !outcomes.includes(outcome) && chance(0.05));
    const deduction = chance(0.25);
    return {
      item: `item-${n}`,
      label: `项目${n}`,
      kinds: someOf(dutyKinds, 0.2),
      outcomes,
      without,
      points: deduction ? -decimal(10) : chance(0.05) ? 0 : decimal(20),
      per: chance(0.2) ? 'HALF_DAY' : 'FACT',
      unit: '次',
      ...maybe(0.2, () => ({ rank: oneOf(['FIRST', 'OTHERS']) })),
      ...maybe(0.2, () => ({ onlyFor: { kinds: ['STANDING_MEMBER'] } })),
      ...maybe(0.1, () => ({ exceptFor: { kinds: ['STANDING_MEMBER'] } })),
      ...(deduction
        ? {}
        : { share: oneOf(['EACH', 'HALF_TO_FIRST', 'EQUAL', { first: decimal(20), others: decimal(5) }]) }),
      ...oneOf([{}, {}, { once: true }, { beyond: 1 + below(2) }]),
      ...maybe(0.3, () => ({ cap: decimal(40) })),
      ...maybe(0.7, () => ({ group: oneOf(groups) })),
      ...maybe(0.2, () => ({ period: { from: '12-01', until: '11-30' } })),
    };
  };
  const randomRules = () => {
    const groups = ['one', 'two', 'three'];
    return parseRules({
      format: 1,
      label: '随机规则',
      groups: groups.map((group) => {
        const base = chance(0.4) ? decimal(50) : undefined;
        return {
          group,
          label: group,
          base,
          ...maybe(0.5, () => ({ floor: 0 })),
          ...maybe(0.6, () => ({ cap: Math.round(((base ?? 0) + decimal(40)) * 100) / 100 })),
        };
      }),
      items: Array.from({ length: 1 + below(12) }, (_, n) => randomItem(n, groups)),
      ...maybe(0.5, () => ({ maximum: decimal(120) })),
      bands: [
        { band: 'pass', label: '合格', atLeast: 60 },
        { band: 'fail', label: '不合格' },
      ],
      partOfYear: oneOf(['WHOLE', 'PRORATED']),
    });
  };
  const randomFact = (n: number, outcomes = someOf(dutyOutcomes, 0.2)) => {
    const authors = 1 + below(4);
    return fact(`fact ${n}`, oneOf(dutyKinds), outcomes, {
      on: `${oneOf(['2023-12', '2024-01', '2024-06', '2024-12'])}-${String(1 + below(28)).padStart(2, '0')}`,
      halfDays: chance(0.2) ? null : below(8),
      authors,
      rank: 1 + below(authors),
    });
  };
  const cases = Array.from({ length: 1_500 }, () => ({
    rules: randomRules(),
    facts: Array.from({ length: below(60) }, (_, n) => randomFact(n)),
    who: { ...(chance(0.5) ? member : standing), joined: chance(0.2) ? '2024-05-01' : null },
  }));
  const sum = (of: readonly { points: number }[]) => of.reduce((total, { points }) => total + points, 0);
  const shuffled = <Thing>(things: readonly Thing[]) =>
    things
      .map((thing) => ({ thing, place: random() }))
      .sort((one, other) => one.place - other.place)
      .map(({ thing }) => thing);
  /** Written apart from the engine: whether a deduction of the rules could take the fact. */
  const deducts = (rules: ScoringRules, { kind, outcomes }: DutyFact) =>
    rules.items.some(
      (item: ScoringItem) =>
        item.points < 0 && item.kinds.includes(kind) && item.outcomes.some((outcome) => outcomes.includes(outcome)),
    );

  test('the lines add up to the total and the facts to their lines, in whole hundredths', () => {
    for (const { rules, facts, who } of cases) {
      const { total, lines } = score(rules, facts, who, 2024);
      expect(sum(lines)).toBe(total);
      for (const line of lines) {
        expect(Number.isInteger(line.points)).toBe(true);
        expect(line.capped).toBe(line.points !== line.uncapped);
        if (line.unit !== null) expect(sum(line.facts)).toBe(line.points);
      }
    }
  });

  test('caps of items and groups, floors and the maximum hold', () => {
    let reached = 0;
    for (const { rules, facts, who } of cases) {
      const scored = score(rules, facts, who, 2024);
      if (rules.maximum !== undefined) expect(scored.total).toBeLessThanOrEqual(rules.maximum);
      if (scored.total === rules.maximum) reached += 1;
      for (const { item, cap = Number.POSITIVE_INFINITY } of rules.items)
        for (const line of scored.lines.filter((line) => line.item === item))
          expect(Math.abs(line.points)).toBeLessThanOrEqual(cap);
      for (const { group, cap = Number.POSITIVE_INFINITY, floor } of rules.groups) {
        const items = [group, ...rules.items.flatMap((item) => (item.group === group ? item.item : []))];
        const lines = scored.lines.filter(({ item }) => items.includes(item));
        expect(sum(lines.filter(({ points }) => points > 0))).toBeLessThanOrEqual(cap);
        if (floor !== undefined && rules.maximum === undefined) expect(sum(lines)).toBeGreaterThanOrEqual(floor);
      }
    }
    expect(reached).toBeGreaterThan(50);
  });

  test('the order of facts makes no difference, and neither does a fact that is given twice', () => {
    for (const { rules, facts, who } of cases) {
      const scored = score(rules, facts, who, 2024);
      expect(score(rules, shuffled(facts), who, 2024)).toEqual(scored);
      expect(score(rules, shuffled([...facts, ...facts.slice(0, 5)]), who, 2024)).toEqual(scored);
    }
  });

  test('one more presence never lowers a score, unless a deduction takes it', () => {
    let raised = 0;
    for (const { rules, facts, who } of cases) {
      const more = randomFact(1_000, ['PRESENT', ...someOf(dutyOutcomes, 0.05)]);
      if (deducts(rules, more)) continue;
      const before = score(rules, facts, who, 2024).total ?? 0;
      const after = score(rules, [...facts, more], who, 2024).total ?? 0;
      expect(after).toBeGreaterThanOrEqual(before);
      if (after > before) raised += 1;
    }
    expect(raised).toBeGreaterThan(100);
  });
});
