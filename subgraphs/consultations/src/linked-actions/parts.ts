import type { Visibility } from '@hub/access';
import { build, DatabaseError, type Figure, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertMayEver, type FetchContext, type MutationInput, type SteppedRow, stepsOf, within } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { type QuantityInput, quantityOf } from '../suggestions/given.ts';
import { wholeOf } from '../suggestions/whole.ts';
import { chosenVisibility } from './audience.ts';
import { invitationOf, type LinkedInvitation } from './letter.ts';
import { linkedPartMachine } from './linked-part.machine.ts';
import { type PlatformInput, platformName, writePlatform } from './platform.ts';
import { linkedPart, linkedPartEvent } from './tables.ts';

const { placeholder } = sql;

/** How invited committees' parts are made and moved. */
export const linkedPartSteps = stepsOf(linkedPart, linkedPartMachine, linkedPartEvent, consultationSettings);

const longest = { reason: 500, plan: 4_000, report: 10_000 };
const mostFigures = 50;

export interface AcceptInput extends MutationInput {
  readonly linkedInvitation: string;
  readonly visibility?: Visibility | null;
}
export interface DeclineInput extends AcceptInput {
  readonly reason: string;
}

const answerOf = statement(
  build
    .select({ id: linkedPart.id, status: linkedPart.status, revision: linkedPart.revision })
    .from(linkedPart)
    .where(and(sql`${linkedPart.linkedInvitation} = ${placeholder('invitation')}::uuid`, isNull(linkedPart.deleted))),
);

const daysOf = ({ answerBy, handInBy }: LinkedInvitation) => ({ since: null, answerBy, handInBy });

/** The first answer to an invitation makes the part; whoever comes second is told what the first one said. */
const answer = <Input extends AcceptInput>(
  name: string,
  written: (input: Input) => Readonly<Record<string, unknown>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { actor, scope } = context;
    assertMayEver(linkedPartMachine, name, actor);
    assertLengths(input, longest);
    const letter = await invitationOf(context, input.linkedInvitation, 'linkedInvitation');
    const owner = 'committee' in actor ? actor.committee : '';
    if (owner !== letter.committee) throw new RuleBroken('NOT_YOURS', { details: { who: '受邀政协机关经办人员' } });
    const [known] = await scope.run(answerOf, { invitation: letter.id });
    if (known)
      throw new RuleBroken('STEP_NOT_ALLOWED', { record: known.id, details: { state: known.status, from: 'SILENT' } });
    if (letter.status !== 'OPEN') throw new RuleBroken('INVITATION_CLOSED');
    const row = {
      owner,
      visibility: chosenVisibility(input.visibility, ['JOINT', 'UPWARD', 'PUBLIC'], 'JOINT'),
      parties: [...letter.parties],
      subjects: [],
      linkedInvitation: letter.id,
      answered: today(),
      ...written(input),
    };
    try {
      return await scope.attempt(() => linkedPartSteps.start(context, name, row, input, daysOf(letter)));
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.constraint !== 'linked_part_once') throw error;
      const [first] = await scope.run(answerOf, { invitation: letter.id });
      throw new RuleBroken('CONFLICT', { record: first?.id, details: { revision: first?.revision ?? 1 } });
    }
  };
};
export const acceptLinkedInvitation = answer<AcceptInput>('acceptLinkedInvitation', () => ({}));
export const declineLinkedInvitation = answer<DeclineInput>('declineLinkedInvitation', ({ reason }) => ({ reason }));

interface StepInput extends MutationInput {
  readonly linkedPart: string;
}
export interface PlanInput extends StepInput {
  readonly plan: string;
  readonly plannedFrom?: string | null;
  readonly plannedUntil?: string | null;
  readonly consultation?: string | null;
  readonly platform?: PlatformInput | null;
}
export interface HandInInput extends StepInput {
  readonly report: string;
  readonly figures?:
    | readonly {
        readonly label: string;
        readonly value: QuantityInput;
        readonly unit?: string | null;
        readonly note?: string | null;
      }[]
    | null;
}
export interface LeaveInput extends StepInput {
  readonly reason: string;
}

const take = <Input extends StepInput>(
  name: string,
  changes: (
    input: Input,
    row: SteppedRow,
    context: FetchContext,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
  after: (input: Input, row: SteppedRow, context: FetchContext) => Promise<void> = async () => undefined,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    assertMayEver(linkedPartMachine, name, context.actor);
    const part = await linkedPartSteps.read(context, input.linkedPart, 'linkedPart');
    // Its days stand in the letter, which the inviter may change.
    const letter = await invitationOf(context, String(part['linkedInvitation']), 'linkedPart');
    const { id, row } = await linkedPartSteps.take(
      context,
      name,
      'linkedPart',
      input,
      (row) => changes(input, row, context),
      daysOf(letter),
    );
    await after(input, row, context);
    return { id };
  };
};

export const reconsiderLinkedInvitation = take<StepInput>('reconsiderLinkedInvitation', () => ({
  reason: null,
  answered: today(),
}));

/** A consultation of the committee's own. @throws RuleBroken NOT_FOUND, or INVALID for another committee's */
async function ownConsultation(context: FetchContext, owner: string, id: string): Promise<string> {
  const whole = await wholeOf(context, id);
  if (whole.owner !== owner)
    throw new RuleBroken('INVALID', { path: ['consultation'], details: { field: 'consultation' } });
  return whole.id;
}

const planned = async (input: PlanInput, row: SteppedRow, context: FetchContext) => {
  const { plannedFrom = null, plannedUntil = null, consultation } = input;
  if (plannedFrom !== null && plannedUntil !== null && plannedFrom > plannedUntil)
    throw new RuleBroken('INVALID', { path: ['plannedUntil'], details: { field: 'plannedUntil' } });
  return {
    plan: input.plan,
    plannedFrom,
    plannedUntil,
    consultation: consultation == null ? row['consultation'] : await ownConsultation(context, row.owner, consultation),
    ...(input.platform && { platformName: platformName(input.platform) }),
  };
};
export const planLinkedPart = take<PlanInput>('planLinkedPart', planned, ({ platform }, row, { scope }) =>
  within(['platform'], () => writePlatform(scope, 'linkedPart', row, platform)),
);

function figuresOf(given: NonNullable<HandInInput['figures']>): readonly Figure[] {
  if (given.length > mostFigures)
    throw new RuleBroken('LIMIT_REACHED', { path: ['figures'], details: { maximum: mostFigures } });
  return given.map(({ label, value, unit, note }, at) => {
    assertLengths({ label, unit, note }, { label: 100, unit: 20, note: 200 }, ['figures', String(at)]);
    const quantity = quantityOf(value);
    if (!quantity) throw new RuleBroken('INVALID', { path: ['figures', String(at)], details: { field: 'figures' } });
    return { label, value: quantity, ...(unit && { unit }), ...(note && { note }) };
  });
}

export const handInLinkedPart = take<HandInInput>('handInLinkedPart', (input, row) => ({
  report: input.report,
  ...(input.figures && { figures: figuresOf(input.figures) }),
  // What is supplemented was handed in before.
  handedIn: row['handedIn'] ?? today(),
}));
export const withdrawLinkedPart = take<LeaveInput>('withdrawLinkedPart', ({ reason }) => ({ reason }));
