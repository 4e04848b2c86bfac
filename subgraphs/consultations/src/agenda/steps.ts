import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertNoMoreThan, type FetchContext, type SteppedRow } from '@hub/workflow';
import { eq, sql } from 'drizzle-orm';
import { assertOwnToChange, consultationSteps, type StepInput } from '../consultations/steps.ts';
import { assertLengths, givenId } from '../given.ts';
import { agendaItem, agendaPresenter, decision } from '../tables.ts';
import { type AgendaItem, itemsOfConsultations } from './store.ts';

const { placeholder } = sql;

interface GivenItem {
  /** Of an item that is there already and stays. */
  readonly id?: string | null;
  readonly number?: string | null;
  readonly title: string;
  readonly kind?: string | null;
  readonly presenter?: string | null;
  readonly presentingMember?: string | null;
}
export interface SetAgendaInput extends StepInput {
  readonly items: readonly GivenItem[];
}

const most = 100;
const longest = { number: 20, title: 200, presenter: 100 };

/** @throws RuleBroken INVALID, TOO_LONG, REQUIRED, or NOT_FOUND for the id of no item of the agenda */
function checkItems(items: readonly GivenItem[], known: readonly AgendaItem[]): void {
  assertNoMoreThan(most, items, ['items']);
  if (items.length === 0) throw new RuleBroken('REQUIRED', { path: ['items'], details: { field: 'items' } });
  const named = new Set<string>();
  for (const [at, item] of items.entries()) {
    const path = (field: string) => ['items', String(at), field];
    assertLengths(item, longest, ['items', String(at)]);
    if (item.presentingMember != null) givenId(item.presentingMember, 'presentingMember', path('presentingMember'));
    if (item.id == null) continue;
    if (named.has(item.id) || !known.some(({ id }) => id === item.id))
      throw new RuleBroken('NOT_FOUND', { path: path('id') });
    named.add(item.id);
  }
}

const withdrawItems = statement(
  build
    .update(agendaItem)
    .set({ deleted: sql`now()` })
    .where(sql`${agendaItem.id} = any(${placeholder('ids')}::uuid[])`),
);

const withdrawPresenters = statement(
  build
    .update(agendaPresenter)
    .set({ deleted: sql`now()` })
    .where(sql`${agendaPresenter.agendaItem} = ${placeholder('item')}::uuid and ${agendaPresenter.deleted} is null`),
);

/** Sets the agenda in place of the one before; items that stay keep their ids, results and decisions. */
export async function setAgenda(input: SetAgendaInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  let known: readonly AgendaItem[] = [];
  const { id, row } = await consultationSteps.take(context, 'setAgenda', 'consultation', input, async (of) => {
    await assertOwnToChange(scope, of);
    known = await scope.run(itemsOfConsultations, { keys: [of.id] });
    checkItems(input.items, known);
    return {};
  });
  const gone = known.filter((item) => !input.items.some((given) => given.id === item.id)).map((item) => item.id);
  // Their presenters go with them.
  if (gone.length > 0) await scope.run(withdrawItems, { ids: gone });
  for (const [position, given] of input.items.entries()) await writeItem(scope, row, position, given);
  return { id };
}

async function writeItem(scope: Scope, of: SteppedRow, position: number, given: GivenItem): Promise<void> {
  const part = {
    owner: of.owner,
    ownerAsFiled: of.owner,
    visibility: of.visibility,
    parties: [...of.parties],
    subjects: [...of.subjects],
    organization: of.organization ?? null,
  };
  const { presentingMember } = given;
  const columns = {
    number: given.number ?? null,
    title: given.title,
    kind: given.kind ?? null,
    presenter: given.presenter || null,
    position,
  };
  const id = given.id ?? crypto.randomUUID();
  await scope.run(
    given.id == null
      ? statement(build.insert(agendaItem).values({ ...part, ...columns, id, consultation: of.id }))
      : statement(build.update(agendaItem).set(columns).where(eq(agendaItem.id, id))),
  );
  if (given.id != null) await scope.run(withdrawPresenters, { item: id });
  if (presentingMember == null) return;
  const presenter = {
    ...part,
    id: crypto.randomUUID(),
    // As far as is known here the member is one of the committee's, and known to its members.
    referenceOwner: of.owner,
    referenceVisibility: 'MEMBERS' as const,
    agendaItem: id,
    member: presentingMember,
  };
  await scope.run(statement(build.insert(agendaPresenter).values(presenter)));
}

/** @throws RuleBroken NOT_FOUND where the consultation's agenda has no such item */
async function assertItem(scope: Scope, consultation: string, wanted: string): Promise<void> {
  const items = await scope.run(itemsOfConsultations, { keys: [consultation] });
  if (!items.some(({ id }) => id === wanted)) throw new RuleBroken('NOT_FOUND', { path: ['agendaItem'] });
}

export interface ResultInput extends StepInput {
  readonly agendaItem: string;
  readonly result: string;
}

export async function recordAgendaItemResult(input: ResultInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, { result: 1_000 });
  const { id } = await consultationSteps.take(context, 'recordAgendaItemResult', 'consultation', input, async (row) => {
    await assertItem(scope, row.id, input.agendaItem);
    return {};
  });
  const { result } = input;
  await scope.run(statement(build.update(agendaItem).set({ result }).where(eq(agendaItem.id, input.agendaItem))));
  return { id };
}

export interface DecisionInput extends StepInput {
  readonly agendaItem?: string | null;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly number?: string | null;
  readonly vote?: { readonly for: number; readonly against: number; readonly abstained: number } | null;
}

/** Records what a consultation decided. Nothing changes it afterwards. */
export async function recordDecision(input: DecisionInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const { agendaItem: item, kind, title, text, number, vote } = input;
  assertLengths(input, { title: 200, text: 10_000, number: 50 });
  const negative = Object.entries(vote ?? {}).find(([, count]) => count < 0)?.[0];
  if (negative) throw new RuleBroken('INVALID', { path: ['vote', negative], details: { field: negative } });
  const { id, row } = await consultationSteps.take(context, 'recordDecision', 'consultation', input, async (of) => {
    if (item != null) await assertItem(scope, of.id, item);
    return {};
  });
  const recorded = {
    id: crypto.randomUUID(),
    owner: row.owner,
    ownerAsFiled: row.owner,
    visibility: row.visibility,
    parties: [...row.parties],
    subjects: [...row.subjects],
    consultation: id,
    agendaItem: item ?? null,
    kind,
    title: title,
    text,
    number: number || null,
    votesFor: vote?.for ?? null,
    votesAgainst: vote?.against ?? null,
    abstentions: vote?.abstained ?? null,
  };
  await scope.run(statement(build.insert(decision).values(recorded)));
  return { id };
}
