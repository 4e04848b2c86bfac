import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';

/** 课题: topics and leads that a member brought to the committee; adopted where one went into a plan or was consulted about. */
export const submissions: DutyFactKind = {
  touchedBy: { submission: (changed) => sql`select unnest(${changed}) as id` },
  joins: sql`join consultations.submission as brought on brought.id = touched.id`,
  where: sql`brought.author is not null`,
  stands: sql`brought.deleted is null and brought.kind in ('TOPIC', 'LEAD')`,
  columns: {
    member: sql`brought.author`,
    kind: sql`'TOPIC'`,
    consultationKind: sql`null::text`,
    title: sql`brought.title`,
    on: sql`brought.received`,
    outcomes: sql`case when brought.plan_item is not null or brought.consultation is not null then array['SUBMITTED', 'ADOPTED'] else array['SUBMITTED'] end`,
    halfDays: sql`null::integer`,
    rank: sql`1`,
    authors: sql`1`,
    recordType: sql`'Submission'`,
    record: sql`brought.id`,
    // What came of it has an audience of its own.
    consultation: sql`null::uuid`,
    owner: sql`brought.owner`,
    visibility: sql`brought.visibility`,
    parties: sql`brought.parties`,
  },
};
