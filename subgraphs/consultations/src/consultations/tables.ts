import {
  code,
  day,
  figures,
  instant,
  oneOf,
  partOf,
  period,
  province,
  publicOrders,
  recordTable,
  referenceColumns,
  referenceColumnsWithParties,
} from '@hub/database';
import { eventTable } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, foreignKey, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { consultationMachine } from './consultation.machine.ts';

export const consultationKinds = [
  'PLENARY',
  'STANDING_COMMITTEE',
  'TOPICAL_STANDING_COMMITTEE',
  'CHAIRMENS_MEETING',
  'TOPICAL',
  'COUNTERPART',
  'SECTOR',
  'PROPOSAL_HANDLING',
  'REMOTE',
  'GOVERNMENT_BUSINESS',
  'LIVELIHOOD',
  'JOINT_GROUP',
  'HALL',
  'STATION',
  'INSPECTION',
  'RESEARCH',
  'SUPERVISION',
  'ACTIVITY',
  'TRAINING',
  'LECTURE',
] as const;
type ConsultationStatus = keyof typeof consultationMachine.states;
export const consultationStatuses = Object.keys(consultationMachine.states) as readonly ConsultationStatus[];
/** 协商活动; the committee that leads is the owner, and all that host are the parties of a JOINT one. */
export const consultation = recordTable(
  consultations,
  'consultation',
  {
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    localKind: text('local_kind'),
    status: text('status').$type<ConsultationStatus>().notNull(),
    /** Day on which it entered its status, where steps brought it there. */
    since: date('since', { mode: 'string' }),
    /** 届次: of numbered meetings, the committee's term and the meeting's number in it. */
    term: integer('term'),
    ordinal: integer('ordinal'),
    /** Kinds that are numbered in one row: a standing committee on a topic is one of its meetings too. */
    numberSeries: text('number_series').generatedAlwaysAs(
      sql`case kind when 'TOPICAL_STANDING_COMMITTEE' then 'STANDING_COMMITTEE' else kind end`,
    ),
    /** 界别或小组: whose convenor keeps it too. Policies read it; the graph shows `consultationOrganization`, which not everybody may see. */
    organization: uuid('organization'),
    /** 发起委员: the member who proposed it. */
    author: uuid('author'),
    /** 名额: how many may sign up; null for no limit. */
    places: integer('places'),
    signUpOpens: instant('sign_up_opens'),
    signUpCloses: instant('sign_up_closes'),
    /** Day on which the notice went out. */
    noticed: date('noticed', { mode: 'string' }),
    /** 补录: day on which it was entered as held, after it had taken place. */
    entered: date('entered', { mode: 'string' }),
    /** Why it was declined, not held or cancelled. */
    reason: text('reason'),
    liveStream: text('live_stream'),
    /** Hosts beside the one that leads that agreed to publish it. */
    publicationAgreed: text('publication_agreed').array().notNull().default([]),
    /** The host that said that it was held, or that it wasn't. */
    recordedBy: code('recorded_by'),
    /** What counters group by, so that one counter answers by kind and by status. */
    kindAndStatus: text('kind_and_status').generatedAlwaysAs(sql`kind || ' ' || status`),
    held: period('held'),
    heldFrom: day('held_from'),
    heldUntil: day('held_until'),
    place: text('place'),
    /** Current code of the region where it takes place. */
    region: code('region'),
    topics: text('topics').array().notNull().default([]),
    description: text('description'),
    follows: uuid('follows'),
    figures: figures(),
    province: province(),
  },
  (t) => [
    oneOf('consultation_kind', t.kind, consultationKinds),
    oneOf('consultation_status', t.status, Object.keys(consultationMachine.states)),
    unique('consultation_owner').on(t.id, t.owner),
    index('consultation_owner_held').on(t.owner, t.heldFrom, t.id),
    index('consultation_owner_title').on(t.owner, t.title, t.id),
    index('consultation_owner_modified').on(t.owner, t.modified, t.id),
    index('consultation_province_held').on(t.province, t.heldFrom, t.id),
    index('consultation_province_title').on(t.province, t.title, t.id),
    index('consultation_province_modified').on(t.province, t.modified, t.id),
    index('consultation_held').on(t.heldFrom, t.id),
    index('consultation_title').on(t.title, t.id),
    index('consultation_modified').on(t.modified, t.id),
    ...publicOrders('consultation', t, { held: t.heldFrom, title: t.title, modified: t.modified }),
    index('consultation_region_held').on(t.region, t.heldFrom, t.id),
    index('consultation_follows').on(t.follows),
    // What was cancelled or not held has used up no number.
    uniqueIndex('consultation_number')
      .on(t.owner, t.numberSeries, t.term, t.ordinal)
      .where(sql`${t.status} not in ('CANCELLED', 'NOT_HELD') and ${t.deleted} is null`),
    check('consultation_number_whole', sql`(${t.term} is null) = (${t.ordinal} is null)`),
    check(
      'consultation_sign_up',
      sql`(${t.signUpOpens} is null) = (${t.signUpCloses} is null) and ${t.signUpCloses} > ${t.signUpOpens}`,
    ),
    check('consultation_places', sql`${t.places} > 0`),
    check('consultation_live_stream', sql`${t.liveStream} like 'https://%'`),
    index('consultation_organization_held').on(t.organization, t.heldFrom),
    index('consultation_author').on(t.author),
    // What went through steps; what was imported waits for nobody.
    index('consultation_waiting').on(t.owner, t.status, t.since).where(sql`${t.since} is not null`),
  ],
  { author: true, convenor: true },
);

