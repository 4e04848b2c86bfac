import { CompactSign } from 'jose';
import { headerOf, type Kind, type Payload, writeCode, writePayload } from './code.ts';
import { readPrivateKey } from './key.ts';

/** Whose code it is: a member at a committee. */
export interface MemberClaims {
  /** UUID of the member. */
  readonly member: string;
  /** Code of the committee, six digits. */
  readonly committee: string;
}

/** Which part of a meeting the code is shown at. */
export interface PartClaims {
  /** UUID of the part. */
  readonly part: string;
}

/** Signs codes. A claim that is no UUID, no code of six digits, or a time that is over is a RangeError. */
export interface DutyCodeIssuer {
  /** 履职码: the code of a member, valid from now. */
  member(claims: MemberClaims & { readonly expires: Date }): Promise<string>;
  /** 会议签到码: the code of a part of a meeting, valid from now. */
  part(claims: PartClaims & { readonly expires: Date }): Promise<string>;
}

/** @param privateKey what `createDutyCodeKey` made; anything else is a TypeError */
export function dutyCodeIssuer(privateKey: string): DutyCodeIssuer {
  const key = readPrivateKey(privateKey);

  async function issue(kind: Kind, claims: Omit<Payload, 'issued'>): Promise<string> {
    const issued = new Date();
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(claims.id)) throw new RangeError(`${kind} is not a UUID`);
    if (!(claims.expires > issued)) throw new RangeError('expires is not later than now');
    const jws = await new CompactSign(writePayload({ ...claims, issued }))
      .setProtectedHeader(headerOf({ kind, kid: key.kid }))
      .sign(key);
    const [, payload = '', signature = ''] = jws.split('.');
    return writeCode({ kind, kid: key.kid, payload, signature });
  }

  return {
    member: async ({ member, committee, expires }) => {
      if (!/^\d{6}$/.test(committee)) throw new RangeError('committee is not a code of six digits');
      return issue('member', { id: member, committee, expires });
    },
    part: ({ part, expires }) => issue('part', { id: part, expires }),
  };
}
