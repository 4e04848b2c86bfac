/** Records of subgraph consultations. */
import { z } from 'zod';
import { code, figures, key, period, quantity, record, text } from './shared.ts';

export const consultationKind = z.enum([
  'PLENARY', // 全体会议
  'STANDING_COMMITTEE', // 常委会会议
  'TOPICAL_STANDING_COMMITTEE', // 专题议政性常委会
  'CHAIRMENS_MEETING', // 主席会议
  'TOPICAL', // 专题协商, 请你来协商
  'COUNTERPART', // 对口协商
  'SECTOR', // 界别协商
  'PROPOSAL_HANDLING', // 提案办理协商
  'REMOTE', // 远程协商
  'GOVERNMENT_BUSINESS', // 政企协商会
  'LIVELIHOOD', // 民生协商会
  'JOINT_GROUP', // 联组会议
  'HALL', // 民生议事堂活动
  'STATION', // 协商驿站活动
  'INSPECTION', // 视察
  'RESEARCH', // 调研, 课题
  'SUPERVISION', // 民主监督
]);
export const consultationStatus = z.enum(['PLANNED', 'SCHEDULED', 'HELD', 'NOT_HELD', 'CANCELLED']);
export const hostRole = z.enum(['LEAD', 'CO_HOST']);
export const adoptionStatus = z.enum(['ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED']);
export const adoptionBody = z.enum(['PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE']);
export const outcomeKind = z.enum([
  'INSTRUCTION',
  'POLICY',
  'PLAN_ENTRY',
  'AGREEMENT',
  'FACILITY',
  'WORK_STARTED',
  'REPORT',
  'PROPOSAL',
  'AWARD',
  'OTHER',
]);

export const adoption = z.strictObject({
  /** The committee at whose side the decision was made. */
  committee: code,
  body: adoptionBody,
  /** Name of the body that decided: 中共淳安县委 */
  bodyName: text,
  status: adoptionStatus,
  reason: text.optional(),
  decided: period.optional(),
});
export const suggestion = z.strictObject({
  key,
  /** In our words. */
  text,
  /** How many suggestions this record stands for, where the source gives only a number. */
  count: quantity.optional(),
  authors: z.array(key).default([]),
  adoptions: z.array(adoption).default([]),
});
export const participation = z.strictObject({
  /** A member by key, or else a person by key (an official, an expert). */
  member: key.optional(),
  person: key.optional(),
  /** HOST, SPEAKER, LECTURER, DELEGATION_LEAD … free words of the field, Chinese: 主持, 发言, 带队 */
  role: text.optional(),
});
/** A meeting, consultation, inspection, survey or supervision, planned or held (OParl Meeting). */
export const consultation = z.strictObject({
  ...record,
  title: text,
  kind: consultationKind,
  /** What the committee itself calls the kind: 请你来协商 */
  localKind: text.optional(),
  status: consultationStatus,
  held: period.optional(),
  place: text.optional(),
  region: code.optional(),
  /** The first one leads. `workstation`: the platform through which a committee hosts. */
  hosts: z
    .array(
      z.strictObject({
        committee: code,
        role: hostRole.default('CO_HOST'),
        workstation: key.optional(),
        name: text.optional(),
      }),
    )
    .min(1),
  topics: z.array(text).default([]),
  description: text.optional(),
  /** The consultation that this one follows: the visit before it, the one before in a series. */
  follows: key.optional(),
  cooperation: key.optional(),
  participants: z.array(participation).default([]),
  suggestions: z.array(suggestion).default([]),
  /** Later readings of progress (跟踪问效). */
  readings: z
    .array(z.strictObject({ on: period.optional(), text, value: quantity.optional(), unit: text.optional() }))
    .default([]),
  /** What came of it: an instruction, a policy, a plan it went into … */
  outcomes: z
    .array(
      z.strictObject({
        kind: outcomeKind,
        title: text,
        on: period.optional(),
        body: text.optional(),
        description: text.optional(),
      }),
    )
    .default([]),
  figures,
});

export const plan = z.strictObject({
  ...record,
  committee: code,
  year: z.int(),
  title: text,
  status: z.enum(['DRAFT', 'APPROVED', 'PUBLISHED']),
  items: z
    .array(
      z.strictObject({
        kind: consultationKind,
        localKind: text.optional(),
        title: text.optional(),
        count: quantity.optional(),
        consultation: key.optional(),
      }),
    )
    .min(1),
});