/** 协商活动办理记录 */
export const consultationEvent = eventTable(consultations, 'consultation', consultation);

/** 场次: a part of a consultation with a time of its own, where people sign in. */
export const part = recordTable(
  consultations,
  'part',
  {
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    title: text('title').notNull(),
    starts: instant('starts').notNull(),
    ends: instant('ends').notNull(),
    place: text('place'),
    position: integer('position').notNull(),
  },
  (t) => [
    check('part_ends_after_start', sql`${t.ends} > ${t.starts}`),
    partOf('part_part', t, t.consultation, consultation),
    index('part_consultation').on(t.consultation, t.position, t.id),
  ],
  { convenor: true },
);

/** 所属界别或小组: the same as the consultation's `organization`, for those who may see the organization. */
export const consultationOrganization = recordTable(
  consultations,
  'consultation_organization',
  { ...referenceColumns(), consultation: uuid('consultation').notNull(), organization: uuid('organization').notNull() },
  (t) => [
    unique('consultation_organization_consultation').on(t.consultation),
    partOf('consultation_organization_part', t, t.consultation, consultation),
    index('consultation_organization_of').on(t.organization, t.consultation),
  ],
  { refers: true, convenor: true },
);

/** 线上会议室: its link, for those who take part or at most for members, however widely its consultation is seen. */
export const onlineMeeting = recordTable(
  consultations,
  'online_meeting',
  {
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id),
    organization: uuid('organization'),
    link: text('link').notNull(),
    platform: text('platform'),
  },
  (t) => [
    unique('online_meeting_consultation').on(t.consultation),
    check('online_meeting_link', sql`${t.link} like 'https://%'`),
  ],
  { convenor: true },
);

/** What a host says to the publication of joint work, which is the one's that leads: functions alone write it there. */
export const publicationFunctions = `
create or replace function consultations.agree_to_publication(wanted uuid) returns void language sql security definer set search_path = '' as $$
  update consultations.consultation as whole set publication_agreed = whole.publication_agreed || current_setting('hub.staff_of', true)
    where id = wanted and deleted is null and not current_setting('hub.staff_of', true) = any(whole.publication_agreed)
      and 'meetings' = any(nullif(current_setting('hub.duties', true), '')::text[])
      and exists (select 1 from consultations.host where consultation = wanted and committee = current_setting('hub.staff_of', true) and role = 'CO_HOST' and deleted is null)
$$;`;

