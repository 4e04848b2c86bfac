import { type Actor, agencyTokenType } from '@hub/access';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import { decodeJwt, decodeProtectedHeader, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Transport } from '../subgraphs.ts';
import { type AgreementTerms, type Sharing, sharingUnder, termsSelection } from './sharing.ts';

/** A token that an agency signed, verified. */
export interface AgencyToken {
  readonly sharing: Sharing;
  readonly kid: string;
  /** What it may be used once by. */
  readonly jti: string;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number;
  /** Why it may read nothing under the agreement that it names; its reads are refused and logged. */
  readonly refusal?: 'AGREEMENT_NOT_IN_FORCE';
}

interface AgencyAccess {
  readonly agency: string;
  readonly registeredBy: string;
  /** Read once: jose keeps what it makes of a key by the object that it is given. */
  readonly keys: readonly { readonly kid: string; readonly algorithm: string; readonly publicKey: JWK }[];
  readonly agreement: {
    readonly id: string;
    readonly status: string;
    readonly committee: { readonly code: string };
    readonly terms: AgreementTerms | null;
  } | null;
}

/** As it is answered, with keys as JSON. */
type AnsweredAccess = Omit<AgencyAccess, 'keys'> & {
  readonly keys: readonly { readonly kid: string; readonly algorithm: string; readonly publicKey: string }[];
};

const operation = `query ($agency: ID!, $agreement: ID) {
  agencyAccess(agency: $agency, agreement: $agreement) {
    agency registeredBy keys { kid algorithm publicKey } agreement { id status committee { code } terms { ${termsSelection} } }
  }
}`;
const gateway: Actor = { kind: 'FEED', subject: 'agencies' };

/** An agency signs for itself, so a token that it loses must be soon good for nothing. */
const longestSeconds = 300;
const toleranceSeconds = 5;
/**
 * How long what is known of an agency and its agreement is good for. Nothing is told by it alone: whatever is read is
 * logged first, and the log looks at the agreement as it is then.
 */
const knownMs = 500;
/** How soon it is asked for again where a key isn't known: one that was registered just now signs at once. */
const unknownMs = 50;

/** What a `jti` is: what is kept of it is compared, so it holds nothing that is written in two ways. */
const printable = /^[\x21-\x7e]{16,100}$/;

/** Whether a bearer token says that an agency signed it. */
export function isAgencyToken(token: string): boolean {
  try {
    return decodeProtectedHeader(token).typ === agencyTokenType;
  } catch {
    return false;
  }
}

export interface AgencyTokens {
  /** @throws HubError UNAUTHENTICATED */
  verify(token: string, requestId: string): Promise<AgencyToken>;
  /**
   * Looks whether what a token was good for still is: its key, and the agreement in the version that it was read under.
   * @throws HubError UNAUTHENTICATED, AGREEMENT_NOT_IN_FORCE
   */
  recheck(token: AgencyToken, requestId: string): Promise<void>;
  /** What an agency may read under an agreement, asked by no token; null where that isn't in force. */
  sharingUnder(agency: string, agreement: string, requestId: string): Promise<Sharing | null>;
}

