import { type Actor, PUBLIC } from '@hub/access';
import { recordId } from '@hub/facts';

/** The actors that tests speak as. */
export const everyone: Actor = PUBLIC;
export const staff = (committee: string): Actor => ({
  kind: 'STAFF',
  subject: `staff-${committee}`,
  committee,
  duties: ['proposals', 'meetings', 'members', 'township'],
});
/** A member by the key of the facts, or by id. */
export const member = (keyOrId: string, committee: string): Actor => ({
  kind: 'MEMBER',
  subject: `member-${keyOrId}`,
  member: keyOrId.includes('/') ? recordId(keyOrId) : keyOrId,
  committee,
});
export const department = (committee: string): Actor => ({
  kind: 'DEPARTMENT',
  subject: `department-${committee}`,
  committee,
});
export const liaison = (committee: string): Actor => ({ kind: 'LIAISON', subject: `liaison-${committee}`, committee });
export const agency: Actor = { kind: 'AGENCY', subject: 'agency' };
export const operator: Actor = { kind: 'OPERATOR', subject: 'operator' };
