import type { Duty } from '@hub/access';

/** Staff with which duties keep an organization: those for townships its working committees and member groups too. */
export function keepersOf(classification: string): readonly Duty[] {
  return classification === 'TOWNSHIP_COMMITTEE' || classification === 'MEMBER_GROUP'
    ? ['members', 'township']
    : ['members'];
}
