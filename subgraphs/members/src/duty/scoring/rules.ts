/**
 * A committee's rules of scoring duty (履职计分细则), as plain JSON that its secretariat can read:
 *
 * - Each **item** says which facts it takes (kinds and outcomes, either list by any of its words), for whom, and what one
 *   unit is worth. Below zero it is a deduction. A fact scores in every item that takes it.
 * - A **group** holds items together: a base that everybody starts with, a cap on what is earned, a floor under deductions.
 * - **Bands** (等次) name the total, and **exempt** names those who aren't scored.
 *
 * In JSON points are written as the committee writes them (2.5); parsed, they are whole hundredths.
 */
import { z } from 'zod';
import { dutyKinds, dutyOutcomes } from './facts.ts';

/** Hundredths of a point, always whole, so that sums are exact: 2.5 分 is 250. */
export type Points = number;

/** What a member is, as far as rules tell members apart. */
export const memberKinds = [
  /** 常务委员 */
  'STANDING_MEMBER',
  /** 召集人 */
  'CONVENOR',
] as const;
export type MemberKind = (typeof memberKinds)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
const text = z.string().trim().min(1).max(200);
const points = z
  .number()
  .min(-1_000)
  .max(1_000)
  .multipleOf(0.01)
  .transform((value): Points => Math.round(value * 100));
const positivePoints = z.number().positive().max(1_000).multipleOf(0.01).pipe(points);
const pointsFromZero = z.number().nonnegative().max(1_000).multipleOf(0.01).pipe(points);
const dayOfYear = z
  .string()
  .regex(/^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$/);

/** Those who are any of these. */
const who = z
  .strictObject({
    kinds: z.array(z.enum(memberKinds)).default([]),
    /** Titles of posts, as the committee writes them. */
    posts: z.array(text).default([]),
    /** Ids of members. */
    members: z.array(z.guid()).max(1_000).default([]),
  })
  .superRefine(({ kinds, posts, members }, context) => {
    if (kinds.length + posts.length + members.length === 0)
      context.addIssue(fault([], '请至少写明一类、一个职务或一名委员', 'name a kind, a post or a member'));
  });
export type Who = z.output<typeof who>;

const item = z.strictObject({
  item: name,
  label: text,
  kinds: z.array(z.enum(dutyKinds)).nonempty(),
  outcomes: z.array(z.enum(dutyOutcomes)).nonempty(),
  /** Facts with any of these outcomes are left to other items. */
  without: z.array(z.enum(dutyOutcomes)).default([]),
  /** Of consultations, only these. */
  consultationKinds: z.array(text).nonempty().optional(),
  /** Only what the member is the first (or sole) author of, or only what they are not. */
  rank: z.enum(['FIRST', 'OTHERS']).optional(),
  onlyFor: who.optional(),
  exceptFor: who.optional(),
  points,
  per: z.enum(['FACT', 'HALF_DAY']).default('FACT'),
  /** Measure word of what is counted: 次, 件, 个半天. */
  unit: text,
  /**
   * What each author of joint work gets: all of it, half for the first and the other half shared by the rest, equal
   * shares, or fixed points by place. A sole author gets all of it.
   */
  share: z
    .union([
      z.enum(['EACH', 'HALF_TO_FIRST', 'EQUAL']),
      z.strictObject({ first: pointsFromZero, others: pointsFromZero }),
    ])
    .default('EACH'),
  /** The one that is worth most counts, and no other. */
  once: z.boolean().default(false),
  /** So many, the earliest, count nothing: 1 where points are given from the second on. */
  beyond: z.int().positive().optional(),
  /** The most that the item adds, or takes away. */
  cap: positivePoints.optional(),
  group: name.optional(),
  /** The item's own year, from a day (MM-DD) of the scored year or, where it comes after `until`, of the year before. */
  period: z.strictObject({ from: dayOfYear, until: dayOfYear }).optional(),
});
export type ScoringItem = z.output<typeof item>;

const group = z.strictObject({
  group: name,
  label: text,
  /** What everybody starts with. */
  base: positivePoints.optional(),
  /** Deductions of the group's items end here. */
  floor: points.optional(),
  /** The most that base and items of the group give, before deductions. */
  cap: positivePoints.optional(),
});
export type ScoringGroup = z.output<typeof group>;

const band = z.strictObject({
  band: name,
  label: text,
  /** The least total of the band; the last band has none. */
  atLeast: points.optional(),
  /** What follows from it: 约谈. */
  consequence: text.optional(),
});

export type ScoringBand = z.output<typeof band>;

