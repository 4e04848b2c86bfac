import {
  code,
  day,
  figures,
  oneOf,
  partOf,
  period,
  province,
  publicOrders,
  recordSchema,
  recordTable,
  referenceColumns,
  type Upkeep,
} from '@hub/database';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, text, uuid } from 'drizzle-orm/pg-core';

export const workstations = recordSchema('workstations', 'township');

export const workstationKinds = [
  'STUDIO',
  'ONLINE_STUDIO',
  'SECTOR_STUDIO',
  'RECEPTION_HALL',
  'HALL',
  'STATION',
  'LIAISON_ROOM',
  'PLATFORM',
] as const;
export const workstationStatuses = ['PLANNED', 'LISTED', 'DELISTED'] as const;
export const livelihoodStatuses = ['PROPOSED', 'CONFIRMED', 'IN_PROGRESS', 'FINISHED', 'EVALUATED'] as const;
export const activityKinds = [
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
] as const;
export const serviceRequestKinds = ['WISH', 'QUESTION', 'PROBLEM'] as const;
export const serviceRequestStatuses = ['OPEN', 'CLOSED'] as const;

/** 开放日: a rule of RFC 5545 and what takes place. */
export interface OpenDay {
  readonly rule: string;
  readonly description?: string | undefined;
}

/** 工作站点 */
export const workstation = recordTable(
  workstations,
  'workstation',
  {
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    localKind: text('local_kind'),
    status: text('status').notNull(),
    /** Current code of where it is: that can be inside or outside the owner's region. */
    region: code('region').notNull(),
    regionAsFiled: code('region_as_filed').notNull(),
    place: text('place'),
    opened: period('opened'),
    openedFrom: day('opened_from'),
    description: text('description'),
    openDays: jsonb('open_days').$type<readonly OpenDay[]>().notNull().default([]),
    figures: figures(),
    /** What summaries count by, both at once. */
    kindAndStatus: text('kind_and_status').generatedAlwaysAs(sql`kind || ' ' || status`),
    province: province(),
  },
  (t) => [
    oneOf('workstation_kind', t.kind, workstationKinds),
    oneOf('workstation_status', t.status, workstationStatuses),
    index('workstation_owner_name').on(t.owner, t.name, t.id),
    index('workstation_owner_opened').on(t.owner, t.openedFrom, t.id),
    index('workstation_owner_modified').on(t.owner, t.modified, t.id),
    index('workstation_region_name').on(t.region, t.name, t.id),
    index('workstation_province_name').on(t.province, t.name, t.id),
    index('workstation_name').on(t.name, t.id),
    index('workstation_province_opened').on(t.province, t.openedFrom, t.id),
    index('workstation_opened').on(t.openedFrom, t.id),
    index('workstation_province_modified').on(t.province, t.modified, t.id),
    index('workstation_modified').on(t.modified, t.id),
  ],
);

