import { daysOf, type ImportBatch } from '@hub/database';
import { type Facts, recordId, recordRow } from '@hub/facts';
import {
  affiliation,
  committeeFigure,
  contactLink,
  dutyReport,
  member,
  organization,
  person,
  post,
  session,
  term,
} from './tables.ts';

const idOf = (key: string | undefined) => (key === undefined ? null : recordId(key));

/** The facts of this subgraph as rows of its tables. */
export function factsAsRows(facts: Facts): readonly ImportBatch[] {
  const names = new Map(facts.people.map(({ key, name }) => [key, name]));
  // A person is kept by the committee that first speaks of them.
  const keeper = new Map<string, string>();
  for (const { person: key, committee } of [...facts.members, ...facts.posts])
    if (!keeper.has(key)) keeper.set(key, committee);
  const committeeOf = new Map(facts.members.map(({ key, committee }) => [key, committee]));
  const known = <Value>(value: Value | undefined, what: string): Value => {
    if (value === undefined) throw new Error(`packages/facts: ${what}`);
    return value;
  };

  const organizations = new Map(facts.organizations.map((record) => [record.key, record]));
  /** The party chain that an organization is a link of: those under the committee's party group. */
  const chainOf = ({ classification, parent }: Facts['organizations'][number]) => {
    let above = parent === undefined ? undefined : organizations.get(parent);
    while (above?.parent !== undefined) above = organizations.get(above.parent);
    if (above?.classification !== 'PARTY_GROUP') return [];
    return [classification.startsWith('TEMPORARY_PARTY_') ? 'PARTY_CHAIN_MEMBERS' : 'PARTY_CHAIN_OFFICE'];
  };

  return [
    {
      table: person,
      rows: facts.people.map((record) => ({
        ...recordRow(record, known(keeper.get(record.key), `${record.key} has no membership and no post`)),
        name: record.name,
      })),
    },
    {
      table: organization,
      rows: facts.organizations.map((record) => ({
        ...recordRow(record, record.committee),
        name: record.name,
        classification: record.classification,
        parent: idOf(record.parent),
        region: record.region ?? null,
        description: record.description ?? null,
      })),
    },
    {
      table: contactLink,
      rows: facts.organizations.flatMap((record) =>
        chainOf(record).map((tree) => ({
          ...recordRow({ ...record, key: `${record.key}/contact` }, record.committee),
          tree,
          parentType: 'ORGANIZATION',
          parent: recordId(known(record.parent, `${record.key} has no parent`)),
          childType: 'ORGANIZATION',
          child: recordId(record.key),
        })),
      ),
    },
    {
      table: member,
      rows: facts.members.map((record) => ({
        ...recordRow(record, record.committee),
        person: recordId(record.person),
        name: known(names.get(record.person), `${record.person} has no name`),
        occupation: record.occupation ?? null,
        tags: record.tags,
      })),
    },
    {
      table: affiliation,
      rows: facts.members.flatMap((record) =>
        record.sector === undefined
          ? []
          : [
              {
                ...recordRow({ ...record, key: `${record.key}/sector` }, record.committee),
                member: recordId(record.key),
                sector: recordId(record.sector),
              },
            ],
      ),
    },
    {
      table: post,
      rows: facts.posts.map((record, position) => ({
        ...recordRow(record, record.committee),
        person: recordId(record.person),
        organization: idOf(record.organization),
        title: record.title,
        current: record.current,
        asOf: record.asOf ?? null,
        position,
      })),
    },
    {
      table: term,
      rows: facts.terms.map((record) => ({
        ...recordRow(record, record.committee),
        ordinal: record.ordinal,
        start: record.start ?? null,
        end: record.end ?? null,
      })),
    },
    {
      table: session,
      rows: facts.sessions.map((record) => {
        const of = facts.terms.find(
          (candidate) => candidate.committee === record.committee && candidate.ordinal === record.term,
        );
        const { from, until } = daysOf(record.held);
        return {
          ...recordRow(record, record.committee),
          term: recordId(known(of, `${record.key} has no term`).key),
          ordinal: record.ordinal,
          held: record.held ?? null,
          heldFrom: from,
          heldUntil: until,
        };
      }),
    },
    {
      table: committeeFigure,
      rows: facts.committeeFigures.map((record, position) => ({
        ...recordRow(record, record.committee),
        label: record.label,
        value: record.value,
        unit: record.unit ?? null,
        period: record.period ?? null,
        asOf: record.asOf ?? null,
        note: record.note ?? null,
        position,
      })),
    },
    {
      table: dutyReport,
      rows: facts.dutyReports.map((record) => ({
        ...recordRow(record, known(committeeOf.get(record.member), `${record.key} has no member`), {
          subjects: [recordId(record.member)],
        }),
        member: recordId(record.member),
        year: record.year,
        yearInferred: record.yearInferred,
        total: record.total,
        lines: record.lines,
      })),
    },
  ];
}
