import {
  bandExplanation,
  baseExplanation,
  factExplanation,
  limits,
  lineExplanation,
  type Outcome,
} from './explanation.ts';
import type { DutyFact } from './facts.ts';
import type { MemberKind, Points, ScoringGroup, ScoringItem, ScoringRules, Who } from './rules.ts';
import { daysOf, type Membership, membershipIn, prorated } from './year.ts';

/** What rules ask of a member. */
export interface ScoredMember {
  readonly id: string;
  readonly kinds: readonly MemberKind[];
  /** Titles of the posts held in the committee. */
  readonly posts: readonly string[];
  /** First day of the membership, YYYY-MM-DD; null where it lies before all that is known. */
  readonly joined: string | null;
  /** Last day of the membership; null where it goes on. */
  readonly left: string | null;
}

/** 履职计分: all points are hundredths, and `total` is the sum of the lines. */
export interface DutyScore {
  readonly scored: boolean;
  /** A Chinese sentence; null where the member is scored. */
  readonly reasonNotScored: string | null;
  /** Null where the member isn't scored. */
  readonly total: Points | null;
  /** The most that the rules allow; null where they set no maximum. */
  readonly maximum: Points | null;
  /** Null where the rules have no bands, and where the member isn't scored. */
  readonly band: ScoredBand | null;
  /** The base of each group that has one, then each item that applies to the member, in the order of the rules. */
  readonly lines: readonly ScoreLine[];
}

export interface ScoredBand {
  readonly band: string;
  readonly label: string;
  readonly consequence: string | null;
  /** A Chinese sentence. */
  readonly explanation: string;
}

export interface ScoreLine {
  /** The item, or the group whose base it is. */
  readonly item: string;
  readonly label: string;
  /** After shares and all caps and floors. */
  readonly points: Points;
  /** How many of `unit` counted, before caps. */
  readonly counted: number;
  /** Null for a base. */
  readonly unit: string | null;
  readonly capped: boolean;
  /** After shares and before caps and floors. */
  readonly uncapped: Points;
  /** Each fact that the item takes, by day; their points add up to the line's. Empty for a base. */
  readonly facts: readonly ScoredFact[];
  /** A Chinese sentence. */
  readonly explanation: string;
}

export interface ScoredFact {
  readonly id: string;
  readonly points: Points;
  /** A Chinese sentence. */
  readonly explanation: string;
}

/**
 * Scores the duty of one member in one year. Facts may come in any order and more than once; those outside of the items'
 * periods are passed over, so give all of `daysScored`. Same rules, facts and member, same score.
 */
export function score(rules: ScoringRules, facts: readonly DutyFact[], member: ScoredMember, year: number): DutyScore {
  const maximum = rules.maximum ?? null;
  const whole = membershipIn(year, member.joined, member.left);
  const reasonNotScored = notScored(rules, member, year, whole);
  if (reasonNotScored !== null) return { scored: false, reasonNotScored, total: null, maximum, band: null, lines: [] };

  const membership = rules.partOfYear === 'PRORATED' && whole.days < whole.of ? whole : null;
  const known = byDay(facts);
  const sheets = [
    ...rules.groups.flatMap((group) => (group.base === undefined ? [] : baseSheet(group, group.base, membership))),
    ...rules.items.flatMap((item) => (applies(item, member) ? itemSheet(item, known, year) : [])),
  ];
  for (const group of rules.groups)
    limitGroup(
      group,
      sheets.filter(({ rule }) => rule.group === group.group).flatMap(({ entries }) => entries),
    );
  if (rules.maximum !== undefined)
    limitTotal(
      rules.maximum,
      sheets.flatMap(({ entries }) => entries),
    );

  const lines = sheets.map((sheet) => lineOf(sheet, membership));
  const total = sum(lines);
  return { scored: true, reasonNotScored: null, total, maximum, band: bandOf(rules, total, membership), lines };
}

function notScored({ exempt, partOfYear }: ScoringRules, member: ScoredMember, year: number, { days, of }: Membership) {
  if (days === 0) return `${year} 年不是委员，不计分。`;
  const exemption = exempt.find(({ who }) => isAmong(who, member));
  if (exemption) return exemption.reason;
  if (partOfYear === 'NOT_SCORED' && days < of) return `${year} 年任职 ${days} 天，不满全年，不计分。`;
  return null;
}

const applies = ({ onlyFor, exceptFor }: ScoringItem, member: ScoredMember) =>
  (onlyFor === undefined || isAmong(onlyFor, member)) && (exceptFor === undefined || !isAmong(exceptFor, member));

const isAmong = ({ kinds, posts, members }: Who, member: ScoredMember) =>
  kinds.some((kind) => member.kinds.includes(kind)) ||
  posts.some((post) => member.posts.includes(post)) ||
  members.includes(member.id);

/** Each fact once, by day and then by id: whatever depends on order depends on this one. */
function byDay(facts: readonly DutyFact[]): readonly DutyFact[] {
  const order = (fact: DutyFact) => `${fact.on} ${fact.id}`;
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()].sort((one, other) =>
    order(one) < order(other) ? -1 : 1,
  );
}

/** A line while limits are laid over it: of an item, or of a group's base. */
interface Sheet {
  readonly rule: ScoringItem | ScoringGroup;
  readonly entries: readonly Entry[];
  readonly uncapped: Points;
}

/** What a fact, or a base, brings to a line. */
interface Entry extends Outcome {
  readonly fact: DutyFact | null;
  units: number;
  points: Points;
  limits: string[];
}

