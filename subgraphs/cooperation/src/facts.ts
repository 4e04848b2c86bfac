import { daysOf, type ImportBatch } from '@hub/database';
import { type Facts, recordId, recordRow } from '@hub/facts';
import { committee as committeeOf, currentCode } from '@hub/regions';
import {
  agreement,
  aidEntry,
  cooperation,
  milestone,
  milestonePerson,
  partner,
  partnerOrganization,
} from './tables.ts';

type CooperationFact = Facts['cooperations'][number];

/** The facts of this subgraph as rows of its tables. */
export function factsAsRows(facts: Facts): readonly ImportBatch[] {
  const people = new Map(facts.people.map((record) => [record.key, record]));
  // A person is kept by the committee that first speaks of them.
  const keeper = new Map<string, string>();
  for (const { person: key, committee } of [...facts.members, ...facts.posts])
    if (!keeper.has(key)) keeper.set(key, committee);
  const organizations = new Map(facts.organizations.map((record) => [record.key, record]));
  const known = <Value>(value: Value | undefined, what: string): Value => {
    if (value === undefined) throw new Error(`packages/facts: ${what}`);
    return value;
  };

  const ownerOf = (record: CooperationFact) => known(record.partners[0], `${record.key} has no partner`).committee;
  /** A row of the cooperation, or of a part of it. */
  const rowOf = (record: CooperationFact, part = '') =>
    recordRow({ ...record, key: `${record.key}${part}` }, ownerOf(record), {
      parties: record.visibility === 'JOINT' ? record.partners.map(({ committee }) => currentCode(committee)) : [],
    });
  const audienceOf = (target: { visibility: CooperationFact['visibility'] }, committee: string) => ({
    referenceOwner: currentCode(committee),
    referenceVisibility: target.visibility,
  });
  const audienceOfPerson = (key: string) =>
    audienceOf(
      known(people.get(key), `${key} is no person`),
      known(keeper.get(key), `${key} has no membership and no post`),
    );
  const audienceOfOrganization = (key: string) => {
    const organization = known(organizations.get(key), `${key} is no organization`);
    return audienceOf(organization, organization.committee);
  };
  const everyPart = <Part, Row>(
    parts: (record: CooperationFact) => readonly Part[],
    row: (record: CooperationFact, part: Part, position: number) => Row,
  ) => facts.cooperations.flatMap((record) => parts(record).map((part, position) => row(record, part, position)));

  return [
    {
      table: cooperation,
      rows: facts.cooperations.map((record) => ({
        ...rowOf(record),
        title: record.title,
        kind: record.kind,
        field: record.field,
        status: record.status,
        started: record.started ?? null,
        startedFrom: daysOf(record.started).from,
        description: record.description ?? null,
        partnerNames: record.partners.map(
          ({ committee }) => known(committeeOf(currentCode(committee)), `${committee} is no committee`).name,
        ),
        figures: record.figures,
      })),
    },
    {
      table: partner,
      rows: everyPart(
        ({ partners }) => partners,
        (record, part, position) => ({
          ...rowOf(record, `/partners/${position}`),
          cooperation: recordId(record.key),
          committee: currentCode(part.committee),
          committeeAsFiled: part.committee,
          role: part.role,
          position,
        }),
      ),
    },
    {
      table: partnerOrganization,
      rows: everyPart(
        ({ partners }) =>
          partners.flatMap((side, at) => side.organizations.map((body, position) => ({ ...body, at, position }))),
        (record, { name, organization, at, position }) => ({
          ...rowOf(record, `/partners/${at}/organizations/${position}`),
          partner: recordId(`${record.key}/partners/${at}`),
          name,
          organization: organization === undefined ? null : recordId(organization),
          position,
          // Without a record of its own there is nothing that narrows who sees the name.
          ...(organization === undefined
            ? audienceOf({ visibility: 'PUBLIC' }, ownerOf(record))
            : audienceOfOrganization(organization)),
        }),
      ),
    },
    {
      table: milestone,
      rows: everyPart(
        ({ milestones }) => milestones,
        (record, part, position) => {
          const { from, until } = daysOf(part.date);
          return {
            ...rowOf(record, `/milestones/${position}`),
            cooperation: recordId(record.key),
            title: part.title,
            stage: part.stage,
            date: part.date ?? null,
            dateFrom: from,
            dateUntil: until,
            status: part.done ? 'DONE' : 'PLANNED',
            description: part.description ?? null,
            position: String(position),
          };
        },
      ),
    },
    {
      table: milestonePerson,
      rows: everyPart(
        ({ milestones }) =>
          milestones.flatMap((step, at) => step.people.map((one, position) => ({ ...one, at, position }))),
        (record, { person, role, at, position }) => ({
          ...rowOf(record, `/milestones/${at}/people/${position}`),
          milestone: recordId(`${record.key}/milestones/${at}`),
          person: recordId(person),
          role: role ?? null,
          position,
          ...audienceOfPerson(person),
        }),
      ),
    },
    {
      table: agreement,
      rows: everyPart(
        ({ agreements }) => agreements,
        (record, part, position) => ({
          ...rowOf(record, `/agreements/${position}`),
          cooperation: recordId(record.key),
          title: part.title,
          signed: part.signed ?? null,
          signatories: part.parties,
          description: part.description ?? null,
          position,
        }),
      ),
    },
    {
      table: aidEntry,
      rows: everyPart(
        ({ aid }) => aid,
        (record, part, position) => ({
          ...rowOf(record, `/aid/${position}`),
          cooperation: recordId(record.key),
          form: part.form,
          amount: part.amount,
          unit: part.unit,
          given: part.given ?? null,
          description: part.description ?? null,
          position,
        }),
      ),
    },
  ];
}