/** Verifies tokens that agencies sign with keys of their own. */
export function agencyTokens(options: {
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** What `aud` must name. */
  readonly audience: string;
  /** Whether the graph knows any agency. */
  readonly isOffered: boolean;
}): AgencyTokens {
  const { transport, timeoutMs, audience, isOffered } = options;
  const known = new Map<string, { readonly access: Promise<AgencyAccess | null>; readonly at: number }>();

  async function ask(agency: string, agreement: string | null, requestId: string): Promise<AgencyAccess | null> {
    if (!isOffered) return null;
    const { result } = await transport
      .send('cooperation', { query: operation, variables: { agency, agreement } }, gateway, { requestId, timeoutMs })
      .catch(() => {
        throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'cooperation' });
      });
    if (result.errors) throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'cooperation' });
    const { agencyAccess } = result.data as { agencyAccess: AnsweredAccess | null };
    return (
      agencyAccess && {
        ...agencyAccess,
        keys: agencyAccess.keys.map((key) => ({ ...key, publicKey: JSON.parse(key.publicKey) as JWK })),
      }
    );
  }

  /** What is known of an agency, no older than that. */
  function accessOf(
    { agency, agreement }: { readonly agency: string; readonly agreement: string | null },
    requestId: string,
    oldestMs: number,
  ): Promise<AgencyAccess | null> {
    const now = Date.now();
    const name = `${agency} ${agreement ?? ''}`;
    const before = known.get(name);
    if (before && now - before.at < oldestMs) return before.access;
    if (known.size > 10_000) known.clear();
    const access = ask(agency, agreement, requestId);
    known.set(name, { access, at: now });
    access.catch(() => known.delete(name));
    return access;
  }

  async function verify(token: string, requestId: string): Promise<AgencyToken> {
    const { kid, ...who } = named(token);
    const { agency, agreement } = who;
    const keyIn = (given: AgencyAccess | null) => given?.keys.find((one) => one.kid === kid);
    const latest = await accessOf(who, requestId, knownMs);
    const access = keyIn(latest) ? latest : await accessOf(who, requestId, unknownMs);
    const key = keyIn(access);
    if (!access || !key) throw new HubError('UNAUTHENTICATED');
    const payload = await verified(token, key, { agency, audience });
    const signed = {
      kid: key.kid,
      jti: String(payload.jti),
      until: ((payload.exp ?? 0) + toleranceSeconds) * 1000,
    };
    if (agreement === null) return { ...signed, sharing: { agency, committee: access.registeredBy } };
    const { agreement: found } = access;
    const inForce = found?.status === 'IN_FORCE' && found.terms !== null;
    return found?.terms
      ? {
          ...signed,
          sharing: sharingUnder(agency, { id: found.id, committee: found.committee.code, terms: found.terms }),
          ...(!inForce && { refusal: 'AGREEMENT_NOT_IN_FORCE' }),
        }
      : { ...signed, sharing: { agency, committee: access.registeredBy }, refusal: 'AGREEMENT_NOT_IN_FORCE' };
  }

  return {
    verify,
    async sharingUnder(agency, agreement, requestId) {
      const found = (await accessOf({ agency, agreement }, requestId, knownMs))?.agreement;
      if (found?.status !== 'IN_FORCE' || !found.terms) return null;
      return sharingUnder(agency, { id: found.id, committee: found.committee.code, terms: found.terms });
    },
    async recheck({ sharing: { agency, agreement }, kid }, requestId) {
      const access = await accessOf({ agency, agreement: agreement?.id ?? null }, requestId, knownMs);
      if (!access?.keys.some((key) => key.kid === kid)) throw new HubError('UNAUTHENTICATED');
      const now = access.agreement;
      if (agreement && (now?.status !== 'IN_FORCE' || now.terms?.version !== agreement.version))
        throw new HubError('AGREEMENT_NOT_IN_FORCE');
    },
  };
}

/** Whose token it says that it is. @throws HubError UNAUTHENTICATED where it says nothing that could be so */
function named(token: string): { agency: string; agreement: string | null; kid: string } {
  try {
    const { kid } = decodeProtectedHeader(token);
    const { iss, agreement = null } = decodeJwt<{ agreement?: unknown }>(token);
    if (typeof kid === 'string' && typeof iss === 'string' && isId(iss)) {
      if (agreement === null) return { agency: iss, agreement, kid };
      if (typeof agreement === 'string' && isId(agreement)) return { agency: iss, agreement, kid };
    }
  } catch {
    // Refused below.
  }
  throw new HubError('UNAUTHENTICATED');
}

async function verified(
  token: string,
  key: AgencyAccess['keys'][number],
  { agency, audience }: { readonly agency: string; readonly audience: string },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, key.publicKey, {
      issuer: agency,
      audience,
      algorithms: [key.algorithm],
      typ: agencyTokenType,
      requiredClaims: ['iat', 'exp', 'jti'],
      maxTokenAge: longestSeconds,
      clockTolerance: toleranceSeconds,
    });
    const { jti, iat = 0, exp = 0 } = payload;
    if (typeof jti === 'string' && printable.test(jti) && exp - iat <= longestSeconds) return payload;
  } catch {
    // Refused below.
  }
  throw new HubError('UNAUTHENTICATED');
}
