import type { DevelopmentIssuer } from '@hub/access';
import { recordId } from '@hub/facts';
import type { DemoActor } from './explorer/explorer.ts';

/** People to try the hub as, all of committees that the source documents speak of. */
const people = [
  { label: '余杭区政协委员 汪爱娟 · member, 330110', member: 'yuhang/member-wang-aijuan', committee: '330110' },
  { label: '杭州市政协机关 · staff, 330100', committee: '330100' },
  { label: '余杭区政协机关 · staff, 330110', committee: '330110' },
  { label: '上饶市政协机关 · staff, 361100', committee: '361100' },
] as const;

export function demoActors(issuer: DevelopmentIssuer): DemoActor[] {
  return people.map((person) => ({
    label: person.label,
    token: () =>
      'member' in person
        ? issuer.issue(`demo-member-${person.committee}`, {
            role: 'member',
            membership: [{ id: recordId(person.member), committee: person.committee }],
          })
        : issuer.issue(`demo-staff-${person.committee}`, {
            role: 'staff',
            committee: person.committee,
            duties: ['proposals', 'meetings', 'members', 'township'],
          }),
  }));
}
