export {
  type Actor,
  type ActorKind,
  type AgencyActor,
  type Duty,
  duties,
  type MemberActor,
  PUBLIC,
  subjectOf,
} from './actor.ts';
export { type DevelopmentIssuer, openDevelopmentIssuer } from './development-issuer.ts';
export { createPassportKeys, type PassportKeys, passportIssuer, passportVerifier } from './passport.ts';
export { createReceipt, receiptHash } from './receipt.ts';
export {
  type Audience,
  type AudienceColumns,
  feedPolicy,
  mayRead,
  mayWrite,
  memberPolicy,
  type Refers,
  readPolicy,
  readRules,
  receiptPolicy,
  rowPolicy,
  type ScopeSettings,
  scopeSettings,
  subjectPolicy,
  type Visibility,
  visibilities,
  type Writers,
  type Written,
  writePolicy,
  writeRules,
} from './rules.ts';
export { searchClassesSql, searchNamesSql, searchReachSql, searchRegionsSql } from './search-classes.ts';
export { type Reader, readerOf, type Told, toldTo } from './telling.ts';
export { type Authenticate, agencyTokenType, authenticator, expiryOf, type TokenClaims } from './token.ts';
export { isWithin, withinSql } from './within.ts';
