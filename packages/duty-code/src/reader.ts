import { compactVerify, errors } from 'jose';
import { headerOf, type Kind, type Payload, readCode, readPayload } from './code.ts';
import type { MemberClaims, PartClaims } from './issuer.ts';
import { readPublicKeys } from './key.ts';

/**
 * Why a code isn't accepted. MALFORMED: no code at all, or not a whole one. FORGED: a known key is named, which didn't
 * sign it. WRONG_KIND: a member's code where a part's is asked for, or the other way round.
 */
export type Refusal = 'MALFORMED' | 'FORGED' | 'EXPIRED' | 'NOT_YET_VALID' | 'UNKNOWN_KEY' | 'WRONG_KIND';

interface Refused {
  readonly ok: false;
  readonly reason: Refusal;
}

/** A code that was read: what it says, to the second, or why it isn't accepted. */
export type ReadCode<Claims> =
  | ({ readonly ok: true; readonly issued: Date; readonly expires: Date } & Claims)
  | Refused;

/**
 * Reads codes with one signature to verify at the most, and throws for no text.
 * `at` is the time of the scan and may be past, as a phone may have been offline; whether to believe it is for the caller.
 */
export interface DutyCodeReader {
  member(code: string, at: Date): Promise<ReadCode<MemberClaims>>;
  part(code: string, at: Date): Promise<ReadCode<PartClaims>>;
}

// What the clocks of a phone and of the hub may differ by.
const clockTolerance = 2 * 60_000;

/** @param publicKeys what `publicDutyCodeKeys` made; a key of another sort in it is a TypeError */
export function dutyCodeReader(publicKeys: string): DutyCodeReader {
  const keys = readPublicKeys(publicKeys);

  async function read(kind: Kind, text: string, at: Date): Promise<({ ok: true } & Payload) | Refused> {
    const code = readCode(text);
    if (!code) return refused('MALFORMED');
    if (code.kind !== kind) return refused('WRONG_KIND');
    const key = keys.get(code.kid);
    if (!key) return refused('UNKNOWN_KEY');
    const header = Buffer.from(JSON.stringify(headerOf(code))).toString('base64url');
    const verified = await compactVerify(`${header}.${code.payload}.${code.signature}`, key).catch((error: unknown) => {
      if (error instanceof errors.JWSSignatureVerificationFailed) return undefined;
      throw error;
    });
    if (!verified) return refused('FORGED');
    const payload = readPayload(Buffer.from(verified.payload));
    // Asked this way round, so that a time that is none is refused.
    if (!(at.getTime() >= payload.issued.getTime() - clockTolerance)) return refused('NOT_YET_VALID');
    if (at.getTime() >= payload.expires.getTime() + clockTolerance) return refused('EXPIRED');
    return { ok: true, ...payload };
  }

  return {
    member: async (text, at) => {
      const found = await read('member', text, at);
      if (!found.ok) return found;
      const { id, committee = '', ...times } = found;
      return { ...times, member: id, committee };
    },
    part: async (text, at) => {
      const found = await read('part', text, at);
      if (!found.ok) return found;
      const { id, ...times } = found;
      return { ...times, part: id };
    },
  };
}

function refused(reason: Refusal): Refused {
  return { ok: false, reason };
}
