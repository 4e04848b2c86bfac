import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { correctionsOf, type Entered, type EnteredRow, type FetchContext } from '@hub/workflow';
import { and, eq, isNull } from 'drizzle-orm';
import { membership } from '../memberships/tables.ts';
import { organization, session, term } from '../organizations/tables.ts';
import { member, person } from '../people/tables.ts';
import { members } from '../schema.ts';
import { correction } from './tables.ts';

/** How what was entered of members, terms and sessions is corrected and withdrawn. */
export const corrections = correctionsOf(correction, members);

/** @throws RuleBroken TERM_IN_USE for a term in which somebody is a member, or a part of the committee stands */
async function assertUnused(row: EnteredRow, { scope }: FetchContext): Promise<void> {
  for (const table of [membership, organization]) {
    const [used] = await scope.run(
      statement(
        build
          .select({ id: table.id })
          .from(table)
          .where(and(eq(table.term, row.id), isNull(table.deleted)))
          .limit(1),
      ),
    );
    if (used) throw new RuleBroken('TERM_IN_USE', { path: ['record'], record: row.id });
  }
}

/** What the office enters; sessions of a term go with it. */
export const entered = {
  term: { table: term, recordType: 'LegislativeTerm', tells: ['ordinal', 'start', 'end'], withdrawn: assertUnused },
  session: { table: session, recordType: 'LegislativeSession', tells: ['ordinal', 'held'] },
} as const satisfies Readonly<Record<string, Entered>>;
/** What is corrected and not withdrawn: a membership ends. */
export const named = {
  person: { table: person, recordType: 'Person', tells: ['name'] },
  member: { table: member, recordType: 'Member', tells: ['occupation'] },
} as const satisfies Readonly<Record<string, Entered>>;
