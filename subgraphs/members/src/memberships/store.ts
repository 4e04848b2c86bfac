import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { type FetchContext, givenCommittee, type MutationInput, type SteppedRow, stepsOf } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';
import { assertCharged, assertKeeps, change, firstDayOf, found, invalid, lastDay, put, textOf } from '../keeping.ts';
import { placeInSector } from '../organization-members/store.ts';
import { memberSettings } from '../settings/settings.ts';
import {
  affiliation,
  contactLink,
  member,
  membership,
  membershipEvent,
  membershipReason,
  organizationMember,
  person,
  term,
} from '../tables.ts';
import { membershipMachine } from './membership.machine.ts';

const { placeholder } = sql;

const membershipFields = {
  id: membership.id,
  owner: membership.owner,
  member: membership.member,
  term: membership.term,
  status: membership.status,
  since: membership.since,
  added: membership.added,
  validFrom: membership.validFrom,
  validUntil: membership.validUntil,
  decision: membership.decision,
  decided: membership.decided,
  ending: membership.ending,
  endingDecision: membership.endingDecision,
  visibility: membership.visibility,
  revision: membership.revision,
  created: membership.created,
  modified: membership.modified,
};
export type Membership = Awaited<ReturnType<typeof membershipsById.run>>[number];
const membershipsById = statement(
  build
    .select(membershipFields)
    .from(membership)
    .where(and(sql`${membership.id} = any(${placeholder('ids')}::uuid[])`, isNull(membership.deleted))),
);
const membershipsOfMembers = statement(
  build
    .select(membershipFields)
    .from(membership)
    .where(and(sql`${membership.member} = any(${placeholder('keys')}::uuid[])`, isNull(membership.deleted)))
    .orderBy(asc(membership.validFrom), asc(membership.created), asc(membership.id)),
);
const nominationsOfCommittees = statement(
  build
    .select(membershipFields)
    .from(membership)
    .where(
      and(
        sql`${membership.owner} = any(${placeholder('keys')}::text[])`,
        eq(membership.status, 'NOMINATED'),
        isNull(membership.deleted),
      ),
    )
    .orderBy(asc(membership.since), asc(membership.id))
    .limit(100),
);
const reasonsOfMemberships = statement(
  build
    .select({ membership: membershipReason.membership, reason: membershipReason.reason })
    .from(membershipReason)
    .where(
      and(sql`${membershipReason.membership} = any(${placeholder('keys')}::uuid[])`, isNull(membershipReason.deleted)),
    )
    .orderBy(desc(membershipReason.created), desc(membershipReason.id)),
);
const servingOfMembers = statement(
  build
    .select({
      key: sql<string>`wanted.key`.as('key'),
      serving: sql<boolean>`${member.serving} @> wanted.day`.mapWith(Boolean).as('serving_then'),
    })
    // OFFSET keeps the casts apart: under a policy no index serves a comparison with what a cast makes.
    .from(
      sql`(select key, split_part(key, ' ', 1)::uuid as id, split_part(key, ' ', 2)::date as day from unnest(${placeholder('keys')}::text[]) as key offset 0) as wanted`,
    )
    .innerJoin(member, sql`${member.id} = wanted.id`),
);

/** Memberships, for one fetch. */
export class MembershipStore {
  readonly memberships;
  readonly membershipsOfMember;
  readonly nominationsOfCommittee;
  readonly reasonsOfMembership;
  readonly #serving;

  constructor(scope: Scope) {
    this.memberships = rowById(scope, membershipsById);
    this.membershipsOfMember = rowsByKey(scope, membershipsOfMembers, (row) => row.member);
    this.nominationsOfCommittee = rowsByKey(scope, nominationsOfCommittees, (row) => row.owner);
    this.reasonsOfMembership = rowsByKey(scope, reasonsOfMemberships, (row) => row.membership);
    this.#serving = rowsByKey(scope, servingOfMembers, (row) => row.key);
  }

