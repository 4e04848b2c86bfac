import type { memberSettings } from '../settings/settings.ts';
import type { DutyFact, DutyKind } from './scoring/facts.ts';

/** The words of the field for what duty is of. */
const labels: Readonly<Record<DutyKind, string>> = {
  PLENARY: '全体会议',
  STANDING_COMMITTEE: '常委会会议',
  CHAIRMENS_MEETING: '主席会议',
  MEETING: '其他会议',
  CONSULTATION: '协商',
  SUPERVISION: '民主监督',
  INSPECTION: '视察',
  RESEARCH: '调研',
  ACTIVITY: '活动',
  PUBLIC_WELFARE: '公益活动',
  TRAINING: '学习培训',
  READING: '读书',
  SPEECH: '发言',
  WRITTEN_SPEECH: '书面发言',
  SUGGESTION: '意见建议',
  TOPIC: '课题、议题',
  PROPOSAL: '提案',
  OPINION: '社情民意信息',
  PUBLICATION: '发表文章',
  HISTORICAL_RECORD: '文史资料',
  SHIFT: '值班',
  REQUEST_ANSWERED: '答复群众诉求',
  COMMENDATION: '表彰奖励',
  OTHER: '其他',
};

type LineSettings = (typeof memberSettings)['defaults']['dutyLines'];
type Counted = Pick<DutyFact, 'kind' | 'consultationKind'>;

/** 分类次数: facts under one heading. */
export interface Line<Fact> {
  readonly kind: string;
  readonly count: number;
  readonly facts: readonly Fact[];
}

/** Facts under the committee's own headings, the first that takes them, and under the field's for all others; in that order. */
export function linesOf<Fact extends Counted>(facts: readonly Fact[], own: LineSettings): Line<Fact>[] {
  const headings = [...new Set([...own.map(({ label }) => label), ...facts.map(usualHeading)])];
  const found = new Map<string, Fact[]>(headings.map((heading) => [heading, []]));
  for (const fact of facts) found.get(own.find((line) => takes(line, fact))?.label ?? usualHeading(fact))?.push(fact);
  return [...found].flatMap(([kind, facts]) => (facts.length === 0 ? [] : { kind, count: facts.length, facts }));
}

const takes = ({ kinds, consultationKinds }: LineSettings[number], { kind, consultationKind }: Counted) =>
  kinds.includes(kind) &&
  (consultationKinds.length === 0 ||
    kind !== 'CONSULTATION' ||
    (consultationKind !== null && consultationKinds.includes(consultationKind)));

/** Of a consultation the committee's own word for it; a code is no word. */
const usualHeading = ({ kind, consultationKind }: Counted) =>
  kind === 'CONSULTATION' && consultationKind !== null && !/^[A-Z_]+$/.test(consultationKind)
    ? consultationKind
    : labels[kind];
