import type { DutyFactKind } from '@hub/connections';
import { type SQL, sql } from 'drizzle-orm';

const coAuthors = sql`cross join lateral (
  select coalesce(array_agg(asked.member order by said.created, said.id), '{}') as members
  from consultations.co_author_invitation as asked join consultations.co_author_answer as said on said.invitation = asked.id
  where asked.topic = topic.id and asked.deleted is null and said.accepted and said.deleted is null) as joined`;
const stands = sql`topic.deleted is null and topic.status in ('SENT', 'TAKEN')`;
const columns = (member: SQL): DutyFactKind['columns'] => ({
  member,
  kind: sql`'TOPIC'`,
  consultationKind: sql`null::text`,
  title: sql`topic.title`,
  on: sql`(topic.created at time zone 'Asia/Shanghai')::date`,
  outcomes: sql`case topic.status when 'TAKEN' then array['SUBMITTED', 'ADOPTED'] else array['SUBMITTED'] end`,
  halfDays: sql`null::integer`,
  rank: sql`coalesce(array_position(topic.author || joined.members, ${member}), 1)`,
  authors: sql`1 + cardinality(joined.members)`,
  recordType: sql`'DiscussionTopic'`,
  record: sql`topic.id`,
  consultation: sql`null::uuid`,
  owner: sql`topic.owner`,
  visibility: sql`topic.visibility`,
  parties: sql`topic.parties`,
});

const ofAnswers = (changed: SQL) =>
  sql`select asked.topic from consultations.co_author_answer as said join consultations.co_author_invitation as asked on asked.id = said.invitation where said.id = any(${changed})`;
const ofInvitations = (changed: SQL) =>
  sql`select topic from consultations.co_author_invitation where id = any(${changed})`;

/** 话题: of the member who posted it, once its draft was sent to the committee. */
export const discussions: DutyFactKind = {
  touchedBy: {
    discussion_topic: (changed) => sql`select unnest(${changed}) as id`,
    co_author_invitation: (changed) => sql`select topic as id from (${ofInvitations(changed)}) as of_invitations`,
    co_author_answer: (changed) => sql`select topic as id from (${ofAnswers(changed)}) as of_answers`,
  },
  joins: sql`join consultations.discussion_topic as topic on topic.id = touched.id ${coAuthors}`,
  where: sql`true`,
  stands,
  columns: columns(sql`topic.author`),
};

/** The same of each member who was asked to write along and agreed. */
export const jointDiscussions: DutyFactKind = {
  touchedBy: {
    discussion_topic: (changed) => sql`select id from consultations.co_author_invitation where topic = any(${changed})`,
    co_author_invitation: (changed) =>
      sql`select id from consultations.co_author_invitation where topic in (${ofInvitations(changed)})`,
    co_author_answer: (changed) =>
      sql`select id from consultations.co_author_invitation where topic in (${ofAnswers(changed)})`,
  },
  joins: sql`join consultations.co_author_invitation as invitation on invitation.id = touched.id
    join consultations.discussion_topic as topic on topic.id = invitation.topic ${coAuthors}`,
  where: sql`true`,
  stands: sql`invitation.deleted is null and ${stands} and invitation.member = any(joined.members)
    and exists (select 1 from consultations.co_author_answer as said where said.invitation = invitation.id and said.accepted and said.deleted is null)`,
  columns: columns(sql`invitation.member`),
};
