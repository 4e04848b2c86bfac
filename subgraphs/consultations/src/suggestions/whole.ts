import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { FetchContext } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { hostsOf } from '../consultations/hosts.ts';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';

const { placeholder } = sql;

/** The consultation that something is recorded of, as far as steps need it. */
export type Whole = Readonly<{
  id: string;
  owner: string;
  status: string;
  visibility: Visibility;
  parties: string[];
  subjects: string[];
  heldUntil: string;
}>;
const wholesById = statement(
  build
    .select({
      id: consultation.id,
      owner: consultation.owner,
      status: consultation.status,
      visibility: consultation.visibility,
      parties: consultation.parties,
      subjects: consultation.subjects,
      heldUntil: consultation.heldUntil,
    })
    .from(consultation)
    .where(and(sql`${consultation.id} = any(${placeholder('ids')}::uuid[])`, isNull(consultation.deleted))),
);

/** @throws RuleBroken NOT_FOUND where there is no such consultation that the actor may see */
export async function wholeOf({ scope }: FetchContext, id: string, path = 'consultation'): Promise<Whole> {
  const [found] = isId(id) ? await scope.run(wholesById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

/** @throws RuleBroken STEP_NOT_ALLOWED unless the consultation is in one of the states */
export function assertStatus({ id, status }: { id: string; status: string }, ...from: readonly string[]): void {
  if (!from.includes(status))
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: id, details: { state: status, from: from.join(', ') } });
}

/** The committee whose staff the actor is. @throws HubError FORBIDDEN for whoever isn't staff charged with consultations */
export function staffOf({ actor }: FetchContext): string {
  if (actor.kind !== 'STAFF' || !actor.duties.includes(consultations.duty)) throw new HubError('FORBIDDEN');
  return actor.committee;
}

export const isHost = async ({ scope }: FetchContext, consultation: string, of: string): Promise<boolean> =>
  (await hostsOf(scope, consultation)).includes(of);

/**
 * The committee of staff at whose side something is recorded: one that hosts.
 * @throws HubError FORBIDDEN for whoever isn't charged with it, RuleBroken NOT_YOURS where the committee doesn't host
 */
export async function sideOf(context: FetchContext, consultation: string): Promise<string> {
  const side = staffOf(context);
  if (!(await isHost(context, consultation, side)))
    throw new RuleBroken('NOT_YOURS', { details: { who: '主办该协商活动的政协机关经办人员' } });
  return side;
}
