import type { ImportBatch } from '@hub/database';
import { recordId, recordRow } from '@hub/facts';
import { consultation, host, hostPlatform, outcome, participant, suggestion } from '../src/tables.ts';

type Visibility = 'PRIVATE' | 'INTERNAL' | 'MEMBERS' | 'UPWARD' | 'JOINT' | 'PUBLIC';

interface Given {
  readonly key: string;
  /** The committee that leads, then those that host with it. */
  readonly hosts: readonly [string, ...string[]];
  readonly visibility?: Visibility;
  readonly subjects?: readonly string[];
  readonly title?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly deleted?: string;
}

/** The columns of a row that belongs to a consultation. */
export function partRow({ hosts, visibility = 'PUBLIC', subjects = [] }: Given, key: string, owner: string = hosts[0]) {
  const parties = visibility === 'JOINT' ? hosts : [];
  return recordRow({ key, visibility }, owner, { parties, subjects });
}

/** A consultation with its hosts, one suggestion and one outcome. */
export function consultationRows(given: Given): ImportBatch[] {
  const { key, hosts, title = key, kind = 'TOPICAL', status = 'HELD', deleted = null } = given;
  const id = recordId(key);
  return [
    { table: consultation, rows: [{ ...partRow(given, key), title, kind, status, deleted }] },
    {
      table: host,
      rows: hosts.map((committee, position) => ({
        ...partRow(given, `${key}/hosts/${position}`),
        consultation: id,
        committee,
        committeeAsFiled: committee,
        role: position === 0 ? 'LEAD' : 'CO_HOST',
        position,
      })),
    },
    {
      table: suggestion,
      rows: [{ ...partRow(given, `${key}/suggestion`), consultation: id, text: `${title}的建议`, position: 0 }],
    },
    {
      table: outcome,
      rows: [
        { ...partRow(given, `${key}/outcome`), consultation: id, kind: 'POLICY', title: `${title}的成果`, position: 0 },
      ],
    },
  ];
}

interface Reference {
  readonly owner: string;
  readonly visibility: Visibility;
}

/** A member who takes part, whose own record has the given audience. */
export function participantRows(given: Given, member: string, reference: Reference): ImportBatch[] {
  const row = {
    ...partRow(given, `${given.key}/participants/${member}`),
    referenceOwner: reference.owner,
    referenceVisibility: reference.visibility,
    consultation: recordId(given.key),
    member: recordId(member),
    person: recordId(`${member}/person`),
    role: '发言',
    position: 0,
  };
  return [{ table: participant, rows: [row] }];
}

/** The workstation through which the lead hosts, whose own record has the given audience. */
export function platformRows(given: Given, workstation: string, reference: Reference): ImportBatch[] {
  const row = {
    ...partRow(given, `${given.key}/platform`),
    referenceOwner: reference.owner,
    referenceVisibility: reference.visibility,
    consultation: recordId(given.key),
    host: recordId(`${given.key}/hosts/0`),
    workstation: recordId(workstation),
    name: '内部平台',
  };
  return [{ table: hostPlatform, rows: [row] }];
}
