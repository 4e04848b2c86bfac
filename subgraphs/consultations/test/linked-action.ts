import type { Actor } from '@hub/access';
import { agency, department, everyone, member, operator, staff, type TestSubgraph } from '@hub/testkit';
import { deadlineAfter, deadlineBefore, today } from '@hub/working-days';
import { expect, vi } from 'vitest';

export const province = '320000';
export const suzhou = '320500';
export const nanjing = '320100';
export const kunshan = '320583';
export const taicang = '320585';
export const nextDoor = '330000';

export const later = (days: number) => deadlineAfter(today(), days, 'DAYS').day;
export const ago = (days: number) => deadlineBefore(today(), days, 'DAYS').day;
/** The clock some days on, for the hub's own code; its database keeps the real one. */
export const goTo = (day: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${day}T09:00:00+08:00`) });

/** Those who take no step of what a committee does in linked work, whatever they may see of it. */
export const strangersTo = (committee: string): readonly Actor[] => [
  staff(nextDoor),
  { kind: 'STAFF', subject: 'proposals only', committee, duties: ['proposals'] },
  member('10000000-0000-4000-8000-000000000001', committee),
  department(committee, '10000000-0000-4000-8000-0000000000d2'),
  everyone,
  agency,
  operator,
];

export interface Invitation {
  id: string;
  committee: { code: string };
  answer: string | null;
  late: boolean;
  status: string;
}

/** What a test does in linked work: each step by its own actor, with what it answers. */
export function linkedWork(hub: () => TestSubgraph) {
  const step = async (name: string, input: object, as: Actor, selection: string) => {
    const { data, errors } = await hub().ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
      { as, variables: { input } },
    );
    return { ...data?.[name], code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null };
  };
  const onAction = (name: string, input: object, as: Actor) =>
    step(name, input, as, `linkedAction { id status revision } ${name === 'inviteCommittees' ? 'invited' : ''}`);
  const onPart = (name: string, input: object, as: Actor) =>
    step(name, input, as, 'linkedPart { id status revision plan }');

  const open = async (as: Actor, input: object = {}) => {
    const { linkedAction, code } = await onAction(
      'openLinkedAction',
      { kind: 'SUPERVISION', title: '河道整治监督', description: '各地对河道整治开展监督。', ...input },
      as,
    );
    expect(code).toBeNull();
    return linkedAction.id as string;
  };
  const invite = (linkedAction: string, input: object, as: Actor) =>
    onAction('inviteCommittees', { linkedAction, ...input }, as);
  const invitations = async (action: string, as: Actor, args = 'first: 100') => {
    const { data, errors } = await hub().ask(
      `query ($id: ID!) { linkedAction(id: $id) { invitations(${args}) { totalCount nodes { id committee { code } answer late status } } } }`,
      { as, variables: { id: action } },
    );
    expect(errors).toEqual([]);
    return (data.linkedAction?.invitations ?? null) as { totalCount: number; nodes: Invitation[] } | null;
  };
  const received = async (
    committee: string,
    as = staff(committee),
  ): Promise<(Invitation & { title: string; linkedAction: unknown })[]> => {
    const { data } = await hub().ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { linkedInvitations(first: 100) { nodes { id title status answer late committee { code } linkedAction { id } } } } } }`,
      { as, variables: { of: [{ __typename: 'Committee', code: committee }] } },
    );
    return data._entities[0].linkedInvitations.nodes;
  };
  /** The invitation of a committee to an action, as its inviter finds it. */
  const invitationTo = async (action: string, committee: string, inviter: string) => {
    const all = await invitations(action, staff(inviter));
    const found = all?.nodes.find((one) => one.committee.code === committee);
    if (!found) throw new Error(`${committee} isn't invited`);
    return found.id;
  };
  const accept = (linkedInvitation: string, committee: string, input: object = {}) =>
    onPart('acceptLinkedInvitation', { linkedInvitation, ...input }, staff(committee));
  /** The action that a committee opens and another takes part in. */
  const takingPart = async (committee: string, inviter: string, input: object = {}) => {
    const action = await open(staff(inviter), input);
    await invite(action, { committees: [committee] }, staff(inviter));
    const invitation = await invitationTo(action, committee, inviter);
    const { linkedPart } = await accept(invitation, committee);
    return { action, invitation, part: linkedPart.id as string };
  };
  return { step, onAction, onPart, open, invite, invitations, received, invitationTo, accept, takingPart };
}
