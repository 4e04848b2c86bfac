/** A partner agency for a test: it has a key of its own, asks for agreements and reads under them. */
import { randomUUID } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type Hub, names, type Reply } from './hub.ts';

/** A key pair of an agency. */
export interface AgencyKeyPair {
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly privateKey: CryptoKey;
  /** The public half as JSON. */
  readonly publicKey: string;
}

export async function agencyKeyPair(algorithm: AgencyKeyPair['algorithm'] = 'EdDSA'): Promise<AgencyKeyPair> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  return {
    kid: await calculateJwkThumbprint(publicJwk),
    algorithm,
    privateKey: pair.privateKey,
    publicKey: JSON.stringify(publicJwk),
  };
}

/** What a token of an agency says, where it isn't what it should. */
export interface TokenParts {
  readonly key?: AgencyKeyPair;
  readonly type?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly claims?: JWTPayload;
  readonly lifetime?: string;
}

export interface TestAgency {
  readonly id: string;
  readonly key: AgencyKeyPair;
  /** A token of its own, good once; of an agreement where one is named. */
  token(agreement?: string, parts?: TokenParts): Promise<string>;
  /** Asks with a new token. */
  ask(query: string, options?: { variables?: Record<string, unknown>; agreement?: string }): Promise<Reply>;
  /** Asks for an agreement, and has it drafted and approved by two people of the committee. @returns its id */
  agree(terms: Terms): Promise<string>;
  /** Asks for an agreement. @returns its id */
  request(terms: Terms): Promise<string>;
}

export interface Terms {
  readonly committee: string;
  readonly datasets: readonly { dataset: string; fields: readonly string[]; unmasked?: readonly string[] }[];
  readonly regions: readonly string[];
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly rowsPerDay?: number;
  readonly requestsPerMinute?: number;
}

const day = (offset: number) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
// Of the moment: this module is loaded once for many files.
export const yesterday = () => day(-1);
export const today = () => day(0);
export const nextMonth = () => day(30);

/** Two people of a committee who are charged with sharing. */
export const officers = (hub: Hub, committee: string) => ({
  first: hub.issuer.issue(`first-${committee}`, { role: 'staff', committee, duties: ['sharing'] }),
  second: hub.issuer.issue(`second-${committee}`, { role: 'staff', committee, duties: ['sharing'] }),
});

/** 统一社会信用代码 that its last character checks. */
export const creditCodes = ['91350100M000100Y43', '123300004700000005'] as const;

/** Registers an agency with a committee. */
export async function registerAgency(
  hub: Hub,
  committee: string,
  options: { name?: string; creditCode?: string; key?: AgencyKeyPair } = {},
): Promise<TestAgency> {
  const { name = '某市卫生健康委员会', creditCode = creditCodes[0], key = await agencyKeyPair() } = options;
  const { first } = officers(hub, committee);
  const { registerAgency: made } = await hub.do(
    'mutation ($input: RegisterAgencyInput!) { registerAgency(input: $input) { partnerAgency { id } userErrors { code path } } }',
    { input: { name, creditCode, publicKey: key.publicKey } },
    await first,
  );
  if (!made.partnerAgency) throw new Error(JSON.stringify(made.userErrors));
  const { id } = made.partnerAgency;

  const token: TestAgency['token'] = (agreement, parts = {}) => {
    const by = parts.key ?? key;
    return new SignJWT({ ...(agreement !== undefined && { agreement }), jti: randomUUID(), ...parts.claims })
      .setProtectedHeader({ alg: by.algorithm, typ: parts.type ?? 'agency+jwt', kid: by.kid })
      .setIssuer(parts.issuer ?? id)
      .setAudience(parts.audience ?? names.audience)
      .setIssuedAt()
      .setExpirationTime(parts.lifetime ?? '60s')
      .sign(by.privateKey);
  };
  const request = async ({ committee: asked, ...terms }: Terms): Promise<string> => {
    const reply = await hub.do(
      'mutation ($input: RequestSharingInput!) { requestSharing(input: $input) { sharingAgreement { id } userErrors { code path message } } }',
      {
        input: {
          purpose: '研究区域医疗合作',
          legalBasis: '政务数据共享条例',
          validFrom: today(),
          validUntil: nextMonth(),
          ...terms,
          committee: asked,
        },
      },
      await token(),
    );
    const { sharingAgreement, userErrors } = reply.requestSharing;
    if (!sharingAgreement) throw new Error(JSON.stringify(userErrors));
    return sharingAgreement.id;
  };
  return {
    id,
    key,
    token,
    request,
    ask: async (query, { variables, agreement } = {}) =>
      hub.ask(query, { ...(variables && { variables }), token: await token(agreement) }),
    async agree(terms) {
      const agreement = await request(terms);
      const { first: drafter, second: approver } = officers(hub, terms.committee);
      await step(hub, 'draftSharing', { sharingAgreement: agreement }, await drafter);
      await step(hub, 'approveSharing', { sharingAgreement: agreement, version: 2 }, await approver);
      return agreement;
    },
  };
}

/** Takes a step on an agreement, and fails where it isn't taken. */
export async function step(
  hub: Hub,
  name: string,
  input: Record<string, unknown>,
  token: string,
): Promise<{ id: string; status: string }> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const reply = await hub.do(
    `mutation ($input: ${type}!) { ${name}(input: $input) { sharingAgreement { id status } userErrors { code path message } } }`,
    { input },
    token,
  );
  const { sharingAgreement, userErrors } = reply[name];
  if (userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(userErrors)}`);
  return sharingAgreement;
}