  /** Whether a member serves on a day. */
  async serves(memberId: string, on: string): Promise<boolean> {
    return (await this.#serving.load(`${memberId} ${on}`))[0]?.serving ?? false;
  }
}

/** How memberships are made and moved. */
export const membershipSteps = stepsOf(membership, membershipMachine, membershipEvent, memberSettings);

interface Candidate extends MutationInput {
  readonly committee: string;
  readonly term?: string | null;
  readonly person?: string | null;
  readonly name?: string | null;
  readonly occupation?: string | null;
}

const termInForce = statement(
  build
    .select({ id: term.id })
    .from(term)
    .where(
      and(
        sql`${term.owner} = ${placeholder('owner')}`,
        sql`members.days_of_term(${term.start}, ${term.end}) @> ${placeholder('on')}::date`,
        isNull(term.deleted),
      ),
    ),
);
const memberOfPerson = statement(
  build
    .select({ id: member.id })
    .from(member)
    .where(
      and(
        sql`${member.person} = ${placeholder('person')}::uuid`,
        sql`${member.owner} = ${placeholder('owner')}`,
        isNull(member.deleted),
      ),
    ),
);
const addMember = statement(
  build
    .insert(member)
    .values({
      id: placeholder('id'),
      owner: placeholder('owner'),
      ownerAsFiled: placeholder('owner'),
      visibility: placeholder('visibility'),
      person: placeholder('person'),
      name: placeholder('name'),
      occupation: placeholder('occupation'),
      // Until a membership says from when.
      serving: '{}',
    } as never)
    .onConflictDoNothing({ target: [member.person, member.owner] }),
);

/** The member whom a candidate is or becomes, and the term: whoever comes second finds the member that the first has made. */
async function candidateOf(input: Candidate, context: FetchContext, visibility: string) {
  assertCharged(context.actor);
  const owner = givenCommittee(input.committee);
  assertKeeps(context.actor, owner);
  const known = input.person == null ? null : await found(context, person, input.person, 'person');
  const name = known?.name ?? textOf('name', input.name ?? '', 50);
  const of =
    input.term == null
      ? (await context.scope.run(termInForce, { owner, on: today() }))[0]
      : await found(context, term, input.term, 'term');
  if (!of) throw new RuleBroken('REQUIRED', { path: ['term'], details: { field: 'term' } });
  if ('owner' in of && of.owner !== owner) invalid('term');
  const personId = known?.id ?? (await put(context, person, { owner, visibility, name })).id;
  await context.scope.run(addMember, {
    id: crypto.randomUUID(),
    owner,
    visibility,
    person: personId,
    name,
    occupation: input.occupation || null,
  });
  const [existing] = await context.scope.run(memberOfPerson, { person: personId, owner });
  if (!existing) throw new RuleBroken('NOT_FOUND', { path: ['person'] });
  return { owner, member: existing.id, term: of.id };
}

export async function nominateMember(input: Candidate, context: FetchContext): Promise<{ id: string }> {
  const candidate = await candidateOf(input, context, 'INTERNAL');
  return membershipSteps.start(
    context,
    'nominateMember',
    { ...candidate, visibility: 'INTERNAL', parties: [], subjects: [] },
    input,
  );
}

interface Decision extends MutationInput {
  readonly decision: string;
  readonly decided: string;
  readonly validFrom?: string | null;
  readonly visibility?: string | null;
}
/** What an agreement changes. */
function agreed({ decision, decided, validFrom, visibility }: Decision, memberId: string) {
  if (decided > today()) invalid('decided');
  if (visibility === 'PRIVATE') invalid('visibility');
  return {
    decision: textOf('decision', decision, 200),
    decided,
    validFrom: firstDayOf('validFrom', validFrom ?? decided),
    visibility: visibility ?? 'PUBLIC',
    subjects: [memberId],
  };
}

const termsBegin = statement(
  build
    .select({
      first: sql<string | null>`lower(members.days_of_term(${term.start}, ${term.end}))::text`.as('first_day'),
    })
    .from(term)
    .where(sql`${term.id} = ${placeholder('term')}::uuid`),
);
/** Nobody serves in a term before it begins: from then on, unless a day is said. @throws RuleBroken INVALID where that is earlier */
async function fromTerm(
  { scope }: FetchContext,
  termId: string,
  { validFrom }: Decision,
  usual: string,
): Promise<{ validFrom: string }> {
  const first = (await scope.run(termsBegin, { term: termId }))[0]?.first ?? null;
  if (first === null || usual >= first) return { validFrom: usual };
  if (validFrom != null) invalid('validFrom');
  return { validFrom: first };
}

/** A nominee whom only staff could see is published once agreed. */
async function publish(context: FetchContext, memberId: string, visibility: string): Promise<void> {
  const row = await found(context, member, memberId, 'member');
  if (row.visibility === 'INTERNAL') await change(context, member, row, { visibility });
  const whom = await found(context, person, row.person, 'person');
  if (whom.visibility === 'INTERNAL' && whom.owner === row.owner) await change(context, person, whom, { visibility });
}

export interface AppointInput extends Candidate, Decision {
  readonly sector?: string | null;
  readonly sectorVisibility?: string | null;
}
export async function appointMember(input: AppointInput, context: FetchContext): Promise<{ id: string }> {
  const candidate = await candidateOf(input, context, input.visibility ?? 'PUBLIC');
  const told = agreed(input, candidate.member);
  const decided = { ...told, ...(await fromTerm(context, candidate.term, input, told.validFrom)) };
  const made = await membershipSteps.start(
    context,
    'appointMember',
    { ...candidate, ...decided, added: true, parties: [] },
    input,
  );
  await publish(context, candidate.member, decided.visibility);
  if (input.sector != null)
    await placeInSector(context, {
      owner: candidate.owner,
      member: candidate.member,
      sector: input.sector,
      validFrom: decided.validFrom,
      visibility: input.sectorVisibility,
    });
  return made;
}

interface StepInput extends MutationInput {
  readonly membership: string;
}
const memberOf = (row: SteppedRow) => row['member'] as string;

export async function approveMembership(input: StepInput & Decision, context: FetchContext): Promise<{ id: string }> {
  const { id } = await membershipSteps.take(context, 'approveMembership', 'membership', input, async (row) => {
    const told = agreed(input, memberOf(row));
    const changes = { ...told, ...(await fromTerm(context, String(row['term']), input, told.validFrom)) };
    await publish(context, memberOf(row), changes.visibility);
    return changes;
  });
  return { id };
}

const keepReason = (context: FetchContext, row: SteppedRow, step: string, reason: string) =>
  put(context, membershipReason, {
    owner: row.owner,
    visibility: 'INTERNAL',
    subjects: [memberOf(row)],
    membership: row.id,
    step,
    reason: textOf('reason', reason, 500),
  });

interface ReasonInput extends StepInput {
  readonly reason: string;
}
export async function declineMembership(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await membershipSteps.take(context, 'declineMembership', 'membership', input);
  return { id };
}

export async function suspendMembership(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await membershipSteps.take(context, 'suspendMembership', 'membership', input, async (row) => {
    await keepReason(context, row, 'suspendMembership', input.reason);
    return {};
  });
  return { id };
}

export async function resumeMembership(input: StepInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await membershipSteps.take(context, 'resumeMembership', 'membership', input);
  return { id };
}

export interface EndInput extends StepInput {
  readonly kind: string;
  readonly on?: string | null;
  readonly reason?: string | null;
  readonly decision?: string | null;
}
export async function endMembership(input: EndInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await membershipSteps.take(context, 'endMembership', 'membership', input, async (row) => {
    const removal = input.kind === 'REMOVAL';
    if (removal || input.reason != null) await keepReason(context, row, 'endMembership', input.reason ?? '');
    const endingDecision = removal || input.decision != null ? textOf('decision', input.decision ?? '', 200) : null;
    const validUntil = lastDay(input.on, row['validFrom'] as string | null);
    await endPlaces(context, row, validUntil);
    return { ending: input.kind, endingDecision, validUntil };
  });
  return { id };
}

const otherMemberships = statement(
  build
    .select({ id: membership.id })
    .from(membership)
    .where(
      and(
        sql`${membership.member} = ${placeholder('member')}::uuid`,
        sql`${membership.id} <> ${placeholder('id')}::uuid`,
        sql`${membership.status} in ('APPROVED', 'SUSPENDED')`,
        sql`coalesce(${membership.validUntil}, 'infinity') > ${placeholder('on')}::date`,
        isNull(membership.deleted),
      ),
    )
    .limit(1),
);

type Dated = AnyPgTable & Record<'validFrom' | 'validUntil' | 'deleted', AnyPgColumn>;
const ending = (table: Dated, whose: ReturnType<typeof sql>) =>
  statement(
    build
      .update(table)
      .set({ validUntil: sql`greatest(${table.validFrom}, ${placeholder('on')}::date)` } as never)
      .where(
        and(whose, sql`coalesce(${table.validUntil}, 'infinity') > ${placeholder('on')}::date`, isNull(table.deleted)),
      ),
  );
const memberGiven = sql`${placeholder('member')}::uuid`;
const endings = [
  ending(affiliation, sql`${affiliation.member} = ${memberGiven}`),
  ending(organizationMember, sql`${organizationMember.member} = ${memberGiven}`),
  ending(contactLink, sql`(${contactLink.child} = ${memberGiven} or ${contactLink.parent} = ${memberGiven})`),
];

/** Whoever is no member any more is in no sector, group or tree either. */
async function endPlaces({ scope }: FetchContext, row: SteppedRow, on: string): Promise<void> {
  const values = { member: memberOf(row), id: row.id, on };
  if ((await scope.run(otherMemberships, values)).length > 0) return;
  for (const end of endings) await scope.run(end, values);
}
