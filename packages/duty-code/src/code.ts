/**
 * A code as text: `CPPCC1.<M or P>.<kid>.<payload>.<signature>`, 141 characters for a member and 137 for a part. It is a
 * compact JWS (RFC 7515) whose header isn't sent: kind and kid tell all of it, and a QR code has little room. The payload
 * is big-endian: issued and expires in seconds since 1970 (4 bytes each), the UUID (16), and for a member the committee (3).
 */
import { algorithm } from './key.ts';

const prefix = 'CPPCC1';
const kinds = {
  member: { letter: 'M', type: 'cppcc-member-code', payloadLength: 36 },
  part: { letter: 'P', type: 'cppcc-part-code', payloadLength: 32 },
} as const;
export type Kind = keyof typeof kinds;

const longest = 141;
// The last of a signature's 86 characters holds two bits: with the other four free, one code would have sixteen spellings.
const pattern = new RegExp(`^${prefix}\\.([MP])\\.([\\w-]{8})\\.([\\w-]{32,36})\\.([\\w-]{85}[AQgw])$`);

export interface SignedCode {
  readonly kind: Kind;
  readonly kid: string;
  readonly payload: string;
  readonly signature: string;
}

export interface Payload {
  readonly issued: Date;
  readonly expires: Date;
  /** UUID of the member or of the part. */
  readonly id: string;
  /** Code of a member's committee, six digits; a part has none. */
  readonly committee?: string;
}

/** The JWS header that the signature covers: a code of one kind never verifies as one of the other. */
export function headerOf({ kind, kid }: Pick<SignedCode, 'kind' | 'kid'>): { alg: string; typ: string; kid: string } {
  return { alg: algorithm, typ: kinds[kind].type, kid };
}

export function writeCode({ kind, kid, payload, signature }: SignedCode): string {
  return [prefix, kinds[kind].letter, kid, payload, signature].join('.');
}

/** Takes a text apart and verifies nothing; undefined where it has not the form of a code. */
export function readCode(text: string): SignedCode | undefined {
  if (text.length > longest) return undefined;
  const [, letter, kid = '', payload = '', signature = ''] = pattern.exec(text) ?? [];
  const kind = letter === kinds.member.letter ? 'member' : 'part';
  return payload.length === kinds[kind].payloadLength ? { kind, kid, payload, signature } : undefined;
}

/** The last time that a code can name, in milliseconds: its seconds have 32 bits. */
export const lastExpiry = 0xffff_ffff * 1000;

/** Throws a RangeError for a time outside of 1970 to 2106. */
export function writePayload({ issued, expires, id, committee }: Payload): Buffer {
  const bytes = Buffer.alloc(committee === undefined ? 24 : 27);
  bytes.writeUInt32BE(Math.floor(issued.getTime() / 1000), 0);
  bytes.writeUInt32BE(Math.floor(expires.getTime() / 1000), 4);
  bytes.write(id.replaceAll('-', ''), 8, 'hex');
  if (committee !== undefined) bytes.writeUIntBE(Number(committee), 24, 3);
  return bytes;
}

export function readPayload(bytes: Buffer): Payload {
  const times = { issued: new Date(bytes.readUInt32BE(0) * 1000), expires: new Date(bytes.readUInt32BE(4) * 1000) };
  const id = bytes.toString('hex', 8, 24).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return bytes.length === 24
    ? { ...times, id }
    : { ...times, id, committee: String(bytes.readUIntBE(24, 3)).padStart(6, '0') };
}
