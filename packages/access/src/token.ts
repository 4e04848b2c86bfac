import { HubError, malformed } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committee, currentCode } from '@hub/regions';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { type Actor, type Duty, duties, PUBLIC } from './actor.ts';
import { receiptHash } from './receipt.ts';

/** RFC 9068: an access token says that it is one, so that no other JWT of the same issuer passes for it. */
export const tokenType = 'at+jwt';
/** What a token says that a partner agency signed itself. */
export const agencyTokenType = 'agency+jwt';
/** Clocks differ: for so long after its end a token is still good. */
const toleranceSeconds = 5;
// None of them symmetric: who can verify must not be able to sign.
const algorithms = ['EdDSA', 'ES256', 'PS256', 'RS256'];

/** What the hub reads of a token besides `sub`, `iss`, `aud` and `exp`. */
export interface TokenClaims {
  readonly role: 'member' | 'staff' | 'department' | 'liaison' | 'operator';
  /** Code of the committee; for a member it stands with each membership. */
  readonly committee?: string;
  /** The memberships of a person, one for each committee; `convenes` are ids of sectors and groups. */
  readonly membership?: readonly {
    readonly id: string;
    readonly committee: string;
    readonly convenes?: readonly string[];
  }[];
  /** What staff is charged with. */
  readonly duties?: readonly string[];
  /** The office of staff: the id of an organization. */
  readonly office?: string;
  /** The department that somebody answers for: the id of an organization. */
  readonly department?: string;
}

/** Makes an actor of a bearer token, or throws UNAUTHENTICATED; without a token it is the public. */
export type Authenticate = (
  token: string | undefined,
  asked?: {
    /** X-Acting-Membership: as which of their memberships a person acts. */
    readonly membership?: string | undefined;
    /** X-Receipt: the code under which something was filed without a token. */
    readonly receipt?: string | undefined;
  },
) => Promise<Actor>;

/**
 * @param keys a JWKS, or the address of one
 * @param unusable is told of a token that was signed well, by the name of the claim that says what can't be: whoever keeps the
 * identity provider can mend it, and its bearer can't
 */
export function authenticator(
  keys: JSONWebKeySet | URL,
  expected: { readonly issuer: string; readonly audience: string },
  unusable: (claim: string) => void = () => undefined,
): Authenticate {
  const keySet: JWTVerifyGetKey =
    keys instanceof URL ? createRemoteJWKSet(keys, { timeoutDuration: 5_000 }) : createLocalJWKSet(keys);
  return async (token, { membership, receipt } = {}) => {
    if (token === undefined) return receipt === undefined ? PUBLIC : { kind: 'PUBLIC', receipt: receiptHash(receipt) };
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keySet, {
        ...expected,
        algorithms,
        typ: tokenType,
        requiredClaims: ['sub', 'exp', 'role'],
        clockTolerance: toleranceSeconds,
      }));
    } catch (error) {
      throw new HubError(saysTheTokenIsBad(error) ? 'UNAUTHENTICATED' : 'IDENTITY_PROVIDER_UNAVAILABLE');
    }
    const actor = actorOf(payload as JWTPayload & TokenClaims, membership);
    if (typeof actor === 'string') {
      unusable(actor);
      throw new HubError('UNAUTHENTICATED');
    }
    return actor;
  };
}

/** When a token that was verified stops being good, in milliseconds since 1970. */
export function expiryOf(token: string): number {
  return ((decodeJwt(token).exp ?? 0) + toleranceSeconds) * 1000;
}

/** Whether it is the token's fault, and not that of the way to the keys. */
function saysTheTokenIsBad(error: unknown): boolean {
  return error instanceof errors.JOSEError && !['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT'].includes(error.code);
}

/** @returns an actor, or the name of the claim without which there is none */
function actorOf(claims: JWTPayload & TokenClaims, actingMembership: string | undefined): Actor | string {
  const subject = claims.sub ?? '';
  const place = (code: unknown) => (typeof code === 'string' && committee(code) ? currentCode(code) : undefined);
  const code = place(claims.committee);
  switch (claims.role) {
    case 'member': {
      const memberships = Array.isArray(claims.membership) ? claims.membership : [];
      if (memberships.length === 0) return 'membership';
      if (!memberships.every((one) => isIdOf(one?.id))) return 'membership[].id';
      // Acting as someone one is not is refused; with one membership there is nothing to choose.
      const chosen =
        actingMembership === undefined ? memberships[0] : memberships.find(({ id }) => id === actingMembership);
      if (!chosen) throw malformed('NOT_YOUR_MEMBERSHIP');
      const at = place(chosen.committee);
      if (at === undefined) return 'membership[].committee';
      return {
        kind: 'MEMBER',
        subject,
        member: chosen.id,
        committee: at,
        memberships: memberships.map(({ id }) => id),
        convenes: texts(chosen.convenes).filter(isId),
      };
    }
    case 'staff': {
      if (code === undefined) return 'committee';
      if (claims.office !== undefined && !isIdOf(claims.office)) return 'office';
      const charged = duties.filter((duty: Duty) => texts(claims.duties).includes(duty));
      return {
        kind: 'STAFF',
        subject,
        committee: code,
        duties: charged,
        ...(claims.office && { office: claims.office }),
      };
    }
    case 'department':
      if (code === undefined) return 'committee';
      return isIdOf(claims.department)
        ? { kind: 'DEPARTMENT', subject, committee: code, department: claims.department }
        : 'department';
    case 'liaison':
      return code === undefined ? 'committee' : { kind: 'LIAISON', subject, committee: code };
    case 'operator':
      return { kind: 'OPERATOR', subject };
    default:
      return 'role';
  }
}

const isIdOf = (claim: unknown): claim is string => typeof claim === 'string' && isId(claim);

/** Texts of a claim that should list some; what else a token may hold there is none. */
function texts(claim: unknown): readonly string[] {
  return Array.isArray(claim) ? claim.filter((one) => typeof one === 'string') : [];
}
