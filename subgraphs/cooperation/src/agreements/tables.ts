import { oneOf, type Period, partOf, period, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { file } from '../files/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { agreementMachine } from './agreement.machine.ts';

type AgreementStatus = keyof typeof agreementMachine.states;

/** That the side of a committee signed. */
export interface Signature {
  readonly committee: string;
  readonly on: Period | null;
}

/** 协议; each is the record of the partner that added it. */
export const agreement = recordTable(
  cooperationSchema,
  'agreement',
  {
    ...statusColumns<AgreementStatus>(),
    status: text('status').$type<AgreementStatus>().notNull().default('SIGNED'),
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    signed: period('signed'),
    /** Who signs, in words. */
    signatories: text('signatories').array().notNull(),
    /** 签署方: committees of the partners that sign it; all that take part where none is named. */
    committees: text('committees').array().notNull().default([]),
    /** 各方签署: of each committee that did, which functions alone write. */
    signatures: jsonb('signatures').$type<readonly Signature[]>().notNull().default([]),
    term: period('term'),
    description: text('description'),
    reason: text('reason'),
    supersedes: uuid('supersedes'),
    /** Its place in the source; what partners add comes after that, as it was added. */
    position: integer('position'),
  },
  (t) => [
    oneOf('agreement_status', t.status, Object.keys(agreementMachine.states)),
    unique('agreement_cooperation_position').on(t.cooperation, t.position),
    partOf('agreement_cooperation', t, t.cooperation, cooperation),
    index('agreement_supersedes').on(t.supersedes),
    index('agreement_waiting')
      .on(t.owner, t.since, t.id)
      .where(sql`status in ('DRAFT', 'PARTLY_SIGNED') and since is not null`),
  ],
);

/** 协议办理记录 */
export const agreementEvent = eventTable(cooperationSchema, 'agreement', agreement);

/** 协议文件: a copy that a partner added; its file has the agreement's audience. */
export const agreementFile = recordTable(
  cooperationSchema,
  'agreement_file',
  {
    agreement: uuid('agreement').notNull(),
    kind: text('kind').notNull(),
    file: uuid('file')
      .notNull()
      .references(() => file.id),
  },
  (t) => [
    oneOf('agreement_file_kind', t.kind, ['DRAFT', 'SIGNED', 'ANNEX']),
    unique('agreement_file_file').on(t.file),
    partOf('agreement_file_part', t, t.agreement, agreement),
    index('agreement_file_agreement').on(t.agreement, t.created, t.id),
  ],
);

/**
 * What each side says to an agreement, which is the record of the one that entered it: that it signed. With the last it is
 * signed; who left the cooperation since isn't waited for.
 */
export const agreementFunctions = `
create or replace function cooperation.signers_of(of cooperation.agreement) returns text[] language sql stable security definer set search_path = '' as $$
  select array(select committee::text from cooperation.partner where cooperation = of.cooperation and status = 'ACCEPTED' and deleted is null
    and (of.committees = '{}' or committee = any(of.committees)) order by committee)
$$;
create or replace function cooperation.sign_agreement(wanted uuid, signed_on jsonb, on_day date, known integer) returns boolean
  language plpgsql security definer set search_path = '' as $$
declare
  side text := nullif(current_setting('hub.staff_of', true), '');
  before cooperation.agreement;
  moved cooperation.agreement;
  signers text[];
begin
  select * into before from cooperation.agreement where id = wanted and revision = known and status in ('DRAFT', 'PARTLY_SIGNED') and deleted is null for update;
  if not found then return false; end if;
  signers := cooperation.signers_of(before);
  if not side = any(signers) or not 'meetings' = any(coalesce(nullif(current_setting('hub.duties', true), '')::text[], '{}'))
    or before.signatures @> jsonb_build_array(jsonb_build_object('committee', side)) then return false; end if;
  update cooperation.agreement set status = 'PARTLY_SIGNED', since = case when status = 'PARTLY_SIGNED' then since else on_day end,
      signed = coalesce(signed_on, signed), signatures = signatures || jsonb_build_array(jsonb_build_object('committee', side, 'on', signed_on))
    where id = wanted returning * into moved;
  insert into cooperation.agreement_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, committee, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, 'signAgreement', before.status, moved.status, 'STAFF', side, moved.revision);
  if exists (select 1 from unnest(signers) as one where not moved.signatures @> jsonb_build_array(jsonb_build_object('committee', one))) then return true; end if;
  update cooperation.agreement set status = 'SIGNED', since = on_day where id = wanted returning * into moved;
  insert into cooperation.agreement_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, 'concludeSigning', 'PARTLY_SIGNED', moved.status, 'FEED', moved.revision);
  return true;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const agreementCallable: readonly string[] = ['sign_agreement(uuid, jsonb, date, integer)'];
