/** Records of subgraph members. */
import { z } from 'zod';
import { code, key, partialDate, period, quantity, record, statedFigure, text, visibility } from './shared.ts';

export const person = z.strictObject({ ...record, name: text });

export const organizationClassification = z.enum([
  'OFFICE', // 机关, 办公室
  'SPECIAL_COMMITTEE', // 专委会
  'SECTOR', // 界别
  'SECTOR_GROUP', // 界别活动组
  'TOWNSHIP_COMMITTEE', // 乡镇街道政协工委, 联络组
  'MEMBER_GROUP', // 委员履职小组
  'PARTY_GROUP', // 政协党组
  'PARTY_BRANCH', // 党支部
  'TEMPORARY_PARTY_BRANCH', // 履职临时党支部
  'TEMPORARY_PARTY_CELL', // 履职临时党小组
  'PARTY_COMMITTEE', // 党委
  'GOVERNMENT', // 政府
  'DEPARTMENT', // 部门
  'HOSPITAL',
  'UNIVERSITY',
  'COMPANY',
  'ASSOCIATION', // 协会, 人民团体, 民主党派
  'OTHER',
]);
/** A part of a committee, or a body that works with it (Popolo Organization). */
export const organization = z.strictObject({
  ...record,
  name: text,
  classification: organizationClassification,
  /** The committee that it is a part of, or that names it. */
  committee: code,
  parent: key.optional(),
  region: code.optional(),
  description: text.optional(),
});

/** person × committee, across terms. */
export const member = z.strictObject({
  ...record,
  person: key,
  committee: code,
  /** An organization with classification SECTOR. */
  sector: key.optional(),
  /** What the person does for a living, in our words: 天姥中医博物馆馆长 */
  occupation: text.optional(),
  tags: z.array(text).default([]),
});

/** A post that a person holds (Popolo Post): in a committee, in one of `organizations`, or in a body named in words. */
export const post = z.strictObject({
  ...record,
  person: key,
  title: text,
  /** The committee on whose pages the post stands. */
  committee: code,
  organization: key.optional(),
  /** False for a post held in the past (原秘书长). */
  current: z.boolean().default(true),
  /** When the source shows the person in it. */
  asOf: period.optional(),
});

/** 届: the five years of a committee; `ordinal` is 15 for 十五届. */
export const term = z.strictObject({
  ...record,
  committee: code,
  ordinal: z.int().positive(),
  start: partialDate.optional(),
  end: partialDate.optional(),
});
/** 次: a plenary session of a term; what was held at it stands in a consultation of kind PLENARY. */
export const session = z.strictObject({
  ...record,
  committee: code,
  term: z.int().positive(),
  ordinal: z.int().positive(),
  held: period.optional(),
});

/** A figure about a committee as a whole. */
export const committeeFigure = z.strictObject({ ...record, committee: code, ...statedFigure.shape });

/** A member's year as a source reports it: shown to the member, as everything that names them as its subject is, and to the staff of the committee. */
export const dutyReport = z.strictObject({
  ...record,
  visibility: visibility.default('INTERNAL'),
  member: key,
  year: z.int(),
  yearInferred: z.boolean().default(false),
  total: quantity,
  lines: z.array(z.strictObject({ kind: text, count: z.int().nonnegative() })).default([]),
});