/** 驻站委员: who leads or staffs a workstation. */
export const workstationStaffing = recordTable(
  workstations,
  'workstation_staffing',
  {
    ...referenceColumns(),
    workstation: uuid('workstation').notNull(),
    member: uuid('member').notNull(),
    role: text('role'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    partOf('workstation_staffing_workstation', t, t.workstation, workstation),
    index('workstation_staffing_of').on(t.workstation, t.position),
    index('workstation_staffing_member').on(t.member, t.workstation),
  ],
  { refers: true },
);

/** 年度民生实事 */
export const livelihoodItem = recordTable(
  workstations,
  'livelihood_item',
  {
    workstation: uuid('workstation').notNull(),
    title: text('title').notNull(),
    year: integer('year'),
    /** What lists are ordered by: an item without a year is older than all that have one. */
    yearOrder: integer('year_order').notNull().generatedAlwaysAs(sql`coalesce(year, 0)`),
    status: text('status').notNull(),
    finished: period('finished'),
    description: text('description'),
    figures: figures(),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    partOf('livelihood_item_workstation', t, t.workstation, workstation),
    oneOf('livelihood_item_status', t.status, livelihoodStatuses),
    index('livelihood_item_of').on(t.workstation, t.position),
    index('livelihood_item_owner_year').on(t.owner, t.yearOrder, t.id),
    index('livelihood_item_owner_title').on(t.owner, t.title, t.id),
    index('livelihood_item_owner_modified').on(t.owner, t.modified, t.id),
    index('livelihood_item_year').on(t.yearOrder, t.id),
    index('livelihood_item_title').on(t.title, t.id),
    index('livelihood_item_modified').on(t.modified, t.id),
  ],
);

/** 服务项目 */
export const programme = recordTable(
  workstations,
  'programme',
  {
    name: text('name').notNull(),
    started: period('started'),
    startedFrom: day('started_from'),
    description: text('description'),
    figures: figures(),
  },
  (t) => [
    index('programme_owner_name').on(t.owner, t.name, t.id),
    index('programme_owner_started').on(t.owner, t.startedFrom, t.id),
    index('programme_owner_modified').on(t.owner, t.modified, t.id),
    index('programme_name').on(t.name, t.id),
    index('programme_started').on(t.startedFrom, t.id),
    index('programme_modified').on(t.modified, t.id),
  ],
);

/** 项目人员: who runs or teaches a programme; a member is there as a person too, so that all of a person's are found. */
export const programmeStaffing = recordTable(
  workstations,
  'programme_staffing',
  {
    ...referenceColumns(),
    programme: uuid('programme').notNull(),
    member: uuid('member'),
    person: uuid('person'),
    role: text('role'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    partOf('programme_staffing_programme', t, t.programme, programme),
    index('programme_staffing_of').on(t.programme, t.position),
    index('programme_staffing_member').on(t.member, t.programme),
    index('programme_staffing_person').on(t.person, t.programme),
  ],
  { refers: true },
);

/** 活动 */
export const activity = recordTable(
  workstations,
  'activity',
  {
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    held: period('held'),
    heldFrom: day('held_from'),
    heldUntil: day('held_until'),
    workstation: uuid('workstation').references(() => workstation.id),
    programme: uuid('programme').references(() => programme.id),
    region: code('region'),
    regionAsFiled: code('region_as_filed'),
    place: text('place'),
    description: text('description'),
    figures: figures(),
    province: province(),
  },
  (t) => [
    oneOf('activity_kind', t.kind, activityKinds),
    index('activity_owner_held').on(t.owner, t.heldFrom, t.id),
    index('activity_owner_modified').on(t.owner, t.modified, t.id),
    index('activity_province_held').on(t.province, t.heldFrom, t.id),
    index('activity_held').on(t.heldFrom, t.id),
    index('activity_province_modified').on(t.province, t.modified, t.id),
    index('activity_modified').on(t.modified, t.id),
    ...publicOrders('activity', t, { held: t.heldFrom, modified: t.modified }),
    index('activity_workstation').on(t.workstation, t.heldFrom, t.id),
    index('activity_programme').on(t.programme, t.heldFrom, t.id),
  ],
);

/** 活动参加者; a member is there as a person too. */
export const participation = recordTable(
  workstations,
  'participation',
  {
    ...referenceColumns(),
    activity: uuid('activity').notNull(),
    member: uuid('member'),
    person: uuid('person'),
    role: text('role'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    partOf('participation_activity', t, t.activity, activity),
    index('participation_of').on(t.activity, t.position, t.id),
    index('participation_member').on(t.member, t.activity),
    index('participation_person').on(t.person, t.activity),
  ],
  { refers: true },
);

/** 群众诉求: what somebody of the public asked for. There is no column for who it was. */
export const serviceRequest = recordTable(
  workstations,
  'service_request',
  {
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    description: text('description'),
    filedAs: text('filed_as'),
    status: text('status').notNull(),
    requested: period('requested'),
    requestedFrom: day('requested_from'),
    requestedUntil: day('requested_until'),
    resolution: text('resolution'),
    resolved: period('resolved'),
    workstation: uuid('workstation').references(() => workstation.id),
    region: code('region'),
    regionAsFiled: code('region_as_filed'),
    figures: figures(),
    province: province(),
  },
  (t) => [
    oneOf('service_request_kind', t.kind, serviceRequestKinds),
    oneOf('service_request_status', t.status, serviceRequestStatuses),
    index('service_request_owner_requested').on(t.owner, t.requestedFrom, t.id),
    index('service_request_owner_modified').on(t.owner, t.modified, t.id),
    index('service_request_province_requested').on(t.province, t.requestedFrom, t.id),
    index('service_request_requested').on(t.requestedFrom, t.id),
    index('service_request_province_modified').on(t.province, t.modified, t.id),
    index('service_request_modified').on(t.modified, t.id),
    ...publicOrders('service_request', t, { requested: t.requestedFrom, modified: t.modified }),
    index('service_request_workstation').on(t.workstation, t.requestedFrom, t.id),
  ],
);

export const upkeep: Upkeep = {
  counted: {
    workstation: 'kind_and_status',
    livelihood_item: 'status',
    // Programmes have no kinds: they are counted by what a counter has anyway.
    programme: 'visibility',
    activity: 'kind',
    service_request: 'kind',
  },
  searched: {
    workstation: ['name', 'local_kind', 'place', 'description'],
    livelihood_item: ['title', 'description'],
    programme: ['name', 'description'],
    activity: ['title', 'place', 'description'],
    service_request: ['title', 'description', 'filed_as', 'resolution'],
  },
};
