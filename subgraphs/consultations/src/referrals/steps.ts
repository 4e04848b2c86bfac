import { build, DatabaseError, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committee } from '@hub/regions';
import { assertMayEver, assertRevision, type FetchContext, type MutationInput, type SteppedRow } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { assertLengths, givenCommittee } from '../given.ts';
import { workingDaysAhead } from '../linked-actions/letter.ts';
import { dueDay, problemSteps } from '../problems/steps.ts';
import { submissionSteps } from '../submissions/store.ts';
import { directionOf, matterStanding, type Standing, standingOf } from './chain.ts';
import { handlingSteps } from './handling.ts';
import { referralHandlingMachine } from './referral-handling.machine.ts';
import { chains, type Matter, matterOf, type Referral } from './store.ts';
import { referral, referralHandling } from './tables.ts';

const { placeholder } = sql;

const longest = { note: 500, reason: 500, result: 4_000 };

interface SendInput extends MutationInput {
  readonly to: string;
  readonly note?: string | null;
  readonly due?: string | null;
}

/** Where a matter may go. @throws RuleBroken INVALID for a committee that is neither above nor below nor of the same level */
function destination(from: string, given: string) {
  const to = givenCommittee(given, ['to']);
  const direction = directionOf(from, to);
  if (!direction) throw new RuleBroken('INVALID', { path: ['to'], details: { field: 'to' } });
  return { committee: to, direction };
}

/** What a letter carries on from the one before it, or from the record itself. */
interface Sent {
  readonly owner: string;
  readonly title: string;
  readonly text: string;
  readonly due: string;
  readonly hop: number;
  /** Through whose hands it went before. */
  readonly before: readonly string[];
  readonly previous: string | null;
  readonly problem: string | null;
  readonly submission: string | null;
}

/** Writes a letter; everyone through whose hands the matter went reads it too. */
async function send(context: FetchContext, { before, ...sent }: Sent, input: SendInput): Promise<string> {
  const to = destination(sent.owner, input.to);
  const path = [...before, sent.owner];
  const id = crypto.randomUUID();
  const row = {
    ...sent,
    ...to,
    id,
    ownerAsFiled: sent.owner,
    visibility: 'JOINT' as const,
    parties: [...new Set([...path, to.committee])],
    subjects: [],
    note: input.note || null,
    sent: today(),
    path,
  };
  await context.scope.run(statement(build.insert(referral).values(row)));
  return id;
}

const usualDue = (settings: Readonly<Record<string, unknown>>) =>
  workingDaysAhead(Number(settings['referralAnswerWorkingDays']));

export interface ReferProblemInput extends SendInput {
  readonly problem: string;
}
export async function referProblem(
  input: ReferProblemInput,
  context: FetchContext,
): Promise<{ id: string; referral: string }> {
  assertLengths(input, longest);
  let due = '';
  const { id, row } = await problemSteps.take(context, 'referProblem', 'problem', input, (before, settings) => {
    destination(before.owner, input.to);
    due = dueDay(input.due, usualDue(settings));
    return { due, referred: today(), reason: null };
  });
  return { id, referral: await send(context, first(row, { problem: id, submission: null, due }), input) };
}

export interface ReferSubmissionInput extends SendInput {
  readonly submission: string;
}
export async function referSubmission(
  input: ReferSubmissionInput,
  context: FetchContext,
): Promise<{ id: string; referral: string }> {
  assertLengths(input, longest);
  let due = '';
  const { id, row } = await submissionSteps.take(
    context,
    'referSubmission',
    'submission',
    input,
    async (before, settings) => {
      destination(before.owner, input.to);
      const standing = matterStanding(await chainOf(context, 'submission', before.id));
      if (standing?.came === 'HELD') throw held(standing);
      due = dueDay(input.due, usualDue(settings));
      return {};
    },
  );
  return { id, referral: await send(context, first(row, { problem: null, submission: id, due }), input) };
}

const first = (row: SteppedRow, of: Pick<Sent, 'problem' | 'submission' | 'due'>): Sent => ({
  owner: row.owner,
  title: String(row['title']),
  text: String(row['text']),
  hop: 1,
  before: [],
  previous: null,
  ...of,
});

