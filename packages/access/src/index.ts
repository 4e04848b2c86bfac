export { type Actor, type ActorKind, type Duty, duties, PUBLIC } from './actor.ts';
export { type DevelopmentIssuer, openDevelopmentIssuer } from './development-issuer.ts';
export { createPassportKeys, type PassportKeys, passportIssuer, passportVerifier } from './passport.ts';
export {
  type Audience,
  type AudienceColumns,
  mayRead,
  mayWrite,
  readPolicy,
  readRules,
  type ScopeSettings,
  scopeSettings,
  type Visibility,
  visibilities,
  writePolicy,
} from './rules.ts';
export { type Authenticate, authenticator, type TokenClaims } from './token.ts';
