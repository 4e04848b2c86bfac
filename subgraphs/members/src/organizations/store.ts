import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { currentCode, region } from '@hub/regions';
import { type FetchContext, givenCommittee, type MutationInput } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { assertCharged, assertKeeps, change, found, invalid, kept, lastDay, liesIn, put, textOf } from '../keeping.ts';
import { committeeFigure, organization, session, term } from '../tables.ts';
import { keepersOf } from './keepers.ts';

const { placeholder } = sql;

const organizationFields = {
  id: organization.id,
  owner: organization.owner,
  name: organization.name,
  classification: organization.classification,
  parent: organization.parent,
  region: organization.region,
  description: organization.description,
  term: organization.term,
  validFrom: organization.validFrom,
  validUntil: organization.validUntil,
  position: organization.position,
  visibility: organization.visibility,
  revision: organization.revision,
  source: organization.source,
};
export type Organization = Awaited<ReturnType<typeof organizationsById.run>>[number];

const organizationsById = statement(
  build
    .select(organizationFields)
    .from(organization)
    .where(and(sql`${organization.id} = any(${placeholder('ids')}::uuid[])`, isNull(organization.deleted))),
);
const organizationsBy = (column: typeof organization.owner | typeof organization.parent, type: 'uuid' | 'text') =>
  statement(
    build
      .select(organizationFields)
      .from(organization)
      .where(and(sql`${column} = any(${placeholder('keys')}::${sql.raw(type)}[])`, isNull(organization.deleted)))
      .orderBy(asc(organization.position), asc(organization.name), asc(organization.id)),
  );
const organizationsOfCommittees = organizationsBy(organization.owner, 'text');
const partsOfOrganizations = organizationsBy(organization.parent, 'uuid');

const termFields = {
  id: term.id,
  owner: term.owner,
  ordinal: term.ordinal,
  start: term.start,
  end: term.end,
  source: term.source,
};
export type Term = Awaited<ReturnType<typeof termsById.run>>[number];
const termsById = statement(
  build
    .select(termFields)
    .from(term)
    .where(and(sql`${term.id} = any(${placeholder('ids')}::uuid[])`, isNull(term.deleted))),
);
const termsOfCommittees = statement(
  build
    .select(termFields)
    .from(term)
    .where(and(sql`${term.owner} = any(${placeholder('keys')}::text[])`, isNull(term.deleted)))
    .orderBy(desc(term.ordinal)),
);

const sessionFields = {
  id: session.id,
  term: session.term,
  ordinal: session.ordinal,
  held: session.held,
  source: session.source,
};
export type Session = Awaited<ReturnType<typeof sessionsById.run>>[number];
const sessionsById = statement(
  build
    .select(sessionFields)
    .from(session)
    .where(and(sql`${session.id} = any(${placeholder('ids')}::uuid[])`, isNull(session.deleted))),
);
const sessionsOfTerms = statement(
  build
    .select(sessionFields)
    .from(session)
    .where(and(sql`${session.term} = any(${placeholder('keys')}::uuid[])`, isNull(session.deleted)))
    .orderBy(asc(session.ordinal)),
);

const figureFields = {
  id: committeeFigure.id,
  owner: committeeFigure.owner,
  label: committeeFigure.label,
  value: committeeFigure.value,
  unit: committeeFigure.unit,
  period: committeeFigure.period,
  asOf: committeeFigure.asOf,
  note: committeeFigure.note,
  source: committeeFigure.source,
};
export type CommitteeFigure = Awaited<ReturnType<typeof figuresById.run>>[number];
const figuresById = statement(
  build
    .select(figureFields)
    .from(committeeFigure)
    .where(and(sql`${committeeFigure.id} = any(${placeholder('ids')}::uuid[])`, isNull(committeeFigure.deleted))),
);
const figuresOfCommittees = statement(
  build
    .select(figureFields)
    .from(committeeFigure)
    .where(and(sql`${committeeFigure.owner} = any(${placeholder('keys')}::text[])`, isNull(committeeFigure.deleted)))
    .orderBy(asc(committeeFigure.position), asc(committeeFigure.id)),
);

