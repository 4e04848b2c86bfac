import { assertLengths, changedTexts, type FetchContext, type MutationInput, type WithdrawInput } from '@hub/workflow';
import { found, invalid, textOf } from '../keeping.ts';
import { member } from '../people/tables.ts';
import { corrections, entered, named } from './kinds.ts';

type Given = string | null | undefined;
const longest = { reason: 500, occupation: 100 };

export interface CorrectMemberInput extends MutationInput {
  readonly member: string;
  readonly name?: Given;
  readonly occupation?: Given;
  readonly reason?: Given;
}
/** Corrects the name of the person, by which all their memberships go, and what the member does. */
export async function correctMember(input: CorrectMemberInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await corrections.correct(context, named.member, 'member', input, () =>
    changedTexts(input, [], ['occupation']),
  );
  if (input.name == null) return { id };
  const name = textOf('name', input.name, 50);
  const { person } = await found(context, member, id, 'member');
  const { idempotencyKey: _, expectedRevision: __, ...rest } = input;
  await corrections.correct(context, named.person, 'person', { ...rest, person }, () => ({ name }));
  return { id };
}

export interface CorrectTermInput extends MutationInput {
  readonly term: string;
  readonly ordinal?: number | null;
  readonly start?: Given;
  readonly end?: Given;
  readonly reason?: Given;
}
export function correctTerm(input: CorrectTermInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.term, 'term', input, (row) => {
    const start = input.start ?? (row['start'] as string | null);
    const end = input.end ?? (row['end'] as string | null);
    if (start !== null && end !== null && end <= start) invalid('end');
    if (input.ordinal != null && input.ordinal < 1) invalid('ordinal');
    return { start, end, ...(input.ordinal != null && { ordinal: input.ordinal }) };
  });
}

export interface CorrectSessionInput extends MutationInput {
  readonly session: string;
  readonly ordinal?: number | null;
  readonly start?: Given;
  readonly end?: Given;
  readonly reason?: Given;
}
export function correctSession(input: CorrectSessionInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.session, 'session', input, (row) => {
    const start = input.start ?? (row['heldFrom'] as string | null);
    const end = input.end ?? (input.start == null ? (row['heldUntil'] as string | null) : start);
    if (end !== null && (start === null || end < start)) invalid('end');
    if (input.ordinal != null && input.ordinal < 1) invalid('ordinal');
    const days = input.start == null && input.end == null ? null : { start, end };
    return {
      ...(days?.start != null && {
        held:
          days.end === null || days.end === days.start ? { start: days.start } : { start: days.start, end: days.end },
        heldFrom: days.start,
        heldUntil: days.end ?? days.start,
      }),
      ...(input.ordinal != null && { ordinal: input.ordinal }),
    };
  });
}

/** Withdraws a term or a session that was entered by mistake. */
export const withdrawTermRecord = (input: WithdrawInput, context: FetchContext): Promise<{ id: string }> => {
  assertLengths(input, longest);
  return corrections.withdraw(context, Object.values(entered), input);
};
