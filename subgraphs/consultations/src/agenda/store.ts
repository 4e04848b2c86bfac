import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { agendaItem, agendaPresenter, decision } from '../tables.ts';

const { placeholder } = sql;

const itemFields = {
  id: agendaItem.id,
  consultation: agendaItem.consultation,
  number: agendaItem.number,
  title: agendaItem.title,
  kind: agendaItem.kind,
  presenter: agendaItem.presenter,
  result: agendaItem.result,
  position: agendaItem.position,
};
export type AgendaItem = Awaited<ReturnType<typeof itemsOfConsultations.run>>[number];
const itemsById = statement(
  build
    .select(itemFields)
    .from(agendaItem)
    .where(and(sql`${agendaItem.id} = any(${placeholder('ids')}::uuid[])`, isNull(agendaItem.deleted))),
);
/** Agenda items of consultations, by `keys`. */
export const itemsOfConsultations = statement(
  build
    .select(itemFields)
    .from(agendaItem)
    .where(and(sql`${agendaItem.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(agendaItem.deleted)))
    .orderBy(asc(agendaItem.position), asc(agendaItem.id)),
);
const presentersOfItems = statement(
  build
    .select({ agendaItem: agendaPresenter.agendaItem, member: agendaPresenter.member })
    .from(agendaPresenter)
    .where(
      and(sql`${agendaPresenter.agendaItem} = any(${placeholder('keys')}::uuid[])`, isNull(agendaPresenter.deleted)),
    )
    .orderBy(desc(agendaPresenter.created), asc(agendaPresenter.id)),
);
const decisionFields = {
  id: decision.id,
  consultation: decision.consultation,
  agendaItem: decision.agendaItem,
  kind: decision.kind,
  title: decision.title,
  text: decision.text,
  number: decision.number,
  votesFor: decision.votesFor,
  votesAgainst: decision.votesAgainst,
  abstentions: decision.abstentions,
  created: decision.created,
};
export type Decision = Awaited<ReturnType<typeof decisionsOfConsultations.run>>[number];
const decisionsById = statement(
  build
    .select(decisionFields)
    .from(decision)
    .where(and(sql`${decision.id} = any(${placeholder('ids')}::uuid[])`, isNull(decision.deleted))),
);
const decisionsOfConsultations = statement(
  build
    .select(decisionFields)
    .from(decision)
    .where(and(sql`${decision.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(decision.deleted)))
    .orderBy(asc(decision.created), asc(decision.id)),
);
const decisionsOfItems = statement(
  build
    .select(decisionFields)
    .from(decision)
    .where(and(sql`${decision.agendaItem} = any(${placeholder('keys')}::uuid[])`, isNull(decision.deleted)))
    .orderBy(asc(decision.created), asc(decision.id)),
);

/** Agendas and what was decided at them, for one fetch. */
export class AgendaStore {
  readonly items;
  readonly itemsOfConsultation;
  readonly presenterOfItem;
  readonly decisions;
  readonly decisionsOfConsultation;
  readonly decisionsOfItem;

  constructor(scope: Scope) {
    this.items = rowById(scope, itemsById);
    this.itemsOfConsultation = rowsByKey(scope, itemsOfConsultations, (row) => row.consultation);
    this.presenterOfItem = rowsByKey(scope, presentersOfItems, (row) => row.agendaItem);
    this.decisions = rowById(scope, decisionsById);
    this.decisionsOfConsultation = rowsByKey(scope, decisionsOfConsultations, (row) => row.consultation);
    this.decisionsOfItem = rowsByKey(scope, decisionsOfItems, (row) => row.agendaItem ?? '');
  }
}
