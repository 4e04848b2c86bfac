import { generateKeyPairSync } from 'node:crypto';
import type { Actor } from '@hub/access';
import { recordId } from '@hub/facts';
import {
  agencyReading,
  department,
  everyone,
  liaison,
  member,
  operator,
  agency as otherAgency,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencyKeyMachine } from '../src/agencies/agency-key.machine.ts';
import { isCreditCode } from '../src/agencies/credit-code.ts';
import { partnerAgencyMachine } from '../src/agencies/partner-agency.machine.ts';
import { sharingAgreementMachine } from '../src/sharing/sharing-agreement.machine.ts';
import { cooperation } from '../src/subgraph.ts';
import { shangrao, songjiang } from './steps.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(cooperation, 'empty');
});
afterAll(() => subgraph.stop());

const officer: Actor = { kind: 'STAFF', subject: 'officer', committee: songjiang, duties: ['sharing'] };
const drafter: Actor = { ...officer, subject: 'drafter' };
const strangers: readonly Actor[] = [
  everyone,
  otherAgency,
  operator,
  staff(shangrao),
  staff('310000'),
  member('made/member', songjiang),
  department(songjiang, recordId('made/department')),
  liaison(songjiang),
  { kind: 'STAFF', subject: 'other-duty', committee: songjiang, duties: ['proposals'] },
];

const publicKey = () => JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
let registered = 0;
/** 统一社会信用代码 of agencies that there are not, each another. */
function creditCode(): string {
  registered += 1;
  const body = `12310117${String(registered).padStart(9, '0')}`;
  const code = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((last) => body + last).find(isCreditCode);
  if (code === undefined) throw new Error(`${body} has no last character`);
  return code;
}
const registration = () => ({ name: `机构${registered}`, creditCode: creditCode(), publicKey: publicKey() });

/** The id of the record that a mutation made or changed. */
async function done(name: string, field: string, input: object, as: Actor): Promise<string> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await subgraph.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${field} { id } userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const payload = data?.[name];
  if (!payload?.[field]) throw new Error(`${name} ends in ${JSON.stringify(payload?.userErrors ?? errors)}`);
  return payload[field].id;
}
const registeredAgency = () => done('registerAgency', 'partnerAgency', registration(), officer);

describe('the machines', () => {
  test('of a partner agency: every step from every state', async () => {
    const { faults, tried } = await walk({
      machine: partnerAgencyMachine,
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: officer },
      strangers,
      reader: officer,
      inputs: {
        registerAgency: registration,
        closeAgency: (partnerAgency) => ({ partnerAgency, reason: '机构撤销' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  });

  test('of its key: every step from every state, by the agency and by staff who registered it', async () => {
    const partnerAgency = await registeredAgency();
    const { faults, tried } = await walk({
      machine: agencyKeyMachine,
      ask: (query, options) => subgraph.ask(query, options),
      as: { STAFF: officer, AGENCY: agencyReading(partnerAgency, ['000000']) },
      strangers,
      reader: officer,
      inputs: {
        addAgencyKey: () => ({ partnerAgency, publicKey: publicKey() }),
        retireAgencyKey: (agencyKey) => ({ agencyKey }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(10);
  });

  test('of a sharing agreement: every step from every state; whoever drafts isn’t who approves', async () => {
    const agency = await registeredAgency();
    const latest = async (id: string): Promise<number> => {
      const { data } = await subgraph.ask('query ($id: ID!) { sharingAgreement(id: $id) { versions { version } } }', {
        as: officer,
        variables: { id },
      });
      return data?.sharingAgreement?.versions[0]?.version ?? 1;
    };
    const amended = (sharingAgreement: string) =>
      done('amendSharing', 'sharingAgreement', { sharingAgreement }, drafter);
    const { faults, tried } = await walk({
      machine: sharingAgreementMachine,
      ask: async (query, options) => {
        const isOfficers = options?.as === officer;
        const { sharingAgreement } = (options?.variables?.['input'] ?? {}) as { sharingAgreement?: string };
        if (isOfficers && query.includes('approveSharingAmendment(')) {
          // There is something to approve once somebody else drafted it, where that may be.
          await amended(sharingAgreement ?? '').catch(() => undefined);
        }
        const isDraft = /\b(draftSharing|amendSharing)\(/.test(query);
        return subgraph.ask(query, isDraft && isOfficers ? { ...options, as: drafter } : options);
      },
      as: { STAFF: officer, AGENCY: agencyReading(agency, ['000000']) },
      strangers,
      reader: officer,
      inputs: {
        requestSharing: () => ({
          committee: songjiang,
          datasets: [{ dataset: 'cooperations', fields: ['Cooperation.title'] }],
          regions: [songjiang],
          purpose: '研究区域医疗合作',
          legalBasis: '政务数据共享条例',
          validFrom: '2026-01-01',
          validUntil: '2028-12-31',
        }),
        draftSharing: (sharingAgreement) => ({ sharingAgreement }),
        amendSharing: (sharingAgreement) => ({ sharingAgreement }),
        approveSharing: async (sharingAgreement) => ({ sharingAgreement, version: await latest(sharingAgreement) }),
        approveSharingAmendment: async (sharingAgreement) => ({
          sharingAgreement,
          version: (await latest(sharingAgreement)) + 1,
        }),
        refuseSharing: (sharingAgreement) => ({ sharingAgreement, reason: '理由' }),
        withdrawSharingRequest: (sharingAgreement) => ({ sharingAgreement }),
        suspendSharing: (sharingAgreement) => ({ sharingAgreement, reason: '理由' }),
        resumeSharing: (sharingAgreement) => ({ sharingAgreement }),
        revokeSharing: (sharingAgreement) => ({ sharingAgreement, reason: '理由' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });
});