const chainOf = ({ scope }: FetchContext, matter: Matter, id: string): Promise<Referral[]> =>
  scope.run(chains[matter], { keys: [id] });

const held = ({ holder }: Standing) =>
  new RuleBroken('REFERRAL_HELD', { details: { committee: committee(holder)?.name ?? holder } });

interface TakeBackInput extends MutationInput {
  readonly problem: string;
}
/** Only what came back is handled here again: nobody takes a matter out of another committee's hands. */
export async function takeBackProblem(input: TakeBackInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await problemSteps.take(context, 'takeBackProblem', 'problem', input, async (row) => {
    const standing = matterStanding(await chainOf(context, 'problem', row.id));
    if (standing?.came === 'HELD') throw held(standing);
    return { due: null };
  });
  return { id };
}

export interface RecallInput extends MutationInput {
  readonly referral: string;
  readonly reason: string;
}

const sentLetters = statement(
  build
    .select({
      id: referral.id,
      owner: referral.owner,
      hop: referral.hop,
      problem: referral.problem,
      revision: referral.revision,
      recalled: referral.recalled,
    })
    .from(referral)
    .where(and(sql`${referral.id} = ${placeholder('id')}::uuid`, isNull(referral.deleted)))
    .for('no key update'),
);
const readLetters = statement(
  build
    .select({ id: referral.id, owner: referral.owner })
    .from(referral)
    .where(and(sql`${referral.id} = ${placeholder('id')}::uuid`, isNull(referral.deleted))),
);
const recalled = statement(
  build
    .update(referral)
    .set({ recalled: sql`${placeholder('day')}::date`, recallReason: sql`${placeholder('reason')}` })
    .where(sql`${referral.id} = ${placeholder('id')}::uuid`),
);

/** Takes a letter back that was sent by mistake, while its receiver has said nothing to it. */
export async function recallReferral(input: RecallInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertLengths(input, longest);
  if (actor.kind !== 'STAFF' || !actor.duties.includes(referralHandlingMachine.duty)) throw new HubError('FORBIDDEN');
  const [read] = isId(input.referral) ? await scope.run(readLetters, { id: input.referral }) : [];
  if (!read) throw new RuleBroken('NOT_FOUND', { path: ['referral'] });
  const [letter] = read.owner === actor.committee ? await scope.run(sentLetters, { id: read.id }) : [];
  if (!letter) throw new RuleBroken('NOT_YOURS', { details: { who: '转出政协机关经办人员' } });
  assertRevision(letter, input.expectedRevision);
  // Whoever takes it at the same time waits for this letter, or was before it.
  const [known] = await scope.run(handlingOf, { referral: letter.id });
  const state = known?.status ?? (letter.recalled === null ? null : 'RECALLED');
  if (state !== null) throw new RuleBroken('STEP_NOT_ALLOWED', { record: letter.id, details: { state, from: 'SENT' } });
  await scope.run(recalled, { id: letter.id, day: today(), reason: input.reason });
  // What was sent by its first letter is handled here again; what was passed on is in the hand of whoever passed it on.
  if (letter.problem !== null && letter.hop === 1) await takeBackProblem({ problem: letter.problem }, context);
  return { id: letter.id };
}

export interface TakeInput extends MutationInput {
  readonly referral: string;
}
export interface DeclineInput extends TakeInput {
  readonly reason: string;
}

const received = statement(
  build
    .select({
      id: referral.id,
      committee: referral.committee,
      parties: referral.parties,
      sent: referral.sent,
      due: referral.due,
      recalled: referral.recalled,
    })
    .from(referral)
    .where(and(sql`${referral.id} = ${placeholder('id')}::uuid`, isNull(referral.deleted))),
);
const handlingOf = statement(
  build
    .select({ id: referralHandling.id, status: referralHandling.status, revision: referralHandling.revision })
    .from(referralHandling)
    .where(and(sql`${referralHandling.referral} = ${placeholder('referral')}::uuid`, isNull(referralHandling.deleted))),
);

