/** Where an invited committee stands: in SQL, for filters and totals, and of rows that were read. A test holds the two equal. */
import type { Actor } from '@hub/access';
import { today } from '@hub/working-days';
import { sql } from 'drizzle-orm';
import type { LinkedInvitation } from './letter.ts';
import { linkedInvitation, linkedPart } from './tables.ts';

const { placeholder } = sql;

const takingPart = ['ACCEPTED', 'PLANNED', 'HANDED_IN'];
const open = ['OPEN', 'CONCLUDED'];

// Of an invitation that is published somebody may see the letter and not the answer: that one isn't silent, but unknown.
const silenceSql = sql`${placeholder('asker')}::text = any(${linkedInvitation.parties})`;
const partSql = sql`${linkedPart} where ${linkedPart.linkedInvitation} = ${linkedInvitation.id} and ${linkedPart.deleted} is null`;

/** The part's status, SILENT, or null where it can't be known; reads the placeholder `asker`. */
export const answerSql = sql`coalesce((select ${linkedPart.status} from ${partSql}), case when ${silenceSql} then 'SILENT' end)`;

/** Whether it was answered or handed in after its day, or still isn't; reads the placeholders `asker` and `today`. */
export const isLateSql = sql`(${linkedInvitation.status} in ('OPEN', 'CONCLUDED') and coalesce(
  (select ${linkedPart.answered} > ${linkedInvitation.answerBy} or (${linkedPart.status} in ('ACCEPTED', 'PLANNED', 'HANDED_IN')
    and coalesce(${linkedPart.handedIn}, ${placeholder('today')}::date) > ${linkedInvitation.handInBy}) from ${partSql}),
  ${silenceSql} and ${placeholder('today')}::date > ${linkedInvitation.answerBy}, false))`;

interface Part {
  readonly status: string;
  readonly answered: string;
  readonly handedIn: string | null;
}

const mayKnow = (actor: Actor, { parties }: LinkedInvitation) =>
  actor.kind === 'STAFF' && parties.includes(actor.committee);

export const answerOf = (actor: Actor, invitation: LinkedInvitation, part: Part | undefined): string | null =>
  part?.status ?? (mayKnow(actor, invitation) ? 'SILENT' : null);

export function isLate(actor: Actor, invitation: LinkedInvitation, part: Part | undefined): boolean {
  const { status, answerBy, handInBy } = invitation;
  if (!open.includes(status)) return false;
  if (!part) return mayKnow(actor, invitation) && today() > answerBy;
  return part.answered > answerBy || (takingPart.includes(part.status) && (part.handedIn ?? today()) > handInBy);
}
