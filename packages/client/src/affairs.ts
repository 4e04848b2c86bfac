/** What an agency does for itself, under no agreement: asks for one, and changes its keys. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { HubClientError, type UserError } from './error.ts';
import { type AgencyKey, publicHalf, type Signer } from './key.ts';

/** What an agency asks a committee to share. */
export interface SharingRequest {
  /** Code of the committee that is asked, `310117`. */
  readonly committee: string;
  /** Datasets of the catalogue with their fields as `Type.field`; `unmasked` are personal ones that are to be told as they are. */
  readonly datasets: readonly {
    readonly dataset: string;
    readonly fields: readonly string[];
    readonly unmasked?: readonly string[];
  }[];
  /** Codes of regions, each the committee's own or in it. */
  readonly regions: readonly string[];
  /** 用途 */
  readonly purpose: string;
  /** 法律依据 */
  readonly legalBasis: string;
  /** First and last day, `2026-12-31`; at most three years. */
  readonly validFrom: string;
  readonly validUntil: string;
  /** Records a day, at most 1,000,000; 10,000 unless said. */
  readonly rowsPerDay?: number;
  /** At most 6,000; 60 unless said. */
  readonly requestsPerMinute?: number;
  /** 16 to 200 characters: who sends the same one again gets the first request again. */
  readonly idempotencyKey?: string;
}

export interface RequestedSharing {
  /** What tokens name, and so what a client is made with once it is in force. */
  readonly id: string;
  /** `REQUESTED` until the committee drafts, approves or refuses it; `sharingAgreement(id:)` tells. */
  readonly status: string;
}

/** @throws HubClientError with `userErrors`, by the code of the first */
export async function mutate<Answer extends object>(
  connection: Connection,
  document: string,
  input: Readonly<Record<string, unknown>> & { readonly idempotencyKey: string },
): Promise<Answer> {
  const { data } = await connection.ask<{ data: { done: Answer & { readonly userErrors: readonly UserError[] } } }>(
    { path: '/graphql', body: { query: document, variables: { input } }, as: 'AGENCY' },
    { repeatable: true },
  );
  const { userErrors } = data.done;
  const [first] = userErrors;
  if (first) throw new HubClientError(first.code, first.message, { status: 200, userErrors });
  return data.done;
}

export async function requestSharing(
  connection: Connection,
  { idempotencyKey = randomUUID(), ...terms }: SharingRequest,
): Promise<RequestedSharing> {
  const { sharingAgreement } = await mutate<{ sharingAgreement: RequestedSharing }>(
    connection,
    'mutation ($input: RequestSharingInput!) { done: requestSharing(input: $input) { sharingAgreement { id status } userErrors { code path message } } }',
    { ...terms, idempotencyKey },
  );
  return sharingAgreement;
}

/** Registers the public half of a key, under the signature of one that is good. The same key twice is registered once. */
export async function registerKey(
  connection: Connection,
  agency: string,
  { key, kid }: { readonly key: AgencyKey; readonly kid: string },
): Promise<void> {
  await mutate(
    connection,
    'mutation ($input: AddAgencyKeyInput!) { done: addAgencyKey(input: $input) { agencyKey { id } userErrors { code path message } } }',
    { partnerAgency: agency, publicKey: publicHalf(key), idempotencyKey: `key ${kid}` },
  ).catch((error: unknown) => {
    if (!(error instanceof HubClientError) || error.code !== 'KEY_REGISTERED') throw error;
  });
}

const keysDocument = 'query ($agency: ID!) { partnerAgency(id: $agency) { keys { id kid status } } }';
interface KnownKey {
  readonly id: string;
  readonly kid: string;
  readonly status: 'ACTIVE' | 'RETIRED';
}

async function keysOf(connection: Connection, agency: string): Promise<readonly KnownKey[]> {
  const { data } = await connection.ask<{ data: { partnerAgency: { keys: readonly KnownKey[] } | null } }>(
    { path: '/graphql', body: { query: keysDocument, variables: { agency } }, as: 'AGENCY' },
    { repeatable: true },
  );
  return data.partnerAgency?.keys ?? [];
}

/** A gateway may have looked at an agency's keys a moment before one was registered. */
const attempts = 20;
const pauseMs = 100;

/** Waits until the hub takes what a new key signs. @param connection signs with the new key */
export async function isKnown(connection: Connection, agency: string, { kid }: Pick<Signer, 'kid'>): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      if ((await keysOf(connection, agency)).some((key) => key.kid === kid && key.status === 'ACTIVE')) return;
      throw new HubClientError('KEY_UNKNOWN', `The agency has no key ${kid} that is good.`);
    } catch (error) {
      const isEarly = error instanceof HubClientError && error.code === 'UNAUTHENTICATED' && attempt < attempts;
      if (!isEarly) throw error;
      await delay(pauseMs);
    }
}

export async function retireKey(connection: Connection, agency: string, kid: string): Promise<void> {
  const key = (await keysOf(connection, agency)).find((one) => one.kid === kid);
  if (!key) throw new HubClientError('KEY_UNKNOWN', `The agency has no key ${kid}.`);
  if (key.status === 'RETIRED') return;
  await mutate(
    connection,
    'mutation ($input: RetireAgencyKeyInput!) { done: retireAgencyKey(input: $input) { agencyKey { id } userErrors { code path message } } }',
    { agencyKey: key.id, idempotencyKey: `retire ${kid}` },
  );
}
