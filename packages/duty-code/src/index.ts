/**
 * 履职码, the signed code of a member, and 会议签到码, that of a part of a meeting: shown as QR codes and scanned. Signed
 * with Ed25519, so that who verifies a code can't make one.
 *
 * const key = await createDutyCodeKey()                                  kept secret
 * dutyCodeIssuer(key).member({ member, committee: '330110', expires })   'CPPCC1.M.…', 141 characters
 * dutyCodeReader(publicDutyCodeKeys([key])).member(code, scanned)        { ok: true, member, … } or { ok: false, reason }
 */
export { lastExpiry } from './code.ts';
export { type DutyCodeIssuer, dutyCodeIssuer, type MemberClaims, type PartClaims } from './issuer.ts';
export { createDutyCodeKey, publicDutyCodeKeys } from './key.ts';
export { type DutyCodeReader, dutyCodeReader, type ReadCode, type Refusal } from './reader.ts';
