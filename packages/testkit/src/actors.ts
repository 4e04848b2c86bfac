import { type Actor, duties, type MemberActor, PUBLIC } from '@hub/access';
import { recordId } from '@hub/facts';

/** The actors that tests speak as. */
export const everyone: Actor = PUBLIC;
export const staff = (committee: string): Actor => ({
  kind: 'STAFF',
  subject: `staff-${committee}`,
  committee,
  duties,
});
/** A member by the key of the facts, or by id; `convenes` are sectors and groups. */
export const member = (keyOrId: string, committee: string, convenes: readonly string[] = []): MemberActor => {
  const id = keyOrId.includes('/') ? recordId(keyOrId) : keyOrId;
  return { kind: 'MEMBER', subject: `member-${keyOrId}`, member: id, committee, memberships: [id], convenes };
};
/** Somebody who answers for a department: an organization by the key of the facts, or by id. */
export const department = (committee: string, keyOrId: string): Actor => ({
  kind: 'DEPARTMENT',
  subject: `department-${keyOrId}`,
  committee,
  department: keyOrId.includes('/') ? recordId(keyOrId) : keyOrId,
});
export const liaison = (committee: string): Actor => ({ kind: 'LIAISON', subject: `liaison-${committee}`, committee });
export const feed: Actor = { kind: 'FEED', subject: 'duty' };
/** A partner agency that nothing is shared with. */
export const agency: Actor = { kind: 'AGENCY', subject: '00000000-0000-4000-8000-0000000000a9', regions: [] };
/** A partner agency that may read of regions, under an agreement of the committee `by`, or without one. */
export const agencyReading = (id: string, regions: readonly string[], by?: string): Actor => ({
  kind: 'AGENCY',
  subject: id,
  regions,
  ...(by !== undefined && { sharedBy: by }),
});
export const operator: Actor = { kind: 'OPERATOR', subject: 'operator' };