/** The schema of rules as JSON. */
export const scoringRules = z
  .strictObject({
    /** The version of this language, so that old rules stay readable when it grows. */
    format: z.literal(1),
    label: text,
    groups: z.array(group).max(50).default([]),
    items: z.array(item).nonempty().max(200),
    /** The most that anybody gets. */
    maximum: positivePoints.optional(),
    /** From the highest to the lowest. */
    bands: z.array(band).max(20).default([]),
    exempt: z
      .array(z.strictObject({ who, reason: text }))
      .max(50)
      .default([]),
    /** Those who are members for a part of the year: scored as all are, with base and bands by days, or not scored. */
    partOfYear: z.enum(['WHOLE', 'PRORATED', 'NOT_SCORED']).default('WHOLE'),
  })
  .superRefine((rules, context) => {
    const groups = new Set(rules.groups.map(({ group }) => group));
    const names = new Set<string>();
    const named = [
      ...rules.groups.map(({ group }, index) => ({ name: group, path: ['groups', index, 'group'] })),
      ...rules.items.map(({ item }, index) => ({ name: item, path: ['items', index, 'item'] })),
    ];
    for (const { name, path } of named) {
      if (names.has(name)) context.addIssue(fault(path, `名称“${name}”重复`, `the name "${name}" is taken`));
      names.add(name);
    }
    for (const [index, { base = 0, cap, floor }] of rules.groups.entries()) {
      if (cap !== undefined && base > cap)
        context.addIssue(fault(['groups', index, 'base'], '基本分高于封顶分', 'the base is above the cap'));
      if (floor !== undefined && floor > base)
        context.addIssue(fault(['groups', index, 'floor'], '最低分高于基本分', 'the floor is above the base'));
    }
    for (const [index, item] of rules.items.entries()) {
      const at = (field: keyof ScoringItem, zh: string, en: string) =>
        context.addIssue(fault(['items', index, field], zh, en));
      if (item.group !== undefined && !groups.has(item.group))
        at('group', `没有分组“${item.group}”`, `there is no group "${item.group}"`);
      if (item.without.some((outcome) => item.outcomes.includes(outcome)))
        at('without', '同一结果不能既计入又排除', 'an outcome can’t be both taken and left out');
      if (item.consultationKinds && !item.kinds.includes('CONSULTATION'))
        at('consultationKinds', '只适用于协商', 'is of consultations only');
      if (item.once && item.beyond !== undefined)
        at('beyond', '只计一次的项目不能再从后几件起计', 'can’t stand beside once');
      if (item.share !== 'EACH' && item.points < 0) at('share', '扣分不能分摊', 'a deduction can’t be shared');
    }
    for (const [index, { atLeast }] of rules.bands.entries()) {
      const last = index === rules.bands.length - 1;
      const above = rules.bands[index - 1]?.atLeast;
      if (last !== (atLeast === undefined))
        context.addIssue(
          fault(['bands', index, 'atLeast'], '除最低等次外都要写明最低分', 'every band but the last has one'),
        );
      else if (atLeast !== undefined && above !== undefined && atLeast >= above)
        context.addIssue(
          fault(['bands', index, 'atLeast'], '等次须从高到低', 'bands go from the highest to the lowest'),
        );
    }
  });
export type ScoringRules = z.output<typeof scoringRules>;

/** What is wrong with rules, and where: `items[3].cap`. */
export interface RulesProblem {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

/** Rules that can't be used; `problems` has at least one. */
export class ScoringRulesError extends Error {
  readonly code = 'SCORING_RULES_INVALID';
  readonly problems: readonly RulesProblem[];
  constructor(problems: readonly RulesProblem[]) {
    super(problems.map(({ path, zh }) => `${path}：${zh}`).join('；'));
    this.name = 'ScoringRulesError';
    this.problems = problems;
  }
}

/** The rules that a JSON value states. Throws a ScoringRulesError, which names every place that is wrong. */
export function parseRules(json: unknown): ScoringRules {
  const result = scoringRules.safeParse(json, { error: sentences('zh') });
  if (result.success) return result.data;
  const english = scoringRules.safeParse(json, { error: sentences('en') }).error?.issues ?? [];
  throw new ScoringRulesError(
    result.error.issues.map(({ path, message }, index) => ({
      path: placeOf(path),
      zh: message,
      en: english[index]?.message ?? message,
    })),
  );
}

function fault(path: PropertyKey[], zh: string, en: string) {
  return { code: 'custom' as const, path, params: { zh, en } };
}

const locales = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };
/** Our own sentences in a language, and the library's for all else. */
const sentences =
  (language: 'zh' | 'en'): z.core.$ZodErrorMap =>
  (issue) =>
    issue.code === 'custom' ? String(issue.params?.[language]) : locales[language](issue);

const placeOf = (path: readonly PropertyKey[]) =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
