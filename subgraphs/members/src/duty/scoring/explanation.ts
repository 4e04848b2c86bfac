/** The sentences of a score, in the words that rules are written in: 计, 扣, 封顶, 扣完为止. */
import type { DutyFact } from './facts.ts';
import type { Points, ScoringBand, ScoringGroup, ScoringItem } from './rules.ts';
import { type Membership, prorated } from './year.ts';

/** What there was, what is left of it, and the limits that it met on the way. */
export interface Outcome {
  readonly full: Points;
  readonly points: Points;
  readonly limits: readonly string[];
}

export const limits = {
  halfDays: '未登记时长，暂不计分',
  once: '每年只计得分最高的一项',
  beyond: ({ beyond, unit }: ScoringItem) => `前 ${beyond} ${unit}不计`,
  itemCap: ({ points, cap = 0 }: ScoringItem) => `本项${points < 0 ? '最多扣' : '封顶'} ${figure(cap)}`,
  groupCap: ({ label, cap = 0 }: ScoringGroup) => `“${label}”合计封顶 ${figure(cap)}`,
  groupFloor: ({ label, floor = 0 }: ScoringGroup) =>
    floor === 0 ? `“${label}”扣完为止` : `“${label}”最低 ${floor < 0 ? '负 ' : ''}${figure(floor)}`,
  maximum: (maximum: Points) => `总分封顶 ${figure(maximum)}`,
};

/** How a fact came to its points. */
export function factExplanation(item: ScoringItem, fact: DutyFact, outcome: Outcome): string {
  const length = item.per === 'HALF_DAY' && fact.halfDays !== null ? [`${fact.halfDays} ${item.unit}`] : [];
  const each = `每${item.unit}${item.points < 0 ? '扣' : ''} ${figure(item.points)}`;
  return sentence([...length, each, ...shareOf(item, fact), scored(outcome.full)], outcome);
}

/** How an item's line came to its points; `counted` is null where no fact matched. */
export function lineExplanation({ unit }: ScoringItem, counted: number | null, outcome: Outcome): string {
  if (counted === null) return '没有此项记录，不计分。';
  return sentence([`共 ${counted} ${unit}`, scored(outcome.full)], outcome);
}

/** How the base of a group came to its points; `membership` is given where it is prorated. */
export function baseExplanation(base: Points, membership: Membership | null, outcome: Outcome): string {
  const part = membership === null ? [] : [byDays(membership), scored(outcome.full)];
  return sentence([`基本分 ${figure(base)}`, ...part], outcome);
}

/** Why a total falls into a band; `membership` is given where bands are prorated. */
export function bandExplanation({ label, atLeast, consequence }: ScoringBand, membership: Membership | null): string {
  const words =
    atLeast === undefined
      ? [`低于其他各等次，为“${label}”`]
      : [
          `${figure(membership === null ? atLeast : prorated(atLeast, membership))}及以上为“${label}”`,
          ...(membership === null ? [] : [`${figure(atLeast)}${byDays(membership)}`]),
        ];
  return `${[...words, ...(consequence === undefined ? [] : [consequence])].join('，')}。`;
}

const figure = (points: Points) => `${Math.abs(points) / 100} 分`;

const scored = (points: Points) => (points === 0 ? '不计分' : `${points > 0 ? '计' : '扣'} ${figure(points)}`);

const byDays = ({ days, of }: Membership) => `按任职 ${days}/${of} 天折算`;

function shareOf({ share }: ScoringItem, { rank, authors }: DutyFact): string[] {
  if (authors === 1 || share === 'EACH') return [];
  if (share === 'EQUAL') return [`${authors} 人均分`];
  if (share === 'HALF_TO_FIRST') return [rank === 1 ? '第一作者得一半' : `其余 ${authors - 1} 人均分另一半`];
  return [rank === 1 ? '合作的第一作者' : '合作的其他作者'];
}

function sentence(words: readonly string[], { full, points, limits }: Outcome): string {
  const left = points === full ? [] : [`实${full < 0 ? '扣' : '计'} ${figure(points)}`];
  return `${[words, [...limits, ...left]]
    .map((part) => part.join('，'))
    .filter(Boolean)
    .join('；')}。`;
}
