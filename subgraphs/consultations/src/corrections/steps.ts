import {
  changedTexts,
  type FetchContext,
  type MutationInput,
  type QuantityInput,
  type WithdrawInput,
} from '@hub/workflow';
import { dayNow } from '../answered.ts';
import { assertLengths, pastPeriod } from '../given.ts';
import { quantityOf } from '../suggestions/given.ts';
import { assertOwnReading, assertRecorded, corrections, entered } from './kinds.ts';

type Given = string | null | undefined;
const longest = {
  reason: 500,
  text: 2_000,
  title: 200,
  description: 2_000,
  body: 100,
  office: 100,
  indicator: 100,
  unit: 20,
  to: 100,
  documentNumber: 100,
  from: 100,
  minutes: 4_000,
};
const longText = { ...longest, text: 4_000 };

interface Correcting extends MutationInput {
  readonly reason?: Given;
}
/** What isn't given stays; null takes away what needn't be there. */
const day = (field: string, given: Given) => (given === undefined ? {} : { [field]: pastPeriod(given, field) });
const quantity = (field: string, given: QuantityInput | null | undefined) =>
  given === undefined ? {} : { [field]: quantityOf(given) };

export interface SuggestionInput extends Correcting {
  readonly suggestion: string;
  readonly text?: Given;
  readonly count?: QuantityInput | null;
}
export function correctRecordedSuggestion(input: SuggestionInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.suggestion, 'suggestion', input, (row) => {
    assertRecorded(row, 'suggestion');
    return { ...changedTexts(input, ['text'], []), ...quantity('count', input.count) };
  });
}

export interface OutcomeInput extends Correcting {
  readonly outcome: string;
  readonly title?: Given;
  readonly on?: Given;
  readonly body?: Given;
  readonly description?: Given;
  readonly level?: Given;
  readonly side?: Given;
  readonly office?: Given;
}
export function correctOutcome(input: OutcomeInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.outcome, 'outcome', input, (row) => ({
    ...changedTexts(input, ['title'], ['body', 'description']),
    // Of instructions alone, which aren't without them.
    ...(row['kind'] === 'INSTRUCTION' ? changedTexts(input, ['level', 'side', 'office'], []) : {}),
    ...day('on', input.on),
  }));
}

export interface ReadingInput extends Correcting {
  readonly reading: string;
  readonly on?: Given;
  readonly text?: Given;
  readonly indicator?: Given;
  readonly value?: QuantityInput | null;
  readonly unit?: Given;
}
export function correctReading(input: ReadingInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.reading, 'reading', input, (row) => {
    assertOwnReading(row);
    return {
      ...changedTexts(input, ['text'], ['indicator', 'unit']),
      ...day('on', input.on),
      ...quantity('value', input.value),
    };
  });
}

export interface DispatchInput extends Correcting {
  readonly dispatch: string;
  readonly to?: Given;
  readonly form?: Given;
  readonly title?: Given;
  readonly documentNumber?: Given;
  readonly sent?: Given;
}
export async function correctDispatch(input: DispatchInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { row } = await corrections.correct(context, entered.dispatch, 'dispatch', input, () => ({
    ...changedTexts(input, ['to', 'form', 'title'], ['documentNumber']),
    ...(input.sent != null && { sent: dayNow(input.sent, 'sent') }),
  }));
  return { id: String(row['followUp']) };
}

export interface HandlingReportInput extends Correcting {
  readonly handlingReport: string;
  readonly from?: Given;
  readonly text?: Given;
  readonly received?: Given;
}
export async function correctHandlingReport(
  input: HandlingReportInput,
  context: FetchContext,
): Promise<{ id: string }> {
  assertLengths(input, longText);
  const { row } = await corrections.correct(context, entered.handlingReport, 'handlingReport', input, () => ({
    ...changedTexts(input, ['from', 'text'], []),
    ...(input.received != null && { received: dayNow(input.received, 'received') }),
  }));
  return { id: String(row['followUp']) };
}

export interface MinutesInput extends Correcting {
  readonly followUp: string;
  readonly minutes: string;
}
export function correctMinutes(input: MinutesInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  return corrections.correct(context, entered.minutes, 'followUp', input, () => ({ minutes: input.minutes }));
}

/** Withdraws whatever of these staff entered by mistake. */
export const withdrawConsultationRecord = (input: WithdrawInput, context: FetchContext): Promise<{ id: string }> => {
  assertLengths(input, longest);
  return corrections.withdraw(context, Object.values(entered), input);
};
