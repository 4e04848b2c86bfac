import type { Actor, Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Part, partsOfConsultations } from '../consultations/parts.ts';
import { consultation, host } from '../tables.ts';

const { placeholder } = sql;

const meetingsById = statement(
  build
    .select({
      id: consultation.id,
      owner: consultation.owner,
      status: consultation.status,
      organization: consultation.organization,
      visibility: consultation.visibility,
      parties: consultation.parties,
      subjects: consultation.subjects,
      heldFrom: consultation.heldFrom,
      places: consultation.places,
      signUpOpens: consultation.signUpOpens,
      signUpCloses: consultation.signUpCloses,
      /** Committees whose members may sign up: those that host it. */
      hosts: sql<
        string[]
      >`array(select ${host.committee} from ${host} where ${and(eq(host.consultation, consultation.id), isNull(host.deleted))} order by ${host.position})`.as(
        'hosts',
      ),
    })
    .from(consultation)
    .where(and(sql`${consultation.id} = any(${placeholder('ids')}::uuid[])`, isNull(consultation.deleted))),
);
/** A consultation as far as those who take part need it. */
export type Meeting = Awaited<ReturnType<typeof meetingsById.run>>[number];

/** @throws RuleBroken NOT_FOUND where there is no such consultation that the actor may see */
export async function meetingOf(scope: Scope, id: string, path = 'consultation'): Promise<Meeting> {
  const [found] = isId(id) ? await scope.run(meetingsById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

export const partsOf = (scope: Scope, { id }: Pick<Meeting, 'id'>): Promise<Part[]> =>
  scope.run(partsOfConsultations, { keys: [id] });

/** Is it of a committee that hosts? */
export function hosts({ owner, hosts: others }: Pick<Meeting, 'owner' | 'hosts'>, committee: string): boolean {
  return committee === owner || others.includes(committee);
}

/** Whether the actor keeps the list of those who take part: the office that leads, or the convenor of the sector or group. */
export function keepsList(
  actor: Actor,
  { owner, organization }: { readonly owner: string; readonly organization: string | null },
): boolean {
  return actor.kind === 'STAFF'
    ? actor.committee === owner && actor.duties.includes('meetings')
    : actor.kind === 'MEMBER' &&
        actor.committee === owner &&
        organization !== null &&
        actor.convenes.includes(organization);
}

/** The audience of what is kept of a member at a consultation: the office, the convenor and who is named; the offices of all who host it. */
export function audienceOf(
  { owner: leads, hosts: all, organization }: Pick<Meeting, 'owner' | 'hosts' | 'organization'>,
  owner: string,
  named: readonly string[],
): { owner: string; visibility: Visibility; parties: string[]; subjects: string[] } {
  const parties = [...new Set([leads, ...all, owner])];
  const own = parties.length === 1;
  return {
    owner,
    visibility: own ? 'INTERNAL' : 'JOINT',
    parties: own ? [] : parties,
    subjects: [...named, ...(organization === null ? [] : [organization])],
  };
}