/** What another host than the one that leads says of the day itself; the step's rules are looked at by whoever takes it. */
export const hostFunctions = `
create or replace function consultations.record_as_host(wanted uuid, step text, why text, on_day date, known integer) returns boolean
  language plpgsql security definer set search_path = '' as $$
declare
  side text := nullif(current_setting('hub.staff_of', true), '');
  target text := case step when 'recordConsultationHeld' then 'HELD' when 'recordConsultationNotHeld' then 'NOT_HELD' when 'objectToConsultationRecord' then 'SCHEDULED' end;
  whole consultations.consultation;
  moved consultations.consultation;
begin
  select * into whole from consultations.consultation where id = wanted and revision = known and deleted is null for update;
  if not found or target is null or not 'meetings' = any(coalesce(nullif(current_setting('hub.duties', true), '')::text[], '{}'))
    or not exists (select 1 from consultations.host where consultation = wanted and committee = side and role = 'CO_HOST' and deleted is null)
    or not (case target when 'SCHEDULED' then whole.status in ('HELD', 'NOT_HELD') and coalesce(whole.recorded_by, whole.owner) <> side else whole.status = 'SCHEDULED' end) then
    return false;
  end if;
  update consultations.consultation set status = target, since = on_day, reason = case target when 'NOT_HELD' then why end,
      recorded_by = case when target <> 'SCHEDULED' then side end
    where id = wanted returning * into moved;
  insert into consultations.consultation_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, committee, record_revision, evidence)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, step, whole.status, moved.status, 'STAFF', side, moved.revision,
      case when why is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('name', 'reason', 'value', why)) end);
  return true;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const publicationCallable: readonly string[] = [
  'agree_to_publication(uuid)',
  'record_as_host(uuid, text, text, date, integer)',
];

/** A room is withdrawn with its consultation, and open to members only while that is. */
export const onlineMeetingTrigger = `
create or replace function consultations.keep_online_meeting() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update consultations.online_meeting set visibility = 'INTERNAL'
    where consultation = new.id and visibility = 'MEMBERS' and new.visibility not in ('MEMBERS', 'PUBLIC');
  update consultations.online_meeting set deleted = new.deleted
    where consultation = new.id and deleted is not distinct from old.deleted and new.deleted is distinct from old.deleted;
  return null;
end $$;
create or replace trigger keep_online_meeting after update of visibility, deleted on consultations.consultation
  for each row when (old.visibility <> new.visibility or old.deleted is distinct from new.deleted)
  execute function consultations.keep_online_meeting();`;

/** 主办方: lists and totals of committees rest on it, so it refers to nothing that could hide it. */
export const host = recordTable(
  consultations,
  'host',
  {
    consultation: uuid('consultation').notNull(),
    /** Current code of the committee that hosts. */
    committee: code('committee').notNull(),
    committeeAsFiled: code('committee_as_filed').notNull(),
    role: text('role').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('host_role', t.role, ['LEAD', 'CO_HOST']),
    check('host_lead', sql`(${t.role} = 'LEAD') = (${t.position} = 0)`),
    check('host_lead_owns', sql`${t.role} <> 'LEAD' or ${t.committee} = ${t.owner}`),
    unique('host_consultation_position').on(t.consultation, t.position),
    partOf('host_part', t, t.consultation, consultation),
    // A co-hosted record is counted apart from those its owner's counter holds, so the owner must be the whole's.
    foreignKey({
      name: 'host_owner',
      columns: [t.consultation, t.owner],
      foreignColumns: [consultation.id, consultation.owner],
    }).onUpdate('cascade'),
    index('host_co_host').on(t.committee, t.owner, t.consultation).where(sql`${t.role} = 'CO_HOST'`),
  ],
);

/** 主办平台: through which platform, and under which name, a committee hosts. */
export const hostPlatform = recordTable(
  consultations,
  'host_platform',
  {
    ...referenceColumns(),
    consultation: uuid('consultation').notNull(),
    host: uuid('host')
      .notNull()
      .references(() => host.id),
    workstation: uuid('workstation'),
    name: text('name'),
  },
  (t) => [
    unique('host_platform_host').on(t.host),
    partOf('host_platform_part', t, t.consultation, consultation),
    index('host_platform_consultation').on(t.consultation),
    index('host_platform_workstation').on(t.workstation, t.consultation),
  ],
  { refers: true },
);

/** 所属合作: the cooperation that a consultation is part of. */
export const cooperationLink = recordTable(
  consultations,
  'cooperation_link',
  {
    ...referenceColumnsWithParties(),
    consultation: uuid('consultation').notNull(),
    cooperation: uuid('cooperation').notNull(),
  },
  (t) => [
    unique('cooperation_link_consultation').on(t.consultation),
    partOf('cooperation_link_part', t, t.consultation, consultation),
    index('cooperation_link_cooperation').on(t.cooperation, t.consultation),
  ],
  // The follower of cooperations carries their audience here.
  { refers: 'WITH_PARTIES', feed: true },
);

/** 参加人员; a member is there as a person too, so that all of a person's are found. */
export const participant = recordTable(
  consultations,
  'participant',
  {
    ...referenceColumns(),
    consultation: uuid('consultation').notNull(),
    member: uuid('member'),
    person: uuid('person'),
    role: text('role'),
    position: integer('position').notNull(),
  },
  (t) => [
    partOf('participant_part', t, t.consultation, consultation),
    index('participant_consultation').on(t.consultation, t.position, t.id),
    index('participant_member').on(t.member, t.consultation),
    index('participant_person').on(t.person, t.consultation),
  ],
  { refers: true },
);
