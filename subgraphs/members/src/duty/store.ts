import { rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { dutyReport } from '../tables.ts';

const reportsOfMembers = statement(
  build
    .select({
      member: dutyReport.member,
      year: dutyReport.year,
      yearInferred: dutyReport.yearInferred,
      total: dutyReport.total,
      lines: dutyReport.lines,
      source: dutyReport.source,
    })
    .from(dutyReport)
    .where(and(sql`${dutyReport.member} = any(${sql.placeholder('keys')}::uuid[])`, isNull(dutyReport.deleted)))
    .orderBy(desc(dutyReport.year)),
);

/** Duty reports of members, for one fetch. */
export class DutyStore {
  readonly reportsOfMember;
  constructor(scope: Scope) {
    this.reportsOfMember = rowsByKey(scope, reportsOfMembers, (row) => row.member);
  }
}