function baseSheet(rule: ScoringGroup, base: Points, membership: Membership | null): Sheet {
  const full = membership === null ? base : prorated(base, membership);
  return { rule, entries: [{ fact: null, units: 0, full, points: full, limits: [] }], uncapped: full };
}

function itemSheet(item: ScoringItem, facts: readonly DutyFact[], year: number): Sheet {
  const { from, until } = daysOf(item, year);
  const entries = facts
    .filter((fact) => fact.on >= from && fact.on <= until && takes(item, fact))
    .map((fact): Entry => {
      const units = item.per === 'FACT' ? 1 : fact.halfDays;
      const full = units === null ? 0 : shareOf(item, fact, units);
      return { fact, units: units ?? 0, full, points: full, limits: units === null ? [limits.halfDays] : [] };
    });
  if (item.once) {
    const most = Math.max(...entries.map(({ points }) => Math.abs(points)));
    const best = entries.find(({ points }) => Math.abs(points) === most);
    for (const entry of entries) if (entry !== best) passOver(entry, limits.once);
  }
  if (item.beyond !== undefined)
    for (const entry of entries.slice(0, item.beyond)) passOver(entry, limits.beyond(item));
  const uncapped = sum(entries);
  if (item.cap !== undefined) keepWithin(entries, item.cap, limits.itemCap(item));
  return { rule: item, entries, uncapped };
}

const takes = ({ kinds, outcomes, without, consultationKinds, rank }: ScoringItem, fact: DutyFact) =>
  kinds.includes(fact.kind) &&
  outcomes.some((outcome) => fact.outcomes.includes(outcome)) &&
  !without.some((outcome) => fact.outcomes.includes(outcome)) &&
  (consultationKinds === undefined ||
    fact.kind !== 'CONSULTATION' ||
    (fact.consultationKind !== null && consultationKinds.includes(fact.consultationKind))) &&
  (rank === undefined || (rank === 'FIRST') === (fact.rank === 1));

/** What an author of joint work gets for so many units. Rounded, so the shares of all may differ from the whole by hundredths. */
function shareOf({ share, points }: ScoringItem, { rank, authors }: DutyFact, units: number): Points {
  if (authors === 1 || share === 'EACH') return Math.round(points * units);
  if (typeof share === 'object') return Math.round((rank === 1 ? share.first : share.others) * units);
  if (share === 'EQUAL') return Math.round((points * units) / authors);
  return Math.round((points * units) / (rank === 1 ? 2 : 2 * (authors - 1)));
}

function passOver(entry: Entry, limit: string): void {
  entry.units = 0;
  entry.points = 0;
  entry.limits.push(limit);
}

/** Leaves the entries, in their order, what there is room for; all of them add or all take away. */
function keepWithin(entries: readonly Entry[], room: Points, limit: string): void {
  let left = room;
  for (const entry of entries) {
    const kept = Math.min(Math.abs(entry.points), left);
    left -= kept;
    if (kept === Math.abs(entry.points)) continue;
    // Not -kept, which makes a negative zero.
    entry.points = entry.points < 0 ? 0 - kept : kept;
    entry.limits.push(limit);
  }
}

const adding = (entries: readonly Entry[]) => entries.filter(({ points }) => points > 0);
const takingAway = (entries: readonly Entry[]) => entries.filter(({ points }) => points < 0);

/** The cap comes first: what is above it can't make up for a deduction. */
function limitGroup(group: ScoringGroup, entries: readonly Entry[]): void {
  if (group.cap !== undefined) keepWithin(adding(entries), group.cap, limits.groupCap(group));
  if (group.floor !== undefined)
    keepWithin(takingAway(entries), Math.max(0, sum(adding(entries)) - group.floor), limits.groupFloor(group));
}

/** The maximum is one of the total, deductions included: otherwise one more meeting could open a floor and cost points. */
function limitTotal(maximum: Points, entries: readonly Entry[]): void {
  keepWithin(adding(entries), maximum - sum(takingAway(entries)), limits.maximum(maximum));
}

function lineOf({ rule, entries, uncapped }: Sheet, membership: Membership | null): ScoreLine {
  const points = sum(entries);
  const outcome = { full: uncapped, points, limits: [...new Set(entries.flatMap((entry) => entry.limits))] };
  const line = { label: rule.label, points, uncapped, capped: points !== uncapped };
  if (!('item' in rule))
    return {
      ...line,
      item: rule.group,
      counted: 0,
      unit: null,
      facts: [],
      explanation: baseExplanation(rule.base ?? 0, membership, outcome),
    };
  const counted = entries.reduce((units, entry) => units + entry.units, 0);
  return {
    ...line,
    item: rule.item,
    counted,
    unit: rule.unit,
    facts: entries.flatMap((entry) =>
      entry.fact === null
        ? []
        : { id: entry.fact.id, points: entry.points, explanation: factExplanation(rule, entry.fact, entry) },
    ),
    explanation: lineExplanation(rule, entries.length === 0 ? null : counted, outcome),
  };
}

function bandOf({ bands }: ScoringRules, total: Points, membership: Membership | null): ScoredBand | null {
  const band = bands.find(
    ({ atLeast }) => atLeast === undefined || total >= (membership === null ? atLeast : prorated(atLeast, membership)),
  );
  if (!band) return null;
  return {
    band: band.band,
    label: band.label,
    consequence: band.consequence ?? null,
    explanation: bandExplanation(band, membership),
  };
}

const sum = (of: readonly { readonly points: Points }[]) => of.reduce((total, { points }) => total + points, 0);
