import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { FetchContext } from '@hub/workflow';
import { deadlineAfter, today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { linkedInvitation } from './tables.ts';

const { placeholder } = sql;

export const invitationFields = {
  id: linkedInvitation.id,
  owner: linkedInvitation.owner,
  linkedAction: linkedInvitation.linkedAction,
  committee: linkedInvitation.committee,
  kind: linkedInvitation.kind,
  title: linkedInvitation.title,
  description: linkedInvitation.description,
  sent: linkedInvitation.sent,
  answerBy: linkedInvitation.answerBy,
  handInBy: linkedInvitation.handInBy,
  status: linkedInvitation.status,
  reason: linkedInvitation.reason,
  conclusion: linkedInvitation.conclusion,
  visibility: linkedInvitation.visibility,
  parties: linkedInvitation.parties,
  revision: linkedInvitation.revision,
  created: linkedInvitation.created,
  modified: linkedInvitation.modified,
};
export const invitationsById = statement(
  build
    .select(invitationFields)
    .from(linkedInvitation)
    .where(and(sql`${linkedInvitation.id} = any(${placeholder('ids')}::uuid[])`, isNull(linkedInvitation.deleted))),
);
export type LinkedInvitation = Awaited<ReturnType<typeof invitationsById.run>>[number];

/** An invitation that the actor may read. @throws RuleBroken NOT_FOUND */
export async function invitationOf({ scope }: FetchContext, id: string, path: string): Promise<LinkedInvitation> {
  const [found] = isId(id) ? await scope.run(invitationsById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

interface GivenDays {
  readonly answerBy?: string | null | undefined;
  readonly handInBy?: string | null | undefined;
}

/**
 * The days that a letter states: those that are given, or as the settings have them on the day on which it is written.
 * Once told they stay as they were told.
 * @throws RuleBroken DATE_PAST for a new day that has passed, INVALID where the parts are due before the answers
 */
export function daysOfLetter(
  given: GivenDays,
  usual: { readonly answerBy: string; readonly handInBy: string },
): { answerBy: string; handInBy: string } {
  for (const field of ['answerBy', 'handInBy'] as const) {
    const day = given[field];
    if (day != null && day < today() && day !== usual[field])
      throw new RuleBroken('DATE_PAST', { path: [field], details: { field } });
  }
  const handInBy = given.handInBy ?? usual.handInBy;
  // A day that nobody chose gives way to one that somebody did.
  const [earlier = handInBy] = [usual.answerBy, handInBy].sort();
  const answerBy = given.answerBy ?? earlier;
  if (answerBy > handInBy) throw new RuleBroken('INVALID', { path: ['handInBy'], details: { field: 'handInBy' } });
  return { answerBy, handInBy };
}

/** A day so many working days from today. */
export const workingDaysAhead = (count: number): string => deadlineAfter(today(), count, 'WORKING_DAYS').day;
