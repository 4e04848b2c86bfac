import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { type CommitteeLevel, codeRange, committee, committees } from '@hub/regions';
import { type FetchContext, invalidAt, type SteppedRow } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import { givenCommittee } from '../given.ts';
import { invitationAudience } from './audience.ts';
import { linkedInvitation } from './tables.ts';

const { placeholder } = sql;

/**
 * Current codes of the committees that are to be invited: inside the inviter's own subtree, and never itself.
 * @throws RuleBroken REQUIRED, INVALID, or DATE_PAST where the day to answer by has passed already
 */
export function targetsOf(
  action: SteppedRow,
  given: { readonly levels?: readonly string[] | null; readonly committees?: readonly string[] | null },
): readonly string[] {
  const levels = given.levels ?? [];
  const listed = given.committees ?? [];
  if (levels.length === 0 && listed.length === 0)
    throw new RuleBroken('REQUIRED', { path: ['committees'], details: { field: 'levels / committees' } });
  const { owner } = action;
  const { lo, hi } = codeRange(owner);
  const named = listed.map((one, at) => {
    const path = ['committees', String(at)];
    const code = givenCommittee(one, path);
    if (code === owner) throw invalidAt(path, 'OWN');
    if (code < lo || code >= hi) throw invalidAt(path, 'NOT_BELOW');
    if (committee(code)?.validUntil !== null) throw invalidAt(path, 'COMMITTEE_ENDED');
    return code;
  });
  const ofLevels = levels.flatMap((level, at) => {
    const found = committees({ within: owner, level: level as CommitteeLevel });
    if (found.length === 0) throw invalidAt(['levels', String(at)], 'NONE_THERE');
    return found.map(({ code }) => code);
  });
  if (String(action['answerBy']) < today())
    throw new RuleBroken('DATE_PAST', { record: action.id, details: { field: 'answerBy' } });
  return [...new Set([...ofLevels, ...named])].sort();
}

const letter = ['kind', 'title', 'description', 'answerBy', 'handInBy'] as const;

// One statement, however many are invited; columns in the order of the table, as INSERT … SELECT takes them.
const written: Readonly<Record<string, SQL>> = {
  id: sql`gen_random_uuid()`,
  owner: sql`${placeholder('owner')}::text`,
  ownerAsFiled: sql`${placeholder('owner')}::text`,
  visibility: sql`${placeholder('visibility')}::text`,
  parties: sql`array_append(${placeholder('parties')}::text[], invited.code)`,
  subjects: sql`'{}'::text[]`,
  revision: sql`1`,
  created: sql`now()`,
  modified: sql`now()`,
  linkedAction: sql`${placeholder('linkedAction')}::uuid`,
  committee: sql`invited.code`,
  committeeAsFiled: sql`invited.code`,
  sent: sql`${placeholder('sent')}::date`,
  status: sql`'OPEN'`,
  kind: sql`${placeholder('kind')}::text`,
  title: sql`${placeholder('title')}::text`,
  description: sql`${placeholder('description')}::text`,
  answerBy: sql`${placeholder('answerBy')}::date`,
  handInBy: sql`${placeholder('handInBy')}::date`,
};
const columns = getTableColumns(linkedInvitation);
const insert = statement(
  build
    .insert(linkedInvitation)
    .select(
      sql`select ${sql.join(
        Object.entries(columns).map(([name, { name: column, columnType }]) => {
          const none = columnType === 'PgUUID' ? sql`null::uuid` : sql`null`;
          return sql`${written[name] ?? none} as ${sql.identifier(column)}`;
        }),
        sql`, `,
      )} from unnest(${placeholder('codes')}::text[]) as invited(code)`,
    )
    .onConflictDoNothing()
    .returning({ committee: linkedInvitation.committee }),
);

/** Puts the invitations in. @returns codes of those who weren't invited yet */
export async function invite(
  { scope }: FetchContext,
  action: SteppedRow,
  codes: readonly string[],
): Promise<readonly string[]> {
  const audience = invitationAudience(action);
  const rows = await scope.run(insert, {
    ...Object.fromEntries(letter.map((name) => [name, action[name]])),
    ...audience,
    owner: action.owner,
    linkedAction: action.id,
    sent: today(),
    codes,
  });
  return rows.map(({ committee }) => committee).sort();
}

const openOf = (action: string) =>
  and(eq(linkedInvitation.linkedAction, action), eq(linkedInvitation.status, 'OPEN'), isNull(linkedInvitation.deleted));

/** Changes all invitations of an action that stand, each with its own invited committee among its parties. */
export async function changeOpenInvitations(
  { scope }: FetchContext,
  action: string,
  changed: Readonly<Record<string, unknown>>,
  audience?: { readonly visibility: Visibility; readonly parties: readonly string[] },
): Promise<void> {
  const set = {
    ...changed,
    ...(audience && {
      visibility: audience.visibility,
      parties: sql`array_append(${sql.param([...audience.parties], linkedInvitation.parties)}, ${linkedInvitation.committee})`,
    }),
  };
  await scope.run(
    statement(
      build
        .update(linkedInvitation)
        .set(set as never)
        .where(openOf(action)),
    ),
  );
}

/** Withdraws the invitations of some committees. @throws RuleBroken INVALID where one of them has none that stands */
export async function withdraw(
  { scope }: FetchContext,
  action: string,
  { committees: given, reason }: { readonly committees: readonly string[]; readonly reason: string },
): Promise<void> {
  const codes = given.map((one, at) => givenCommittee(one, ['committees', String(at)]));
  const withdrawn = await scope.run(
    statement(
      build
        .update(linkedInvitation)
        .set({ status: 'WITHDRAWN', reason })
        .where(
          and(openOf(action), sql`${linkedInvitation.committee} = any(${sql.param(codes, linkedInvitation.parties)})`),
        )
        .returning({ committee: linkedInvitation.committee }),
    ),
  );
  const those = new Set(withdrawn.map(({ committee: invited }) => invited));
  const none = codes.findIndex((code) => !those.has(code));
  if (none >= 0) throw invalidAt(['committees', String(none)], 'NOT_INVITED');
}
