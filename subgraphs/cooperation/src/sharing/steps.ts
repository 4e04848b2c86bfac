import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import {
  assertLengths,
  assertMayEver,
  type FetchContext,
  givenCommittee,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { sql } from 'drizzle-orm';
import { sharingAgreementMachine } from './sharing-agreement.machine.ts';
import { sharingAgreement, sharingAgreementEvent } from './tables.ts';
import { enforceDraft, keepTerms, type TermsInput, termsOf, versionsOf } from './terms.ts';

/** What the law gives a committee to answer a request in (政务数据共享条例): no committee's own choice. */
const lawfulDays = { of: async () => ({ sharingAnswerWorkingDays: 10 }) };

/** How agreements are asked for, drafted, approved and ended. */
export const sharingAgreementSteps = stepsOf(
  sharingAgreement,
  sharingAgreementMachine,
  sharingAgreementEvent,
  lawfulDays,
);

/** Requests of an agency that wait at a time. */
const mostWaiting = 20;
const longest = { reason: 500 };

const waitingOfAgency = statement(
  build
    .select({ total: sql<number>`count(*)`.mapWith(Number).as('total') })
    .from(sharingAgreement)
    .where(
      sql`${sharingAgreement.agency} = ${sql.placeholder('agency')}::uuid and ${sharingAgreement.status} in ('REQUESTED', 'DRAFTED')`,
    ),
);

interface RequestInput extends MutationInput, TermsInput {
  readonly committee: string;
}

export async function requestSharing(input: RequestInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(sharingAgreementMachine, 'requestSharing', context.actor);
  const { actor, scope } = context;
  if (actor.kind !== 'AGENCY') throw new HubError('FORBIDDEN');
  const owner = givenCommittee(input.committee);
  const terms = termsOf(owner, input, undefined);
  const [waiting] = await scope.run(waitingOfAgency, { agency: actor.subject });
  if ((waiting?.total ?? 0) >= mostWaiting)
    throw new RuleBroken('LIMIT_REACHED', { details: { maximum: mostWaiting } });
  const audience = { owner, visibility: 'INTERNAL', parties: [], subjects: [actor.subject] } as const;
  const { id } = await sharingAgreementSteps.start(
    context,
    'requestSharing',
    { ...audience, agency: actor.subject, requested: today() },
    input,
  );
  await keepTerms(context, { ...audience, id }, { number: 1, terms, status: 'REQUESTED', agency: actor.subject });
  return { id };
}

interface StepInput extends MutationInput {
  readonly sharingAgreement: string;
}
type DraftInput = StepInput & TermsInput;

/** Keeps what an input makes of the latest version as a draft of the actor's. */
async function draft(context: FetchContext, row: SteppedRow, input: TermsInput): Promise<void> {
  const { actor } = context;
  if (actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  const [latest] = await versionsOf(context, row.id);
  await keepTerms(context, row, {
    number: (latest?.version ?? 0) + 1,
    terms: termsOf(row.owner, input, latest),
    status: 'DRAFT',
    draftedBy: actor.subject,
  });
}

export async function draftSharing(input: DraftInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await sharingAgreementSteps.take(context, 'draftSharing', 'sharingAgreement', input, async (row) => {
    await draft(context, row, input);
    return {};
  });
  return { id };
}

export async function amendSharing(input: DraftInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await sharingAgreementSteps.take(context, 'amendSharing', 'sharingAgreement', input, async (row) => {
    await draft(context, row, input);
    return {};
  });
  return { id };
}

interface ApproveInput extends StepInput {
  readonly version: number;
}

const approval = (name: 'approveSharing' | 'approveSharingAmendment') =>
  async function approve(input: ApproveInput, context: FetchContext): Promise<{ id: string }> {
    const { id } = await sharingAgreementSteps.take(context, name, 'sharingAgreement', input, (row) =>
      enforceDraft(context, row.id, input.version),
    );
    return { id };
  };
export const approveSharing = approval('approveSharing');
export const approveSharingAmendment = approval('approveSharingAmendment');

type ReasonedStep = 'refuseSharing' | 'suspendSharing' | 'revokeSharing';
interface ReasonedInput extends StepInput {
  readonly reason: string;
}

const reasoned = (name: ReasonedStep) =>
  async function take(input: ReasonedInput, context: FetchContext): Promise<{ id: string }> {
    assertLengths(input, longest);
    const { id } = await sharingAgreementSteps.take(context, name, 'sharingAgreement', input, () => ({
      reason: input.reason,
    }));
    return { id };
  };
export const refuseSharing = reasoned('refuseSharing');
export const suspendSharing = reasoned('suspendSharing');
export const revokeSharing = reasoned('revokeSharing');

export async function withdrawSharingRequest(input: StepInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await sharingAgreementSteps.take(context, 'withdrawSharingRequest', 'sharingAgreement', input);
  return { id };
}

export async function resumeSharing(input: StepInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await sharingAgreementSteps.take(context, 'resumeSharing', 'sharingAgreement', input, () => ({
    reason: null,
  }));
  return { id };
}
