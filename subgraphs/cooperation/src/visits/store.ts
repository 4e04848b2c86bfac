import { type Connection, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { visit, visitFinding, visitPerson } from '../tables.ts';

const { placeholder } = sql;

const visitFields = {
  id: visit.id,
  owner: visit.owner,
  cooperation: visit.cooperation,
  milestone: visit.milestone,
  title: visit.title,
  host: visit.host,
  hostNames: visit.hostNames,
  region: visit.region,
  place: visit.place,
  held: visit.held,
  heldFrom: visit.heldFrom,
  delegation: visit.delegation,
  size: visit.size,
  visibility: visit.visibility,
  source: visit.source,
  revision: visit.revision,
  created: visit.created,
  modified: visit.modified,
};
export type Visit = Awaited<ReturnType<typeof visitsById.run>>[number];
const visitsById = statement(
  build
    .select(visitFields)
    .from(visit)
    .where(
      and(sql`${visit.id} = any(${placeholder('ids')}::uuid[])`, isNull(visit.deleted), stands(visit.cooperation)),
    ),
);
const visitsOfCooperations = statement(
  build
    .select(visitFields)
    .from(visit)
    .where(and(sql`${visit.cooperation} = any(${placeholder('keys')}::uuid[])`, isNull(visit.deleted)))
    .orderBy(desc(visit.heldFrom), asc(visit.created), asc(visit.id)),
);
const visitsOfCommittee = list({
  name: 'visits of committee',
  table: visit,
  fields: visitFields,
  key: { committee: 'text' },
  tie: and(sql`${visit.owner} = key.committee`, stands(visit.cooperation)) ?? sql`false`,
  orders: { HELD_DESC: { by: ['heldFrom'], descending: true } },
});

export type VisitPerson = Awaited<ReturnType<typeof peopleOfVisits.run>>[number];
const peopleOfVisits = statement(
  build
    .select({ visit: visitPerson.visit, person: visitPerson.person, role: visitPerson.role })
    .from(visitPerson)
    .where(and(sql`${visitPerson.visit} = any(${placeholder('keys')}::uuid[])`, isNull(visitPerson.deleted)))
    .orderBy(asc(visitPerson.position)),
);

const findingFields = {
  id: visitFinding.id,
  owner: visitFinding.owner,
  visit: visitFinding.visit,
  kind: visitFinding.kind,
  text: visitFinding.text,
  status: visitFinding.status,
  since: visitFinding.since,
  measures: visitFinding.measures,
  result: visitFinding.result,
  reason: visitFinding.reason,
  revision: visitFinding.revision,
};
export type VisitFinding = Awaited<ReturnType<typeof findingsById.run>>[number];
const findingsById = statement(
  build
    .select(findingFields)
    .from(visitFinding)
    .where(
      and(
        sql`${visitFinding.id} = any(${placeholder('ids')}::uuid[])`,
        isNull(visitFinding.deleted),
        sql`exists (select 1 from ${visit} where ${visit.id} = ${visitFinding.visit} and ${visit.deleted} is null)`,
      ),
    ),
);
const findingsOfVisits = statement(
  build
    .select(findingFields)
    .from(visitFinding)
    .where(and(sql`${visitFinding.visit} = any(${placeholder('keys')}::uuid[])`, isNull(visitFinding.deleted)))
    .orderBy(asc(visitFinding.created), asc(visitFinding.id)),
);

/** Visits and their findings, for one fetch. */
export class VisitStore {
  readonly #lists: ListReader;
  readonly visits;
  readonly visitsOfCooperation;
  readonly peopleOfVisit;
  readonly findings;
  readonly findingsOfVisit;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.visits = rowById(scope, visitsById);
    this.visitsOfCooperation = rowsByKey(scope, visitsOfCooperations, (row) => row.cooperation);
    this.peopleOfVisit = rowsByKey(scope, peopleOfVisits, (row) => row.visit);
    this.findings = rowById(scope, findingsById);
    this.findingsOfVisit = rowsByKey(scope, findingsOfVisits, (row) => row.visit);
  }

  visitsOfCommittee(committee: string, page: PageArguments): Connection<Visit> {
    return this.#lists.connection(visitsOfCommittee, { committee }, { page, order: 'HELD_DESC' });
  }
}
