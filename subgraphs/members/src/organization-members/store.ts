import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { assertInOffice } from '@hub/references';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { and, asc, isNull, sql } from 'drizzle-orm';
import {
  assertCharged,
  assertKeeps,
  change,
  firstDayOf,
  found,
  invalid,
  kept,
  lastDay,
  lasts,
  put,
} from '../keeping.ts';
import { keepersOf } from '../organizations/keepers.ts';
import { affiliation, contactLink, member, organization, organizationMember } from '../tables.ts';

const { placeholder } = sql;

const organizationMemberFields = {
  id: organizationMember.id,
  owner: organizationMember.owner,
  organization: organizationMember.organization,
  member: organizationMember.member,
  role: organizationMember.role,
  validFrom: organizationMember.validFrom,
  validUntil: organizationMember.validUntil,
  visibility: organizationMember.visibility,
  revision: organizationMember.revision,
};
export type OrganizationMember = Awaited<ReturnType<typeof organizationMembersById.run>>[number];
const organizationMembersById = statement(
  build
    .select(organizationMemberFields)
    .from(organizationMember)
    .where(and(sql`${organizationMember.id} = any(${placeholder('ids')}::uuid[])`, isNull(organizationMember.deleted))),
);
const organizationMembersBy = (column: typeof organizationMember.organization | typeof organizationMember.member) =>
  statement(
    build
      .select(organizationMemberFields)
      .from(organizationMember)
      .where(and(sql`${column} = any(${placeholder('keys')}::uuid[])`, isNull(organizationMember.deleted)))
      // Convenors, deputies, members.
      .orderBy(
        asc(organizationMember.role),
        asc(organizationMember.validFrom),
        asc(organizationMember.created),
        asc(organizationMember.id),
      ),
  );
const ofOrganizations = organizationMembersBy(organizationMember.organization);
const ofMembers = organizationMembersBy(organizationMember.member);

/** Members in parts of the committee, for one fetch. */
export class OrganizationMemberStore {
  readonly organizationMembers;
  readonly #ofOrganization;
  readonly #ofMember;

  constructor(scope: Scope) {
    this.organizationMembers = rowById(scope, organizationMembersById);
    this.#ofOrganization = rowsByKey(scope, ofOrganizations, (row) => row.organization);
    this.#ofMember = rowsByKey(scope, ofMembers, (row) => row.member);
  }

