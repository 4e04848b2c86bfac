/**
 * The records that the source documents give, as they stand in `data/<document>/*.yaml`.
 *
 * Every record has a `key` that names it for ever (`<place>/<what>`): the id in the graph is made from it, so a key is
 * never reused and never renamed. Other records are named by their key, committees and regions by their code.
 */
import { z } from 'zod';

const text = z.string().trim().min(1);

/** Names a record of any kind, for ever: `xinchang/fengshan-inspection`. */
export const key = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/, 'a key is written like place/what');
/** A committee or region by its code as the document's time had it: six, nine or twelve digits. */
export const code = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, 'a code has 6, 9 or 12 digits');

/** A day, a month or a year: what the source gives and no more. */
const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is YYYY, YYYY-MM or YYYY-MM-DD');
/**
 * When something was or is. `text` keeps the source's words where they say less or other than a date (2024年上旬);
 * `yearInferred` marks a year that the document doesn't state. An undated thing has no period at all.
 */
export const period = z.strictObject({
  start: partialDate.optional(),
  end: partialDate.optional(),
  text: text.optional(),
  yearInferred: z.boolean().default(false),
});
export type Period = z.infer<typeof period>;

/** A figure as the source gives it: `290余` is at least 290, `近七成` is just below 70 %. */
export const quantity = z.strictObject({
  value: z.number(),
  qualifier: z.enum(['EXACT', 'AT_LEAST', 'NEARLY']).default('EXACT'),
  text,
});
export type Quantity = z.infer<typeof quantity>;

export const visibility = z.enum(['PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC']);

/** What every record has. `source` is a document of `sources.yaml`; a file's own `source` is the default. */
const record = { key, source: text.optional(), visibility: visibility.default('PUBLIC') };

/** A figure that a source states about something, never added to what the hub counts itself. */
const statedFigure = z.strictObject({
  /** Chinese term of what is counted, the unit left out: 公益性岗位 */
  label: text,
  value: quantity,
  /** Chinese unit: 个, 人次, 万元, % … */
  unit: text.optional(),
  /** The time that the figure covers. */
  period: period.optional(),
  /** The time at which it was so. */
  asOf: period.optional(),
  /** What a reader must know to read it rightly, in our words. */
  note: text.optional(),
});
export type StatedFigure = z.infer<typeof statedFigure>;
const figures = z.array(statedFigure).default([]);

// members

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

// consultations

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

// workstations

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

// cooperation

export const cooperation = z.strictObject({
  ...record,
  title: text,
  kind: z.enum(['PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION']),
  /** 领域: 眼科医疗 */
  field: text,
  status: z.enum(['CONTACT', 'ACTIVE', 'CONCLUDED']),
  started: period.optional(),
  description: text.optional(),
  partners: z
    .array(
      z.strictObject({
        committee: code,
        role: z.enum(['INITIATOR', 'PARTNER', 'DONOR', 'RECIPIENT', 'VISITOR', 'HOST']),
        organizations: z.array(z.strictObject({ name: text, organization: key.optional() })).default([]),
      }),
    )
    .min(1),
  milestones: z
    .array(
      z.strictObject({
        title: text,
        stage: z.enum([
          'CONTACT',
          'VISIT',
          'SURVEY',
          'SUPPORT',
          'TRAINING',
          'CONSENSUS',
          'TALKS',
          'SIGNING',
          'MECHANISM',
        ]),
        date: period.optional(),
        /** False for what a source announces only. */
        done: z.boolean().default(true),
        description: text.optional(),
        people: z.array(z.strictObject({ person: key, role: text.optional() })).default([]),
      }),
    )
    .default([]),
  agreements: z
    .array(
      z.strictObject({
        title: text,
        signed: period.optional(),
        parties: z.array(text).min(1),
        description: text.optional(),
      }),
    )
    .default([]),
  aid: z
    .array(
      z.strictObject({
        form: text,
        amount: quantity,
        unit: text,
        given: period.optional(),
        description: text.optional(),
      }),
    )
    .default([]),
  figures,
});

// waiting for a type that comes later: validated, counted at start-up, not yet in the graph

export const proposal = z.strictObject({
  ...record,
  committee: code,
  title: text,
  year: z.int().optional(),
  proposers: z
    .array(
      z.strictObject({
        kind: z.enum(['MEMBER', 'SECTOR', 'PARTY', 'STUDIO', 'SPECIAL_COMMITTEE', 'PLENARY']),
        name: text,
        member: key.optional(),
      }),
    )
    .default([]),
  filed: period.optional(),
  answered: period.optional(),
  result: text.optional(),
});
export const honour = z.strictObject({
  ...record,
  committee: code,
  title: text,
  year: z.int(),
  /** What was honoured: proposals, consultations, workstations by key. */
  laureates: z.array(key).default([]),
  decidedAt: key.optional(),
  given: period.optional(),
  givenAt: key.optional(),
});

/** One file of `data/`. */
export const factsFile = z.strictObject({
  /** The document of `sources.yaml` that the records are from. */
  source: text,
  people: z.array(person).default([]),
  organizations: z.array(organization).default([]),
  members: z.array(member).default([]),
  posts: z.array(post).default([]),
  terms: z.array(term).default([]),
  sessions: z.array(session).default([]),
  committeeFigures: z.array(committeeFigure).default([]),
  dutyReports: z.array(dutyReport).default([]),
  consultations: z.array(consultation).default([]),
  plans: z.array(plan).default([]),
  workstations: z.array(workstation).default([]),
  programmes: z.array(programme).default([]),
  activities: z.array(activity).default([]),
  serviceRequests: z.array(serviceRequest).default([]),
  cooperations: z.array(cooperation).default([]),
  waiting: z
    .strictObject({ proposals: z.array(proposal).default([]), honours: z.array(honour).default([]) })
    .default({ proposals: [], honours: [] }),
});
export type FactsFile = z.infer<typeof factsFile>;

/** A document: what it is and what it speaks of. */
export const sourceDocument = z.strictObject({
  id: z.string().regex(/^S\d$/),
  title: text,
  published: text.optional(),
  description: text,
});
export type SourceDocument = z.infer<typeof sourceDocument>;

/** One figure, date or name of a document: where the graph gives it, what it waits for, or why it is left out. */
export const ledgerLine = z.union([
  z.strictObject({
    /** The figure, date or name itself, as the document writes it. */
    given: text,
    /** What it is of, in our words. */
    of: text,
    /** The record that holds it; for a directory name, a code. */
    record: z.union([key, code]),
    /** Where in the record's data file entry: figures[公益性岗位].value.text, held.start, name … */
    path: text,
    /** What the graph must answer there. */
    expect: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.strictObject({
    given: text,
    of: text,
    waits: key,
    path: text,
    expect: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.strictObject({ given: text, of: text, left: text }),
]);
export type LedgerLine = z.infer<typeof ledgerLine>;
