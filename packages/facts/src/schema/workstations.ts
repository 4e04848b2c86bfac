/** Records of subgraph workstations. */
import { z } from 'zod';
import { participation } from './consultations.ts';
import { code, figures, key, period, record, text } from './shared.ts';

export const workstationKind = z.enum([
  'STUDIO', // 委员工作室
  'ONLINE_STUDIO', // 线上委员工作室
  'SECTOR_STUDIO', // 界别工作室
  'RECEPTION_HALL', // 委员会客厅
  'HALL', // 民生议事堂
  'STATION', // 协商驿站
  'LIAISON_ROOM', // 联络室
  'PLATFORM', // 综合平台
]);
export const workstation = z.strictObject({
  ...record,
  name: text,
  kind: workstationKind,
  localKind: text.optional(),
  committee: code,
  /** The township (nine digits) where it is, or the county or city where the source says no more. */
  region: code,
  /** Village, community, park or address, as the source names it. */
  place: text.optional(),
  status: z.enum(['PLANNED', 'LISTED', 'DELISTED']).default('LISTED'),
  opened: period.optional(),
  description: text.optional(),
  /** Members who lead or staff it. */
  staffing: z.array(z.strictObject({ member: key, role: text.optional() })).default([]),
  openDays: z
    .array(
      z.strictObject({
        /** RFC 5545 rule: FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15 */ rule: text,
        description: text.optional(),
      }),
    )
    .default([]),
  /** Yearly livelihood items (年度民生实事). */
  livelihoodItems: z
    .array(
      z.strictObject({
        key,
        title: text,
        year: z.int().optional(),
        status: z.enum(['PROPOSED', 'CONFIRMED', 'IN_PROGRESS', 'FINISHED', 'EVALUATED']),
        finished: period.optional(),
        description: text.optional(),
        figures,
      }),
    )
    .default([]),
  figures,
});
/** A service programme of a committee: a school, a volunteer service, a platform with its own counters. */
export const programme = z.strictObject({
  ...record,
  name: text,
  committee: code,
  started: period.optional(),
  description: text.optional(),
  staffing: z
    .array(z.strictObject({ member: key.optional(), person: key.optional(), role: text.optional() }))
    .default([]),
  figures,
});
export const activity = z.strictObject({
  ...record,
  title: text,
  committee: code,
  kind: z.enum([
    'OPEN_DAY',
    'VISIT',
    'SERVICE',
    'LECTURE',
    'COURSE',
    'TRAINING',
    'TALKS',
    'STUDY_TRIP',
    'SURVEY',
    'MEETING',
    'VOLUNTEERING',
    'CEREMONY',
  ]),
  held: period.optional(),
  workstation: key.optional(),
  programme: key.optional(),
  region: code.optional(),
  place: text.optional(),
  description: text.optional(),
  participants: z.array(participation).default([]),
  figures,
});
/** A wish, question or problem of the public (Open311 service request); who filed it is never named. */
export const serviceRequest = z.strictObject({
  ...record,
  committee: code,
  region: code.optional(),
  workstation: key.optional(),
  kind: z.enum(['WISH', 'QUESTION', 'PROBLEM']),
  title: text,
  description: text.optional(),
  /** What the filer is, never who: 社区工作者, 学生家长 */
  filedAs: text.optional(),
  requested: period.optional(),
  status: z.enum(['OPEN', 'CLOSED']),
  resolution: text.optional(),
  resolved: period.optional(),
  figures,
});
