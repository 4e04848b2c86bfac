import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committee as committeeOf } from '@hub/regions';
import type { FetchContext } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { partner } from '../partners/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { cooperation } from './tables.ts';

const { placeholder } = sql;

/** The cooperation that something is recorded of, as far as steps need it. */
export type Whole = Readonly<{
  id: string;
  owner: string;
  status: string;
  visibility: Visibility;
  parties: string[];
  subjects: string[];
  upward: boolean;
  partnerNames: string[];
  revision: number;
  termsRevision: number;
}>;
const wholesById = statement(
  build
    .select({
      id: cooperation.id,
      owner: cooperation.owner,
      status: cooperation.status,
      visibility: cooperation.visibility,
      parties: cooperation.parties,
      subjects: cooperation.subjects,
      upward: cooperation.upward,
      partnerNames: cooperation.partnerNames,
      revision: cooperation.revision,
      termsRevision: cooperation.termsRevision,
    })
    .from(cooperation)
    .where(and(sql`${cooperation.id} = any(${placeholder('ids')}::uuid[])`, isNull(cooperation.deleted))),
);

/** @throws RuleBroken NOT_FOUND where there is no such cooperation that the actor may see */
export async function wholeOf({ scope }: FetchContext, id: string, path = 'cooperation'): Promise<Whole> {
  const [found] = isId(id) ? await scope.run(wholesById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

/** @throws RuleBroken STEP_NOT_ALLOWED where it was concluded */
export function assertOpen({ id, status }: Whole, record: string | undefined = id): void {
  if (status === 'CONCLUDED')
    throw new RuleBroken('STEP_NOT_ALLOWED', { record, details: { state: status, from: 'CONTACT, ACTIVE' } });
}

/** The committee whose staff the actor is. @throws HubError FORBIDDEN for whoever isn't staff charged with cooperation */
export function staffOf({ actor }: FetchContext): string {
  if (actor.kind !== 'STAFF' || !actor.duties.includes(cooperationSchema.duty)) throw new HubError('FORBIDDEN');
  return actor.committee;
}

/** @throws HubError FORBIDDEN, or RuleBroken NOT_YOURS unless the actor is staff of the committee that keeps the record */
export function assertKeeps(context: FetchContext, { owner }: { readonly owner: string }, who: string): void {
  if (staffOf(context) !== owner) throw new RuleBroken('NOT_YOURS', { details: { who } });
}

const sidesOf = statement(
  build
    .select({ id: partner.id, role: partner.role })
    .from(partner)
    .where(
      and(
        eq(partner.cooperation, sql`${placeholder('cooperation')}::uuid`),
        eq(partner.committee, sql`${placeholder('committee')}`),
        eq(partner.status, 'ACCEPTED'),
        isNull(partner.deleted),
      ),
    ),
);

/** A committee that takes part: its partner's row, and its role. */
export interface Side {
  readonly id: string;
  readonly committee: string;
  readonly role: string;
}

/** A committee's side in a cooperation; undefined where it doesn't take part. */
export async function sideNamed(
  { scope }: FetchContext,
  cooperation: string,
  committee: string,
): Promise<Side | undefined> {
  const [side] = await scope.run(sidesOf, { cooperation, committee });
  return side && { ...side, committee };
}

/**
 * The side at which staff record something: that of their own committee.
 * @throws HubError FORBIDDEN for whoever isn't charged with it, RuleBroken NOT_YOURS where the committee doesn't take part
 */
export async function sideOf(context: FetchContext, cooperation: string): Promise<Side> {
  const side = await sideNamed(context, cooperation, staffOf(context));
  if (!side) throw new RuleBroken('NOT_YOURS', { details: { who: '参加该合作的政协机关经办人员' } });
  return side;
}

const above = (code: string): string[] => {
  const parent = committeeOf(code)?.parent ?? null;
  return parent === null ? [] : [parent, ...above(parent)];
};

/** The parties of a cooperation that isn't public: who takes part or is invited and, of one that is shown upward, the committees above each. */
export const partiesOf = (partners: readonly string[], upward: boolean): string[] =>
  upward ? [...new Set(partners.flatMap((code) => [code, ...above(code)]))] : [...partners];

/** The columns of a part that a committee writes; its audience is the whole's, as `carry_audience` reads it again. */
export const partColumns = (
  owner: string,
  { visibility, parties, subjects }: Pick<Whole, 'visibility' | 'parties' | 'subjects'>,
) => ({
  id: crypto.randomUUID(),
  owner,
  ownerAsFiled: owner,
  visibility,
  parties: [...parties],
  subjects: [...subjects],
});

/** The audience of people and organizations of a committee: whether they are public isn't known here. */
export const ownReference = (owner: string) => ({ referenceOwner: owner, referenceVisibility: 'MEMBERS' as const });
