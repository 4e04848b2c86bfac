/** What a duty fact is of (履职类别). Closed: a kind that rules could name and nothing could produce would never score. */
export const dutyKinds = [
  /** 全体会议 */
  'PLENARY',
  /** 常委会会议 */
  'STANDING_COMMITTEE',
  /** 主席会议 */
  'CHAIRMENS_MEETING',
  /** 其他会议: of a special committee, a sector, a group */
  'MEETING',
  /** 协商 */
  'CONSULTATION',
  /** 民主监督 */
  'SUPERVISION',
  /** 视察 */
  'INSPECTION',
  /** 调研 */
  'RESEARCH',
  /** 活动 */
  'ACTIVITY',
  /** 公益活动 */
  'PUBLIC_WELFARE',
  /** 学习培训 */
  'TRAINING',
  /** 读书 */
  'READING',
  /** 大会或会议发言 */
  'SPEECH',
  /** 书面发言 */
  'WRITTEN_SPEECH',
  /** 意见建议 */
  'SUGGESTION',
  /** 课题、议题 */
  'TOPIC',
  /** 提案 */
  'PROPOSAL',
  /** 社情民意信息 */
  'OPINION',
  /** 发表文章 */
  'PUBLICATION',
  /** 文史资料 */
  'HISTORICAL_RECORD',
  /** 值班 */
  'SHIFT',
  /** 答复群众诉求 */
  'REQUEST_ANSWERED',
  /** 表彰奖励 */
  'COMMENDATION',
  /** 其他 */
  'OTHER',
] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** What came of it (履职结果). A fact has all that hold: a key proposal is SUBMITTED, FILED and KEY. */
export const dutyOutcomes = [
  /** 出席、参加 */
  'PRESENT',
  /** 迟到或早退: beside PRESENT */
  'LATE',
  /** 未全程参加: beside PRESENT */
  'PARTIAL',
  /** 请假获准 */
  'LEAVE',
  /** 无故缺席 */
  'ABSENT',
  /** 完成: of work that nobody attends */
  'DONE',
  /** 提交 */
  'SUBMITTED',
  /** 立案 */
  'FILED',
  /** 采用、采纳 */
  'ADOPTED',
  /** 领导批示 */
  'INSTRUCTED',
  /** 重点 */
  'KEY',
  /** 优秀 */
  'EXCELLENT',
] as const;
export type DutyOutcome = (typeof dutyOutcomes)[number];

/** 履职事实: one thing that a member did or failed to do, as the subgraph that holds the event tells it. */
export interface DutyFact {
  /** Names the fact for ever; the same id given twice is the same fact. */
  readonly id: string;
  /** The subgraph that tells it. */
  readonly source: string;
  readonly kind: DutyKind;
  /** The event owner's own kind of consultation; null for every other kind of fact. */
  readonly consultationKind: string | null;
  readonly member: string;
  /** YYYY-MM-DD */
  readonly on: string;
  readonly title: string;
  readonly outcomes: readonly DutyOutcome[];
  /** Null where it isn't known or means nothing. */
  readonly halfDays: number | null;
  /** Place among the authors; 1 is the first, and a sole author. */
  readonly rank: number;
  /** How many authors there are, the member included. */
  readonly authors: number;
  /** The record that it comes from. */
  readonly reference: { readonly type: string; readonly id: string };
}
