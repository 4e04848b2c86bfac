import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import {
  assertMayEver,
  changedTexts,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
  within,
} from '@hub/workflow';
import { and, eq, isNull } from 'drizzle-orm';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { chosenVisibility, invitationAudience, withoutParties, withParties } from './audience.ts';
import { changeOpenInvitations, invite, targetsOf, withdraw } from './invitations.ts';
import { daysOfLetter, invitationOf, workingDaysAhead } from './letter.ts';
import { linkedActionMachine } from './linked-action.machine.ts';
import { type PlatformInput, platformName, writePlatform } from './platform.ts';
import { linkedAction, linkedActionEvent, type linkedActionKinds, linkedPart } from './tables.ts';

/** How linked actions are made and moved. */
export const linkedActionSteps = stepsOf(linkedAction, linkedActionMachine, linkedActionEvent, consultationSettings);

const longest = { title: 100, description: 4_000, reason: 500, conclusion: 4_000 };

export interface OpenInput extends MutationInput {
  readonly kind: (typeof linkedActionKinds)[number];
  readonly title: string;
  readonly description: string;
  readonly answerBy?: string | null;
  readonly handInBy?: string | null;
  readonly invitation?: string | null;
  readonly platform?: PlatformInput | null;
  readonly visibility?: Visibility | null;
}

/** The invitation that an action carries on: one to this committee, which takes part. @throws RuleBroken */
async function carriedOn(context: FetchContext, owner: string, id: string) {
  const letter = await invitationOf(context, id, 'invitation');
  if (letter.committee !== owner)
    throw new RuleBroken('NOT_YOURS', { path: ['invitation'], details: { who: '受邀政协机关经办人员' } });
  if (letter.status !== 'OPEN') throw new RuleBroken('INVITATION_CLOSED', { path: ['invitation'] });
  const [part] = await context.scope.run(
    statement(
      build
        .select({ status: linkedPart.status })
        .from(linkedPart)
        .where(and(eq(linkedPart.linkedInvitation, letter.id), isNull(linkedPart.deleted))),
    ),
  );
  const from = ['ACCEPTED', 'PLANNED', 'HANDED_IN'];
  if (!part || !from.includes(part.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', {
      path: ['invitation'],
      details: { state: part?.status ?? 'SILENT', from: from.join(', ') },
    });
  return letter;
}

/** Begins an action of the actor's committee. */
export async function openLinkedAction(input: OpenInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertMayEver(linkedActionMachine, 'openLinkedAction', actor);
  assertLengths(input, longest);
  const owner = 'committee' in actor ? actor.committee : '';
  const settings = await consultationSettings.of(context, owner);
  const letter = input.invitation == null ? null : await carriedOn(context, owner, input.invitation);
  const row = {
    owner,
    visibility: chosenVisibility(
      input.visibility,
      letter ? withParties : withoutParties,
      letter ? 'JOINT' : 'INTERNAL',
    ),
    parties: letter ? [...letter.parties] : [],
    subjects: [],
    kind: input.kind,
    title: input.title,
    description: input.description,
    ...daysOfLetter(input, {
      answerBy: workingDaysAhead(settings.linkedAnswerWorkingDays),
      handInBy: workingDaysAhead(settings.linkedHandInWorkingDays),
    }),
    linkedInvitation: letter?.id ?? null,
    partOf: letter?.linkedAction ?? null,
    platformName: platformName(input.platform),
  };
  const { id } = await linkedActionSteps.start(context, 'openLinkedAction', row, input);
  await within(['platform'], () => writePlatform(scope, 'linkedAction', { ...row, id }, input.platform));
  return { id };
}

interface StepInput extends MutationInput {
  readonly linkedAction: string;
}

export interface AmendInput extends StepInput {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly answerBy?: string | null;
  readonly handInBy?: string | null;
  readonly visibility?: Visibility | null;
}

/** Changes the letter, and in one statement every invitation that carries it. */
export async function amendLinkedAction(input: AmendInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  let changed: Readonly<Record<string, unknown>> = {};
  const { id, row } = await linkedActionSteps.take(context, 'amendLinkedAction', 'linkedAction', input, (before) => {
    const kept = before as SteppedRow & { title: string; description: string; answerBy: string; handInBy: string };
    changed = {
      title: kept.title,
      description: kept.description,
      ...changedTexts(input, ['title', 'description'], []),
      ...daysOfLetter({ answerBy: kept.answerBy, handInBy: kept.handInBy, ...given(input) }, kept),
    };
    const allowed = before.parties.length > 0 ? withParties : withoutParties;
    return { ...changed, visibility: chosenVisibility(input.visibility, allowed, before.visibility) };
  });
  const audience = invitationAudience({ ...row, visibility: input.visibility ?? row.visibility });
  await changeOpenInvitations(context, id, changed, audience);
  return { id };
}

const given = ({ answerBy, handInBy }: AmendInput) => ({
  ...(answerBy != null && { answerBy }),
  ...(handInBy != null && { handInBy }),
});

export interface InviteInput extends StepInput {
  readonly levels?: readonly string[] | null;
  readonly committees?: readonly string[] | null;
}

/** Invites committees below, many at once; who is invited already isn't invited again. */
export async function inviteCommittees(
  input: InviteInput,
  context: FetchContext,
): Promise<{ id: string; invited: number }> {
  let invited: readonly string[] = [];
  const { id } = await linkedActionSteps.take(
    context,
    'inviteCommittees',
    'linkedAction',
    input,
    async (action) => {
      invited = await invite(context, action, targetsOf(action, input));
      return {};
    },
    undefined,
    () => ({ committees: invited }),
  );
  return { id, invited: invited.length };
}

export interface WithdrawInvitationsInput extends StepInput {
  readonly committees: readonly string[];
  readonly reason: string;
}

export async function withdrawLinkedInvitations(
  input: WithdrawInvitationsInput,
  context: FetchContext,
): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await linkedActionSteps.take(context, 'withdrawLinkedInvitations', 'linkedAction', input);
  await withdraw(context, id, input);
  return { id };
}

export interface ConcludeInput extends StepInput {
  readonly conclusion: string;
}
export interface CancelInput extends StepInput {
  readonly reason: string;
}

/** What ends an action is told to all whom it invited. */
const end = <Input extends StepInput>(
  name: string,
  status: 'CONCLUDED' | 'CANCELLED',
  told: (input: Input) => Readonly<Record<string, string>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await linkedActionSteps.take(context, name, 'linkedAction', input, () => told(input));
    await changeOpenInvitations(context, id, { status, ...told(input) });
    return { id };
  };
};
export const concludeLinkedAction = end<ConcludeInput>('concludeLinkedAction', 'CONCLUDED', ({ conclusion }) => ({
  conclusion,
}));
export const cancelLinkedAction = end<CancelInput>('cancelLinkedAction', 'CANCELLED', ({ reason }) => ({ reason }));
