import type { Quantity } from '@hub/database';
import type { Consultation } from '../consultations/store.ts';
import type { PlanItem } from './store.ts';

/** A number and the consultations behind it. */
interface Count {
  readonly count: number;
  readonly consultations: readonly Consultation[];
}
interface Stages {
  readonly held: Count;
  readonly scheduled: Count;
  readonly notHeld: Count;
  readonly cancelled: Count;
}

/** What is planned, and what became of it as far as consultations are linked; nothing is guessed for items without. */
export interface Progress extends Stages {
  readonly planned: Quantity | null;
  readonly openItems: readonly PlanItem[];
}
export interface KindProgress extends Progress {
  readonly kind: string;
}
export interface PlanProgress extends Progress {
  readonly planned: Quantity;
  readonly complete: boolean;
  readonly byKind: readonly KindProgress[];
}
export interface ItemProgress extends Stages {
  readonly planned: Quantity | null;
  readonly remaining: number | null;
  readonly consultations: readonly Consultation[];
}

/** The items of a plan with the consultations of each, as far as they may be seen. */
export type CarriedOut = readonly { readonly item: PlanItem; readonly consultations: readonly Consultation[] }[];

const words: Readonly<Record<Quantity['qualifier'], string>> = { EXACT: '', AT_LEAST: '至少', NEARLY: '近' };
const quantity = (value: number, qualifier: Quantity['qualifier']): Quantity => ({
  value,
  qualifier,
  text: `${words[qualifier]}${value}`,
});
const exactly = (value: number) => quantity(value, 'EXACT');

/** How many an item means: what it names is one unless it says otherwise, a kind alone is no number. */
const plannedBy = ({ title, count }: PlanItem): Quantity | null => count ?? (title === null ? null : exactly(1));

/** As many as all of these: no more precise than the least precise of them. */
function sumOf(quantities: readonly (Quantity | null)[]): Quantity {
  const known = quantities.filter((one) => one !== null);
  const value = known.reduce((sum, one) => sum + one.value, 0);
  const has = (qualifier: Quantity['qualifier']) => known.some((one) => one.qualifier === qualifier);
  if (known.length < quantities.length || has('AT_LEAST')) return quantity(value, 'AT_LEAST');
  return quantity(value, has('NEARLY') ? 'NEARLY' : 'EXACT');
}

/** An item without a title says how many of a kind there are to be, and those with one are among them. */
function plannedOfKind(items: readonly PlanItem[]): Quantity | null {
  const quotas = items.filter(({ title }) => title === null).map(plannedBy);
  const named = items.filter(({ title }) => title !== null).map(plannedBy);
  if (named.length === 0 && quotas.every((one) => one === null)) return null;
  const [quota, titles] = [sumOf(quotas), sumOf(named)];
  if (quotas.length > 0 && quota.value >= titles.value) return quota;
  return quotas.includes(null) || quota.qualifier === 'AT_LEAST' ? quantity(titles.value, 'AT_LEAST') : titles;
}

function stagesOf(consultations: readonly Consultation[]): Stages {
  const once = [...new Map(consultations.map((one) => [one.id, one])).values()];
  const those = (status: Consultation['status']): Count => {
    const found = once.filter((one) => one.status === status);
    return { count: found.length, consultations: found };
  };
  return {
    held: those('HELD'),
    scheduled: those('SCHEDULED'),
    notHeld: those('NOT_HELD'),
    cancelled: those('CANCELLED'),
  };
}

/** Of how many it is known what became of them or on which day they will be. */
const settled = ({ held, scheduled, notHeld, cancelled }: Stages) =>
  held.count + scheduled.count + notHeld.count + cancelled.count;

function progressOf(work: CarriedOut): Omit<Progress, 'planned'> {
  const stages = stagesOf(work.flatMap(({ consultations }) => consultations));
  const openItems = work
    .filter(({ item, consultations }) => {
      const planned = plannedBy(item);
      const inItsTitles =
        item.title === null && work.some((one) => one.item.title !== null && one.item.kind === item.kind);
      return planned !== null && !inItsTitles && settled(stagesOf(consultations)) < planned.value;
    })
    .map(({ item }) => item);
  return { ...stages, openItems };
}

/** Planned against held for a whole plan and for each kind in it. */
export function planProgress(work: CarriedOut): PlanProgress {
  const kinds = [...new Set(work.map(({ item }) => item.kind))];
  const byKind = kinds.map((kind): KindProgress => {
    const ofKind = work.filter(({ item }) => item.kind === kind);
    return { kind, planned: plannedOfKind(ofKind.map(({ item }) => item)), ...progressOf(ofKind) };
  });
  return {
    planned: sumOf(byKind.map(({ planned }) => planned)),
    ...progressOf(work),
    complete: byKind.length > 0 && byKind.every(({ planned, held }) => held.count >= (planned?.value ?? 1)),
    byKind,
  };
}

/** Planned against held for one item; one without a title has what carries out the titled items of its kind too. */
export function itemProgress(of: PlanItem, work: CarriedOut): ItemProgress {
  const consultations = work
    .filter(({ item }) => item.id === of.id || (of.title === null && item.title !== null && item.kind === of.kind))
    .flatMap((one) => one.consultations);
  const stages = stagesOf(consultations);
  const planned = plannedBy(of);
  const remaining = planned && Math.max(0, planned.value - stages.held.count);
  return { planned, remaining, consultations, ...stages };
}
