import { type Actor, subjectOf } from '@hub/access';
import { dutyCodeIssuer } from '@hub/duty-code';
import { RuleBroken } from '@hub/errors';
import { assertActorInOffice } from '@hub/references';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { membershipSteps } from '../memberships/store.ts';
import { memberSettings } from '../settings/settings.ts';

const present = <Thing>(thing: Thing | Error | null | undefined): thing is Thing =>
  thing != null && !(thing instanceof Error);
const hourMs = 3_600_000;

/** What waits for staff: nominations to decide, tags to confirm. */
async function memberTasks(actor: Actor, context: Context) {
  if (actor.kind !== 'STAFF' || !actor.duties.includes('members')) return [];
  const { memberships, tags, people } = context;
  const [nominations, unconfirmed] = await Promise.all([
    memberships.nominationsOfCommittee.load(actor.committee),
    tags.unconfirmedTagsOfCommittee.load(actor.committee),
  ]);
  const subject = subjectOf(actor);
  const nominated = await Promise.all(
    nominations.map(async (row) => {
      const title = (await people.members.load(row.member))?.name ?? '';
      const steps = await membershipSteps.pending(context, row);
      return steps.map((step) => ({ subject, recordType: 'Membership', record: row.id, title, step }));
    }),
  );
  const confirming = { step: 'confirmTag', label: '认可标签', due: null, dueProvisional: false };
  return [
    ...nominated.flat(),
    ...unconfirmed.map(({ id, text }) => ({ subject, recordType: 'Tag', record: id, title: text, step: confirming })),
  ];
}

/** Every member that the token names. */
async function mayActAs(actor: Actor, { people }: Context) {
  if (actor.kind !== 'MEMBER') return [];
  return Promise.all(
    actor.memberships.map(async (memberId) => {
      const member = await people.members.load(memberId);
      const acting = memberId === actor.member;
      const committee = member?.owner ?? (acting ? actor.committee : null);
      return { memberId, member, acting, committee: committee === null ? null : committeeByCode(committee) };
    }),
  );
}

export const meResolvers: Resolvers = {
  Query: {
    me: (_, __, { actor }: Context) => (actor.kind === 'PUBLIC' ? null : actor),
  },
  Me: {
    __resolveReference: ({ id }: { id: string }, { actor }: Context) =>
      actor.kind !== 'PUBLIC' && subjectOf(actor) === id ? actor : null,
    id: subjectOf,
    role: (actor: Actor) => actor.kind,
    committee: (actor: Actor) => ('committee' in actor ? committeeByCode(actor.committee) : null),
    member: (actor: Actor, _, { people }: Context) =>
      actor.kind === 'MEMBER' ? people.members.load(actor.member) : null,
    members: async (actor: Actor, _, { people }: Context) => {
      const acting = actor.kind === 'MEMBER' ? await people.members.load(actor.member) : null;
      return acting ? people.membersOfPerson.load(acting.person) : [];
    },
    mayActAs: (actor: Actor, _, context: Context) => mayActAs(actor, context),
    memberships: async (actor: Actor, _, context: Context) =>
      (await mayActAs(actor, context)).map((one) => ({ ...one, id: one.memberId })),
    office: (actor: Actor, _, { organizations }: Context) =>
      actor.kind === 'STAFF' && actor.office !== undefined ? organizations.organizations.load(actor.office) : null,
    duties: (actor: Actor) => (actor.kind === 'STAFF' ? actor.duties.map((duty) => duty.toUpperCase()) : []),
    convenes: async (actor: Actor, _, { organizations }: Context) =>
      actor.kind === 'MEMBER' ? (await organizations.organizations.loadMany(actor.convenes)).filter(present) : [],
    dutyCode: async (actor: Actor, _, context: Context) => {
      const { secrets } = context;
      if (actor.kind !== 'MEMBER' || secrets.dutyCodePrivateKey === undefined) return null;
      const { member, committee } = actor;
      // Known to be over: nobody is signed in by it.
      const over = await assertActorInOffice(context).then(
        () => false,
        (error: unknown) => {
          if (error instanceof RuleBroken) return true;
          throw error;
        },
      );
      if (over) return null;
      const { dutyCodeHours } = await memberSettings.of(context, committee);
      const expires = new Date(Date.now() + dutyCodeHours * hourMs);
      const payload = await dutyCodeIssuer(secrets.dutyCodePrivateKey).member({ member, committee, expires });
      return { payload, expires: expires.toISOString() };
    },
    memberTasks: (actor: Actor, _, context: Context) => memberTasks(actor, context),
  },
};