/** What the receiver says first makes the handling; whoever comes second is told what the first one said. */
const answer = <Input extends TakeInput>(
  name: string,
  written: (input: Input) => Readonly<Record<string, unknown>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { actor, scope } = context;
    assertMayEver(referralHandlingMachine, name, actor);
    assertLengths(input, longest);
    const [letter] = isId(input.referral) ? await scope.run(received, { id: input.referral }) : [];
    if (!letter) throw new RuleBroken('NOT_FOUND', { path: ['referral'] });
    const owner = 'committee' in actor ? actor.committee : '';
    if (owner !== letter.committee) throw new RuleBroken('NOT_YOURS', { details: { who: '接收政协机关经办人员' } });
    if (letter.recalled !== null)
      throw new RuleBroken('STEP_NOT_ALLOWED', { details: { state: 'RECALLED', from: 'SENT' } });
    const [known] = await scope.run(handlingOf, { referral: letter.id });
    if (known)
      throw new RuleBroken('STEP_NOT_ALLOWED', { record: known.id, details: { state: known.status, from: 'SENT' } });
    const row = {
      owner,
      visibility: 'JOINT',
      parties: [...letter.parties],
      subjects: [],
      referral: letter.id,
      due: letter.due,
      ...written(input),
    };
    try {
      const days = { since: null, sent: letter.sent };
      return await scope.attempt(() => handlingSteps.start(context, name, row, input, days));
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.constraint !== 'referral_handling_once') throw error;
      const [now] = await scope.run(handlingOf, { referral: letter.id });
      throw new RuleBroken('CONFLICT', { record: now?.id, details: { revision: now?.revision ?? 1 } });
    }
  };
};
export const takeReferral = answer<TakeInput>('takeReferral', () => ({}));
export const declineReferral = answer<DeclineInput>('declineReferral', ({ reason }) => ({ reason }));

interface HandlingInput extends MutationInput {
  readonly referralHandling: string;
}
export interface HandBackInput extends HandlingInput {
  readonly reason: string;
}
export interface AnswerInput extends HandlingInput {
  readonly result: string;
}
export interface PassOnInput extends HandlingInput, SendInput {}

const letters = statement(
  build
    .select({ id: referral.id, problem: referral.problem, submission: referral.submission })
    .from(referral)
    .where(sql`${referral.id} = ${placeholder('id')}::uuid`),
);

/**
 * The letter of a handling, where its receiver has the matter in hand.
 * @throws RuleBroken REFERRAL_HELD where it was passed on and is with somebody else
 */
async function inHand(context: FetchContext, handling: SteppedRow): Promise<Referral> {
  const [of] = await context.scope.run(letters, { id: handling['referral'] });
  const chain = of ? await chainOf(context, ...matterOf(of)) : [];
  const letter = chain.find(({ id }) => id === of?.id);
  if (!letter) throw new RuleBroken('NOT_FOUND', { path: ['referralHandling'] });
  const standing = standingOf(letter, chain);
  if (standing.came === 'HELD' && standing.holder !== handling.owner) throw held(standing);
  return letter;
}

const take = <Input extends HandlingInput>(
  name: string,
  written: (input: Input) => Readonly<Record<string, unknown>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await handlingSteps.take(context, name, 'referralHandling', input, async (row) => {
      await inHand(context, row);
      return written(input);
    });
    return { id };
  };
};
export const handBackReferral = take<HandBackInput>('handBackReferral', ({ reason }) => ({ reason }));
export const answerReferral = take<AnswerInput>('answerReferral', ({ result }) => ({
  result: result,
  answered: today(),
}));

const mostHops = 10;

export async function passOnReferral(
  input: PassOnInput,
  context: FetchContext,
): Promise<{ id: string; referral: string }> {
  assertLengths(input, longest);
  let letter: Referral | undefined;
  const { id, row } = await handlingSteps.take(context, 'passOnReferral', 'referralHandling', input, async (before) => {
    letter = await inHand(context, before);
    destination(before.owner, input.to);
    if (letter.hop >= mostHops) throw new RuleBroken('LIMIT_REACHED', { details: { maximum: mostHops } });
    return {};
  });
  if (!letter) throw new RuleBroken('NOT_FOUND', { path: ['referralHandling'] });
  const { title, text, problem, submission, hop, path } = letter;
  const sent: Sent = {
    owner: row.owner,
    title,
    text,
    due: dueDay(input.due, letter.due),
    hop: hop + 1,
    before: path,
    previous: letter.id,
    problem,
    submission,
  };
  return { id, referral: await send(context, sent, input) };
}
