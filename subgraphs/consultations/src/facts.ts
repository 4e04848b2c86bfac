import type { Visibility } from '@hub/access';
import { daysOf, type ImportBatch } from '@hub/database';
import { type Facts, recordId, recordRow } from '@hub/facts';
import { currentCode } from '@hub/regions';
import {
  adoption,
  consultation,
  cooperationLink,
  host,
  hostPlatform,
  outcome,
  participant,
  plan,
  planItem,
  reading,
  suggestion,
  suggestionAuthor,
} from './tables.ts';

type Consultation = Facts['consultations'][number];

/** The facts of this subgraph as rows of its tables. */
export function factsAsRows(facts: Facts): readonly ImportBatch[] {
  const referenceTo = audiencesOf(facts);
  const members = new Map(facts.members.map((record) => [record.key, record]));
  const people = new Map(facts.people.map((record) => [record.key, record]));

  /** The committee that leads, whose record it is. */
  const leadOf = ({ key, hosts: [lead] }: Consultation) => {
    if (lead?.role !== 'LEAD') throw new Error(`packages/facts: the first host of ${key} does not lead it`);
    return lead.committee;
  };
  const partiesOf = ({ visibility, hosts }: Consultation) =>
    visibility === 'JOINT' ? hosts.map(({ committee }) => currentCode(committee)) : [];
  /** A row of a consultation, or of a part of one; its audience is the consultation's. */
  const partRow = (of: Consultation, key: string, committee = leadOf(of)) =>
    recordRow({ key, source: of.source, visibility: of.visibility }, committee, { parties: partiesOf(of) });
  /** Of a member the person too, unless the person is hidden where the member isn't: the row has one audience. */
  const personOf = ({ member, person }: Consultation['participants'][number]) => {
    const key = person ?? members.get(member ?? '')?.person;
    return key && (person || people.get(key)?.visibility === 'PUBLIC') ? recordId(key) : null;
  };

  const suggestions = facts.consultations.flatMap((of) =>
    of.suggestions.map((record, position) => ({ of, record, position })),
  );

  return [
    {
      table: consultation,
      rows: facts.consultations.map((record) => {
        const { from, until } = daysOf(record.held);
        return {
          ...partRow(record, record.key),
          title: record.title,
          kind: record.kind,
          localKind: record.localKind ?? null,
          status: record.status,
          held: record.held ?? null,
          heldFrom: from,
          heldUntil: until,
          place: record.place ?? null,
          region: record.region === undefined ? null : currentCode(record.region),
          topics: record.topics,
          description: record.description ?? null,
          follows: record.follows === undefined ? null : recordId(record.follows),
          figures: record.figures,
        };
      }),
    },
    {
      table: host,
      rows: facts.consultations.flatMap((record) =>
        record.hosts.map(({ committee, role }, position) => ({
          ...partRow(record, `${record.key}/hosts/${position}`),
          consultation: recordId(record.key),
          committee: currentCode(committee),
          committeeAsFiled: committee,
          role,
          position,
        })),
      ),
    },
    {
      table: hostPlatform,
      rows: facts.consultations.flatMap((record) =>
        record.hosts.flatMap(({ workstation, name }, position) => {
          if (workstation === undefined && name === undefined) return [];
          const row = partRow(record, `${record.key}/hosts/${position}/platform`);
          return [
            {
              ...row,
              ...referenceTo(workstation, row),
              consultation: recordId(record.key),
              host: recordId(`${record.key}/hosts/${position}`),
              workstation: workstation === undefined ? null : recordId(workstation),
              name: name ?? null,
            },
          ];
        }),
      ),
    },
    {
      table: cooperationLink,
      rows: facts.consultations.flatMap((record) => {
        if (record.cooperation === undefined) return [];
        const row = partRow(record, `${record.key}/cooperation`);
        return [
          {
            ...row,
            ...referenceTo(record.cooperation, row),
            consultation: recordId(record.key),
            cooperation: recordId(record.cooperation),
          },
        ];
      }),
    },
    {
      table: participant,
      rows: facts.consultations.flatMap((record) =>
        record.participants.map((taking, position) => {
          const row = partRow(record, `${record.key}/participants/${position}`);
          return {
            ...row,
            ...referenceTo(taking.member ?? taking.person, row),
            consultation: recordId(record.key),
            member: taking.member === undefined ? null : recordId(taking.member),
            person: personOf(taking),
            role: taking.role ?? null,
            position,
          };
        }),
      ),
    },
    {
      table: suggestion,
      rows: suggestions.map(({ of, record, position }) => ({
        ...partRow(of, record.key),
        consultation: recordId(of.key),
        text: record.text,
        count: record.count ?? null,
        position,
      })),
    },
    {
      table: suggestionAuthor,
      rows: suggestions.flatMap(({ of, record }) =>
        record.authors.map((author, position) => {
          const row = partRow(of, `${record.key}/authors/${position}`);
          return {
            ...row,
            ...referenceTo(author, row),
            suggestion: recordId(record.key),
            member: recordId(author),
            position,
          };
        }),
      ),
    },
    {
      table: adoption,
      rows: suggestions.flatMap(({ of, record }) =>
        record.adoptions.map((decision, position) => ({
          ...partRow(of, `${record.key}/adoptions/${position}`, decision.committee),
          suggestion: recordId(record.key),
          body: decision.body,
          bodyName: decision.bodyName,
          status: decision.status,
          reason: decision.reason ?? null,
          decided: decision.decided ?? null,
          position,
        })),
      ),
    },
    {
      table: reading,
      rows: facts.consultations.flatMap((record) =>
        record.readings.map(({ on, text, value, unit }, position) => ({
          ...partRow(record, `${record.key}/readings/${position}`),
          consultation: recordId(record.key),
          on: on ?? null,
          text,
          value: value ?? null,
          unit: unit ?? null,
          position,
        })),
      ),
    },
    {
      table: outcome,
      rows: facts.consultations.flatMap((record) =>
        record.outcomes.map(({ kind, title, on, body, description }, position) => ({
          ...partRow(record, `${record.key}/outcomes/${position}`),
          consultation: recordId(record.key),
          kind,
          title,
          on: on ?? null,
          body: body ?? null,
          description: description ?? null,
          position,
        })),
      ),
    },
    {
      table: plan,
      rows: facts.plans.map((record) => ({
        ...recordRow(record, record.committee),
        year: record.year,
        title: record.title,
        status: record.status,
      })),
    },
    {
      table: planItem,
      rows: facts.plans.flatMap((record) =>
        record.items.map(({ kind, localKind, title, count, consultation }, position) => ({
          ...recordRow({ ...record, key: `${record.key}/items/${position}` }, record.committee),
          plan: recordId(record.key),
          kind,
          localKind: localKind ?? null,
          title: title ?? null,
          count: count ?? null,
          consultation: consultation === undefined ? null : recordId(consultation),
          position,
        })),
      ),
    },
  ];
}

interface Target {
  readonly owner: string;
  readonly visibility: Visibility;
}

/** For rows that refer to a record of another subgraph: the audience of what a key names, as the subgraph that holds it has it. */
function audiencesOf(facts: Facts) {
  const targets = new Map<string, Target>();
  const hold = ({ key, visibility }: { key: string; visibility: Visibility }, committee: string) =>
    targets.set(key, { owner: currentCode(committee), visibility });
  // A person is kept by the committee that first speaks of them.
  const keeper = new Map<string, string>();
  for (const { person, committee } of [...facts.members, ...facts.posts])
    if (!keeper.has(person)) keeper.set(person, committee);
  for (const record of facts.people) {
    const committee = keeper.get(record.key);
    if (committee !== undefined) hold(record, committee);
  }
  for (const record of [...facts.members, ...facts.workstations]) hold(record, record.committee);
  for (const record of facts.cooperations)
    for (const { committee } of record.partners.slice(0, 1)) hold(record, committee);

  return (key: string | undefined, row: Target) => {
    const target = key === undefined ? row : targets.get(key);
    if (target === undefined) throw new Error(`packages/facts: ${key} names nothing that a consultation can refer to`);
    return { referenceOwner: target.owner, referenceVisibility: target.visibility };
  };
}