/** Parts of committees, their terms, and the figures that sources state of them, for one fetch. */
export class OrganizationStore {
  readonly organizations;
  readonly organizationsOfCommittee;
  readonly partsOfOrganization;
  readonly terms;
  readonly termsOfCommittee;
  readonly sessions;
  readonly sessionsOfTerm;
  readonly figures;
  readonly figuresOfCommittee;

  constructor(scope: Scope) {
    this.organizations = rowById(scope, organizationsById);
    this.organizationsOfCommittee = rowsByKey(scope, organizationsOfCommittees, (row) => row.owner);
    this.partsOfOrganization = rowsByKey(scope, partsOfOrganizations, (row) => row.parent ?? '');
    this.terms = rowById(scope, termsById);
    this.termsOfCommittee = rowsByKey(scope, termsOfCommittees, (row) => row.owner);
    this.sessions = rowById(scope, sessionsById);
    this.sessionsOfTerm = rowsByKey(scope, sessionsOfTerms, (row) => row.term);
    this.figures = rowById(scope, figuresById);
    this.figuresOfCommittee = rowsByKey(scope, figuresOfCommittees, (row) => row.owner);
  }
}

export interface AddInput extends MutationInput {
  readonly committee: string;
  readonly name: string;
  readonly classification: string;
  readonly parent?: string | null;
  readonly region?: string | null;
  readonly term?: string | null;
  readonly validFrom?: string | null;
  readonly position?: number | null;
  readonly description?: string | null;
  readonly visibility?: string | null;
}
export async function addOrganization(input: AddInput, context: FetchContext): Promise<{ id: string }> {
  assertCharged(context.actor, keepersOf(input.classification));
  const owner = givenCommittee(input.committee);
  assertKeeps(context.actor, owner, keepersOf(input.classification));
  const place = input.region == null ? null : currentCode(input.region);
  if (place !== null && !(region(place.slice(0, 9)) && liesIn(place, owner))) invalid('region');
  if (input.classification === 'TOWNSHIP_COMMITTEE' && (place === null || region(place)?.level !== 'TOWNSHIP'))
    invalid('region');
  const above = input.parent == null ? null : await found(context, organization, input.parent, 'parent');
  if (above !== null && above.owner !== owner) invalid('parent');
  const of = input.term == null ? null : await found(context, term, input.term, 'term');
  if (of !== null && of.owner !== owner) invalid('term');
  return put(context, organization, {
    owner,
    visibility: input.visibility ?? 'PUBLIC',
    name: textOf('name', input.name, 100),
    classification: input.classification,
    parent: above?.id ?? null,
    region: place,
    description: input.description == null ? null : textOf('description', input.description, 1_000),
    term: of?.id ?? null,
    validFrom: input.validFrom ?? today(),
    position: input.position ?? 0,
  });
}

interface OrganizationInput extends MutationInput {
  readonly organization: string;
}
async function keptOrganization(input: OrganizationInput, context: FetchContext) {
  const row = await kept(context, organization, input.organization, 'organization', {
    expectedRevision: input.expectedRevision,
    duties: ['members', 'township'],
  });
  assertCharged(context.actor, keepersOf(row.classification));
  return row;
}

export async function renameOrganization(
  input: OrganizationInput & { readonly name: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const row = await keptOrganization(input, context);
  return change(context, organization, row, { name: textOf('name', input.name, 100) });
}

export async function dissolveOrganization(
  input: OrganizationInput & { readonly on?: string | null },
  context: FetchContext,
): Promise<{ id: string }> {
  const row = await keptOrganization(input, context);
  if (row.validUntil !== null) invalid('organization');
  return change(context, organization, row, { validUntil: lastDay(input.on, row.validFrom) });
}
