import { daysOf, type ImportBatch } from '@hub/database';
import { type Facts, recordId, recordRow } from '@hub/facts';
import { currentCode } from '@hub/regions';
import {
  activity,
  livelihoodItem,
  participation,
  programme,
  programmeStaffing,
  serviceRequest,
  workstation,
  workstationStaffing,
} from './tables.ts';

const idOf = (key: string | undefined) => (key === undefined ? null : recordId(key));
const regionOf = (code: string | undefined) => ({
  region: code === undefined ? null : currentCode(code),
  regionAsFiled: code ?? null,
});

/** The facts of this subgraph as rows of its tables. */
export function factsAsRows(facts: Facts): readonly ImportBatch[] {
  const reference = referencesTo(facts);
  /** A part of a whole record, named after it and seen by those who see it. */
  const partRow = (whole: Kept & { readonly source: string }, part: string) =>
    recordRow({ ...whole, key: `${whole.key}/${part}` }, whole.committee);

  return [
    {
      table: workstation,
      rows: facts.workstations.map((record) => ({
        ...recordRow(record, record.committee),
        name: record.name,
        kind: record.kind,
        localKind: record.localKind ?? null,
        status: record.status,
        ...regionOf(record.region),
        place: record.place ?? null,
        opened: record.opened ?? null,
        openedFrom: daysOf(record.opened).from,
        description: record.description ?? null,
        openDays: record.openDays,
        figures: record.figures,
      })),
    },
    {
      table: workstationStaffing,
      rows: facts.workstations.flatMap((record) =>
        record.staffing.map((staff, position) => ({
          ...partRow(record, `staffing/${position}`),
          ...reference.audience(staff, record),
          workstation: recordId(record.key),
          member: recordId(staff.member),
          role: staff.role ?? null,
          position,
        })),
      ),
    },
    {
      table: livelihoodItem,
      rows: facts.workstations.flatMap((record) =>
        record.livelihoodItems.map((item, position) => ({
          ...recordRow({ ...record, key: item.key }, record.committee),
          workstation: recordId(record.key),
          title: item.title,
          year: item.year ?? null,
          status: item.status,
          finished: item.finished ?? null,
          description: item.description ?? null,
          figures: item.figures,
          position,
        })),
      ),
    },
    {
      table: programme,
      rows: facts.programmes.map((record) => ({
        ...recordRow(record, record.committee),
        name: record.name,
        started: record.started ?? null,
        startedFrom: daysOf(record.started).from,
        description: record.description ?? null,
        figures: record.figures,
      })),
    },
    {
      table: programmeStaffing,
      rows: facts.programmes.flatMap((record) =>
        record.staffing.map((staff, position) => ({
          ...partRow(record, `staffing/${position}`),
          ...reference.audience(staff, record),
          ...reference.ids(staff),
          programme: recordId(record.key),
          role: staff.role ?? null,
          position,
        })),
      ),
    },
    {
      table: activity,
      rows: facts.activities.map((record) => {
        const { from, until } = daysOf(record.held);
        return {
          ...recordRow(record, record.committee),
          title: record.title,
          kind: record.kind,
          held: record.held ?? null,
          heldFrom: from,
          heldUntil: until,
          workstation: idOf(record.workstation),
          programme: idOf(record.programme),
          ...regionOf(record.region),
          place: record.place ?? null,
          description: record.description ?? null,
          figures: record.figures,
        };
      }),
    },
    {
      table: participation,
      rows: facts.activities.flatMap((record) =>
        record.participants.map((participant, position) => ({
          ...partRow(record, `participants/${position}`),
          ...reference.audience(participant, record),
          ...reference.ids(participant),
          activity: recordId(record.key),
          role: participant.role ?? null,
          position,
        })),
      ),
    },
    {
      table: serviceRequest,
      rows: facts.serviceRequests.map((record) => {
        const { from, until } = daysOf(record.requested);
        return {
          ...recordRow(record, record.committee),
          kind: record.kind,
          title: record.title,
          description: record.description ?? null,
          filedAs: record.filedAs ?? null,
          status: record.status,
          requested: record.requested ?? null,
          requestedFrom: from,
          requestedUntil: until,
          resolution: record.resolution ?? null,
          resolved: record.resolved ?? null,
          workstation: idOf(record.workstation),
          ...regionOf(record.region),
          figures: record.figures,
        };
      }),
    },
  ];
}

type Visibility = Facts['people'][number]['visibility'];
interface Kept {
  readonly key: string;
  readonly committee: string;
  readonly visibility: Visibility;
}
interface Taking {
  readonly member?: string | undefined;
  readonly person?: string | undefined;
}

/** How a row refers to the member or person who takes part in it. */
function referencesTo(facts: Facts) {
  const members = new Map(facts.members.map((record) => [record.key, record]));
  // A person is kept by the committee that first speaks of them.
  const keepers = new Map<string, string>();
  for (const { person, committee } of [...facts.members, ...facts.posts])
    if (!keepers.has(person)) keepers.set(person, committee);
  const people = new Map(
    facts.people.map(({ key, visibility }) => [key, { key, visibility, committee: keepers.get(key) }]),
  );

  return {
    /** The audience of whom the row refers to; where it is nobody, the row's own. */
    audience: ({ member, person }: Taking, row: Kept) => {
      const target = member ? members.get(member) : person ? people.get(person) : row;
      if (!target?.committee)
        throw new Error(`packages/facts: ${row.key} refers to ${member ?? person}, whom nobody keeps`);
      return { referenceOwner: currentCode(target.committee), referenceVisibility: target.visibility };
    },
    /** Of a member the person too, unless the person is hidden where the member isn't: the row has one audience. */
    ids: ({ member, person }: Taking) => {
      const key = person ?? members.get(member ?? '')?.person;
      const named = key !== undefined && (person !== undefined || people.get(key)?.visibility === 'PUBLIC');
      return { member: idOf(member), person: named ? recordId(key) : null };
    },
  };
}
