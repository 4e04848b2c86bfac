import { oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { jointPlan } from '../joint-plans/tables.ts';
import { consultations } from '../schema.ts';
import { nomineeMachine } from './nominee.machine.ts';

export const nomineeKinds = ['MEMBER', 'DEPARTMENT', 'EXPERT'] as const;

/** 联合协商提名: whom a party sends, by the name that it tells the others. The record is the party's. */
export const nominee = recordTable(
  consultations,
  'nominee',
  {
    ...statusColumns<keyof typeof nomineeMachine.states>(),
    jointPlan: uuid('joint_plan').notNull(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** What they are, or are to do there: 主任医师, 主讲. */
    role: text('role'),
    /** Whose place they take. */
    standsInFor: uuid('stands_in_for'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('nominee_kind', t.kind, nomineeKinds),
    oneOf('nominee_status', t.status, Object.keys(nomineeMachine.states)),
    partOf('nominee_part', t, t.jointPlan, jointPlan),
    index('nominee_joint_plan').on(t.jointPlan, t.owner, t.created, t.id),
  ],
);

/** 提名办理记录 */
export const nomineeEvent = eventTable(consultations, 'nominee', nominee);

/** 提名所指: the member or organization behind a nominee's name, for those who may see that one's own record. */
export const nomineeReference = recordTable(
  consultations,
  'nominee_reference',
  {
    ...referenceColumns(),
    nominee: uuid('nominee').notNull(),
    jointPlan: uuid('joint_plan').notNull(),
    member: uuid('member'),
    organization: uuid('organization'),
    /** Not so once the nominee was replaced or withdrawn. */
    status: text('status').$type<'NOMINATED' | 'GONE'>().notNull().default('NOMINATED'),
  },
  (t) => [
    oneOf('nominee_reference_status', t.status, ['NOMINATED', 'GONE']),
    check('nominee_reference_named', sql`num_nonnulls(${t.member}, ${t.organization}) > 0`),
    partOf('nominee_reference_part', t, t.nominee, nominee),
    uniqueIndex('nominee_reference_member')
      .on(t.jointPlan, t.member)
      .where(sql`${t.status} = 'NOMINATED' and ${t.deleted} is null`),
    index('nominee_reference_member_of').on(t.member),
  ],
  { refers: true },
);

/**
 * Members who are nominated to what is locked are invited to the consultation, as their own committee's office would invite
 * them, and see it; who is no more nominated is let go.
 */
export const nomineeTriggers = `
create or replace trigger keep_joint_plan_side before insert on consultations.nominee
  for each row execute function consultations.keep_joint_plan_side();
create or replace function consultations.invite_nominees(plan consultations.joint_plan) returns void language plpgsql security definer set search_path = '' as $$
declare
  whole consultations.consultation;
  wanted record;
  made consultations.attendance;
  offices text[];
begin
  if plan.status <> 'CONFIRMED' then return; end if;
  select * into whole from consultations.consultation where id = plan.consultation and status = 'SCHEDULED' for update;
  if not found then return; end if;
  for wanted in
    select reference.owner, reference.member from consultations.nominee_reference as reference
      join consultations.joint_plan_party as party on party.joint_plan = plan.id and party.owner = reference.owner and party.locked_number = plan.locked_number
    where reference.joint_plan = plan.id and reference.member is not null and reference.status = 'NOMINATED' and reference.deleted is null
      and not exists (select 1 from consultations.attendance where consultation = whole.id and member = reference.member and status not in ('WITHDRAWN', 'DECLINED'))
      -- A change may have lowered how many: then those who were named first are sent.
      and coalesce((select (quota ->> 'members')::integer from consultations.joint_plan_proposal as proposal cross join lateral jsonb_array_elements(proposal.quotas) as quota
          where proposal.joint_plan = plan.id and proposal.number = plan.locked_number and quota ->> 'committee' = reference.owner), 2147483647)
        >= (select count(*) from consultations.nominee_reference as sooner where sooner.joint_plan = plan.id and sooner.owner = reference.owner and sooner.member is not null
          and sooner.status = 'NOMINATED' and sooner.deleted is null and (sooner.created, sooner.id) <= (reference.created, reference.id))
    order by reference.member
  loop
    offices := consultations.attendance_parties(whole.id, wanted.owner);
    insert into consultations.attendance as there (id, owner, owner_as_filed, visibility, parties, subjects, status, since, consultation, member, invited)
      values (gen_random_uuid(), wanted.owner, wanted.owner, case when cardinality(offices) > 0 then 'JOINT' else 'INTERNAL' end, offices, array[wanted.member::text],
        'INVITED', (now() at time zone 'Asia/Shanghai')::date, whole.id, wanted.member, true)
      on conflict (consultation, member) do update set status = 'INVITED', since = excluded.since, invited = true, substitute = null, stands_in_for = null
      returning * into made;
    perform consultations.log_attendance(made, 'inviteMembers', null);
  end loop;
  -- Whoever was let go sees it no more; others who were asked to come do.
  update consultations.consultation set subjects = named.members
    from (select array(select one from unnest(whole.subjects) with ordinality as kept(one, at)
        where not exists (select 1 from consultations.nominee_reference as gone where gone.joint_plan = plan.id and gone.member::text = one and gone.status = 'GONE'
          and not exists (select 1 from consultations.nominee_reference as still where still.joint_plan = plan.id and still.member = gone.member and still.status = 'NOMINATED' and still.deleted is null)) order by at)
      || array(select distinct reference.member::text from consultations.nominee_reference as reference
        join consultations.joint_plan_party as party on party.joint_plan = plan.id and party.owner = reference.owner and party.locked_number = plan.locked_number
        where reference.joint_plan = plan.id and reference.member is not null and reference.status = 'NOMINATED' and reference.deleted is null
          and not reference.member::text = any(whole.subjects) order by 1) as members) as named
    where id = whole.id and subjects is distinct from named.members;
end $$;
create or replace function consultations.follow_nominee() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  plan consultations.joint_plan;
begin
  select * into plan from consultations.joint_plan where id = new.joint_plan;
  if new.status = 'GONE' and plan.consultation is not null then
    perform consultations.move_attendance(id, 'releaseNominee', 'WITHDRAWN') from consultations.attendance
      where consultation = plan.consultation and member = new.member and status in ('INVITED', 'SIGNED_UP', 'SUBSTITUTE_NAMED', 'SUBSTITUTED', 'SAME_SEAT');
  end if;
  perform consultations.invite_nominees(plan);
  return null;
end $$;
create or replace trigger follow_nominee after insert or update of status on consultations.nominee_reference
  for each row when (new.member is not null) execute function consultations.follow_nominee();`;