  async inOrganization(id: string, on: string): Promise<OrganizationMember[]> {
    return (await this.#ofOrganization.load(id)).filter((row) => lasts(row, on));
  }

  async ofMember(id: string, on: string): Promise<OrganizationMember[]> {
    return (await this.#ofMember.load(id)).filter((row) => lasts(row, on));
  }
}

const openAffiliation = statement(
  build
    .select({
      id: affiliation.id,
      sector: affiliation.sector,
      validFrom: affiliation.validFrom,
      visibility: affiliation.visibility,
      revision: affiliation.revision,
    })
    .from(affiliation)
    .where(
      and(
        sql`${affiliation.member} = ${placeholder('member')}::uuid`,
        isNull(affiliation.validUntil),
        isNull(affiliation.deleted),
      ),
    ),
);

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/**
 * Puts a member into a sector and out of the one before.
 * @throws RuleBroken NOT_FOUND or INVALID where the sector is none of this committee's
 */
export async function placeInSector(
  context: FetchContext,
  given: {
    readonly owner: string;
    readonly member: string;
    readonly sector: string;
    readonly validFrom: string;
    readonly visibility: string | null | undefined;
  },
): Promise<void> {
  const sector = await found(context, organization, given.sector, 'sector');
  if (sector.owner !== given.owner || sector.classification !== 'SECTOR') invalid('sector');
  const [before] = await context.scope.run(openAffiliation, { member: given.member });
  if (before?.sector === sector.id) {
    await change(context, affiliation, before, { visibility: given.visibility ?? before.visibility });
    return;
  }
  // One that would end before it began was never so.
  if (before)
    await change(
      context,
      affiliation,
      before,
      before.validFrom !== null && before.validFrom >= given.validFrom
        ? { deleted: new Date().toISOString() }
        : { validUntil: dayBefore(given.validFrom) },
    );
  await put(context, affiliation, {
    owner: given.owner,
    visibility: given.visibility ?? 'MEMBERS',
    subjects: [given.member],
    member: given.member,
    sector: sector.id,
    validFrom: given.validFrom,
  });
}

interface SectorInput extends MutationInput {
  readonly member: string;
  readonly sector: string;
  readonly validFrom?: string | null;
  readonly visibility?: string | null;
}
export async function assignSector(input: SectorInput, context: FetchContext): Promise<{ id: string }> {
  const { id, owner } = await kept(context, member, input.member, 'member');
  await assertInOffice(context, [id], { day: firstDayOf('validFrom', input.validFrom), path: ['member'] });
  await placeInSector(context, {
    owner,
    member: id,
    sector: input.sector,
    validFrom: firstDayOf('validFrom', input.validFrom),
    visibility: input.visibility,
  });
  return { id };
}

const partyClassifications: readonly string[] = [
  'PARTY_GROUP',
  'PARTY_BRANCH',
  'TEMPORARY_PARTY_BRANCH',
  'TEMPORARY_PARTY_CELL',
  'PARTY_COMMITTEE',
];

interface JoinInput extends MutationInput {
  readonly organization: string;
  readonly member: string;
  readonly role: string;
  readonly validFrom?: string | null;
  readonly visibility?: string | null;
}
async function join(input: JoinInput, context: FetchContext, role: string): Promise<{ id: string }> {
  assertCharged(context.actor, ['members', 'township']);
  const into = await found(context, organization, input.organization, 'organization');
  assertKeeps(context.actor, into.owner, keepersOf(into.classification));
  const who = await found(context, member, input.member, 'member');
  if (who.owner !== into.owner) invalid('member');
  const validFrom = firstDayOf('validFrom', input.validFrom);
  if (into.validUntil !== null && into.validUntil < validFrom) invalid('organization');
  await assertInOffice(context, [who.id], { day: validFrom, path: ['member'] });
  return put(context, organizationMember, {
    owner: into.owner,
    // Who is in a party organization tells a party.
    visibility: input.visibility ?? (partyClassifications.includes(into.classification) ? 'INTERNAL' : 'MEMBERS'),
    subjects: [who.id],
    organization: into.id,
    member: who.id,
    role,
    validFrom,
  });
}

export function joinOrganization(input: JoinInput, context: FetchContext): Promise<{ id: string }> {
  assertCharged(context.actor, ['members', 'township']);
  if (input.role === 'CONVENOR') invalid('role');
  return join(input, context, input.role);
}

export const appointConvenor = (input: JoinInput, context: FetchContext) => join(input, context, 'CONVENOR');

interface PlaceInput extends MutationInput {
  readonly organizationMember: string;
}
async function keptPlace(input: PlaceInput, context: FetchContext) {
  const row = await kept(context, organizationMember, input.organizationMember, 'organizationMember', {
    expectedRevision: input.expectedRevision,
    duties: ['members', 'township'],
  });
  const of = await found(context, organization, row.organization, 'organizationMember');
  assertCharged(context.actor, keepersOf(of.classification));
  return row;
}

const endLinks = statement(
  build
    .update(contactLink)
    .set({ validUntil: sql`greatest(${contactLink.validFrom}, ${placeholder('on')}::date)` } as never)
    .where(
      and(
        sql`${contactLink.parent} = ${placeholder('organization')}::uuid`,
        sql`${contactLink.child} = ${placeholder('member')}::uuid`,
        sql`coalesce(${contactLink.validUntil}, 'infinity') > ${placeholder('on')}::date`,
        isNull(contactLink.deleted),
      ),
    ),
);

interface LeaveInput extends PlaceInput {
  readonly on?: string | null;
}
async function leave(input: LeaveInput, context: FetchContext, convenor: boolean): Promise<{ id: string }> {
  const row = await keptPlace(input, context);
  if ((row.role === 'CONVENOR') !== convenor) invalid('organizationMember');
  const on = lastDay(input.on, row.validFrom);
  if (row.validUntil !== null && row.validUntil < on) invalid('on');
  if (!convenor) await context.scope.run(endLinks, { on, organization: row.organization, member: row.member });
  return change(context, organizationMember, row, { validUntil: on });
}

export const leaveOrganization = (input: LeaveInput, context: FetchContext) => leave(input, context, false);
export const endConvenorship = (input: LeaveInput, context: FetchContext) => leave(input, context, true);

export async function publishOrganizationMember(
  input: PlaceInput & { readonly visibility: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const row = await keptPlace(input, context);
  return change(context, organizationMember, row, { visibility: input.visibility });
}
