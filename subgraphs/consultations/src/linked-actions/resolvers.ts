import { connectionResolvers, type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import { dueOf, mutation, stepOf } from '@hub/workflow';
import type { Context } from '../context.ts';
import { answerOf, isLate } from './answers.ts';
import type { LinkedInvitation } from './letter.ts';
import { linkedPartMachine } from './linked-part.machine.ts';
import {
  acceptLinkedInvitation,
  declineLinkedInvitation,
  handInLinkedPart,
  linkedPartSteps,
  planLinkedPart,
  reconsiderLinkedInvitation,
  withdrawLinkedPart,
} from './parts.ts';
import {
  amendLinkedAction,
  cancelLinkedAction,
  concludeLinkedAction,
  inviteCommittees,
  linkedActionSteps,
  openLinkedAction,
  withdrawLinkedInvitations,
} from './steps.ts';
import type { LinkedAction, LinkedActionsRequest, LinkedInvitationsRequest, LinkedPart } from './store.ts';

const readAction = (id: string, { linkedActions }: Context) => linkedActions.actions.load(id);
const readPart = (id: string, { linkedActions }: Context) => linkedActions.parts.load(id);
const partOf = async ({ id }: LinkedInvitation, { linkedActions }: Context) =>
  (await linkedActions.partsOfInvitation.load(id))[0];

/** Evidence that names committees which were invited names them to those alone who may see their invitations. */
const naming = (evidence: readonly { readonly name: string; readonly value: string }[], seen: ReadonlySet<string>) =>
  evidence.flatMap(({ name, value }) => {
    if (name !== 'committees') return [{ name, value }];
    const committees = (JSON.parse(value) as string[]).filter((code) => seen.has(currentCode(code)));
    return committees.length === 0 ? [] : [{ name, value: JSON.stringify(committees) }];
  });

interface Reference {
  readonly workstation: string | null;
  readonly organization: string | null;
}
/** A name may be there without what it stands for, and the other way round. */
function platform(name: string | null, [reference]: readonly Reference[]) {
  if (name === null && !reference) return null;
  const { workstation = null, organization = null } = reference ?? {};
  return {
    name,
    workstation: workstation && { id: workstation },
    organization: organization && { id: organization },
  };
}

export const linkedActionResolvers: Resolvers = {
  Query: {
    linkedAction: (_, { id }: { id: string }, context: Context) => readAction(id, context),
    linkedActions: (_, args: LinkedActionsRequest & { within?: string | null }, { linkedActions }: Context) =>
      linkedActions.inRange(rangeOf(args.within ?? '000000', 'within'), args),
    linkedInvitation: (_, { id }: { id: string }, { linkedActions }: Context) => linkedActions.invitations.load(id),
    linkedPart: (_, { id }: { id: string }, context: Context) => readPart(id, context),
  },
  Committee: {
    linkedActions: (
      { code }: Committee,
      { scope, ...args }: LinkedActionsRequest & ScopeArgument,
      { linkedActions }: Context,
    ) => linkedActions.inRange(rangeOf(code, 'code', scope), args),
    linkedInvitations: ({ code }: Committee, args: LinkedInvitationsRequest, { linkedActions }: Context) =>
      linkedActions.invitationsTo(currentCode(code), args),
  },
  LinkedAction: {
    __resolveReference: ({ id }: LinkedAction, context: Context) => readAction(id, context),
    committee: ({ owner }: LinkedAction) => committeeByCode(owner),
    platform: async ({ id, platformName }: LinkedAction, _, { linkedActions }: Context) =>
      platform(platformName, await linkedActions.platformsOfAction.load(id)),
    invitation: ({ linkedInvitation }: LinkedAction, _, { linkedActions }: Context) =>
      linkedInvitation && linkedActions.invitations.load(linkedInvitation),
    partOf: ({ partOf }: LinkedAction, _, context: Context) => partOf && readAction(partOf, context),
    carriedOnBy: ({ id }: LinkedAction, page: PageArguments, { linkedActions }: Context) =>
      linkedActions.carryingOn(id, page),
    invitations: ({ id }: LinkedAction, args: LinkedInvitationsRequest, { linkedActions }: Context) =>
      linkedActions.invitationsOf(id, args),
    progress: async ({ id }: LinkedAction, { scope }: { scope: 'OWN' | 'SUBTREE' }, { linkedActions }: Context) => ({
      basis: 'COUNTED',
      ...(await linkedActions.progress.load({ action: id, scope })),
    }),
    events: async (row: LinkedAction, _, context: Context) => {
      const [events, invited] = await Promise.all([
        linkedActionSteps.fields.events(row, _, context),
        context.linkedActions.invitedToAction.load(row.id),
      ]);
      const seen = new Set(invited.map(({ committee }) => committee));
      return events.map((event) => ({ ...event, evidence: naming(event.evidence, seen) }));
    },
    pendingSteps: linkedActionSteps.fields.pendingSteps,
  },
  LinkedInvitation: {
    __resolveReference: ({ id }: LinkedInvitation, { linkedActions }: Context) => linkedActions.invitations.load(id),
    inviter: ({ owner }: LinkedInvitation) => committeeByCode(owner),
    committee: ({ committee }: LinkedInvitation) => committeeByCode(committee),
    linkedAction: ({ linkedAction }: LinkedInvitation, _, context: Context) => readAction(linkedAction, context),
    answer: async (row: LinkedInvitation, _, context: Context) =>
      answerOf(context.actor, row, await partOf(row, context)),
    late: async (row: LinkedInvitation, _, context: Context) => isLate(context.actor, row, await partOf(row, context)),
    part: async (row: LinkedInvitation, _, context: Context) => (await partOf(row, context)) ?? null,
    carriedOnBy: async ({ id }: LinkedInvitation, _, { linkedActions }: Context) =>
      (await linkedActions.actionsOfInvitation.load(id))[0] ?? null,
    pendingSteps: async (row: LinkedInvitation, _, context: Context) => {
      const { actor } = context;
      const asked =
        actor.kind === 'STAFF' &&
        actor.committee === row.committee &&
        actor.duties.includes(linkedPartMachine.duty) &&
        row.status === 'OPEN' &&
        !(await partOf(row, context));
      if (!asked) return [];
      return ['acceptLinkedInvitation', 'declineLinkedInvitation'].map((name) => {
        const step = stepOf(linkedPartMachine, name);
        const due = dueOf(step, { since: null, answerBy: row.answerBy }, {});
        return { step: name, label: step.zh, due: due?.day ?? null, dueProvisional: due?.provisional ?? false };
      });
    },
  },
  LinkedPart: {
    __resolveReference: ({ id }: LinkedPart, context: Context) => readPart(id, context),
    committee: ({ owner }: LinkedPart) => committeeByCode(owner),
    invitation: ({ linkedInvitation }: LinkedPart, _, { linkedActions }: Context) =>
      linkedActions.invitations.load(linkedInvitation),
    consultation: ({ consultation }: LinkedPart, _, { consultations }: Context) =>
      consultation && consultations.consultations.load(consultation),
    platform: async ({ id, platformName }: LinkedPart, _, { linkedActions }: Context) =>
      platform(platformName, await linkedActions.platformsOfPart.load(id)),
    events: linkedPartSteps.fields.events,
    pendingSteps: async (row: LinkedPart, _, context: Context) => {
      const { answerBy, handInBy } = (await context.linkedActions.invitations.load(row.linkedInvitation)) ?? {};
      return linkedPartSteps.pending(context, { ...row, answerBy, handInBy });
    },
  },
  Mutation: {
    openLinkedAction: mutation('linkedAction', openLinkedAction, readAction),
    amendLinkedAction: mutation('linkedAction', amendLinkedAction, readAction),
    inviteCommittees: mutation('linkedAction', inviteCommittees, readAction),
    withdrawLinkedInvitations: mutation('linkedAction', withdrawLinkedInvitations, readAction),
    concludeLinkedAction: mutation('linkedAction', concludeLinkedAction, readAction),
    cancelLinkedAction: mutation('linkedAction', cancelLinkedAction, readAction),
    acceptLinkedInvitation: mutation('linkedPart', acceptLinkedInvitation, readPart),
    declineLinkedInvitation: mutation('linkedPart', declineLinkedInvitation, readPart),
    reconsiderLinkedInvitation: mutation('linkedPart', reconsiderLinkedInvitation, readPart),
    planLinkedPart: mutation('linkedPart', planLinkedPart, readPart),
    handInLinkedPart: mutation('linkedPart', handInLinkedPart, readPart),
    withdrawLinkedPart: mutation('linkedPart', withdrawLinkedPart, readPart),
  },
  LinkedActionConnection: searchedConnectionResolvers,
  LinkedInvitationConnection: connectionResolvers,
};
