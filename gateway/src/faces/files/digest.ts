import { HubError, malformed } from '@hub/errors';
import type { FastifyRequest } from 'fastify';

/** How much of a form is looked at for the header of its first part. */
const headerBytes = 16 * 1024;

/**
 * The SHA-256 sums that a client sends along with a file (RFC 9530), in the header of the request or of the part. Call it
 * before anything reads the body.
 * @returns a check of the received file's sum, which throws DIGEST_MISMATCH
 */
export function announcedDigests({ headers, raw }: FastifyRequest): (received: Buffer) => void {
  let start = '';
  // The parser of forms keeps the headers of parts to itself.
  raw.on('data', (piece: Buffer) => {
    if (start.length < headerBytes) start += piece.toString('latin1', 0, headerBytes);
  });
  return (received) => {
    const ofPart = [...headerOf(start).matchAll(/^(?:repr|content)-digest:(.*)$/gim)].map(([, value = '']) => value);
    const announced = [headers['repr-digest'], headers['content-digest'], ...ofPart].flatMap(sha256In);
    if (announced.some((sum) => !sum.equals(received))) throw new HubError('DIGEST_MISMATCH');
  };
}

const headerOf = (form: string) => form.slice(0, Math.max(0, form.indexOf('\r\n\r\n')));

/**
 * Sums by other algorithms are passed over, as RFC 9530 allows.
 * @throws HubError BAD_REQUEST for one of SHA-256 that isn't written as RFC 8941 has it: its sender would take the file for checked
 */
function sha256In(field: string | readonly string[] | undefined): Buffer[] {
  const members = String(field ?? '')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return members.flatMap((member) => {
    const [, algorithm = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(member) ?? [];
    if (algorithm.trim().toLowerCase() !== 'sha-256' && isMember.test(member)) return [];
    const [, sum] = /^:([A-Za-z0-9+/]{43}=):$/.exec(value) ?? [];
    if (algorithm !== 'sha-256' || sum === undefined) throw malformed('DIGEST_UNREADABLE');
    return [Buffer.from(sum, 'base64')];
  });
}

/** A member of a dictionary whose value is bytes. */
const isMember = /^[a-z*][a-z0-9_.*-]*=:[A-Za-z0-9+/=]*:(;.*)?$/;
