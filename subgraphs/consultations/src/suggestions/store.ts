import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { coHostedFromOutside } from '../consultations/range.ts';
import { adoption, consultation, suggestion, suggestionAuthor } from '../tables.ts';

const { placeholder } = sql;

const suggestionFields = {
  id: suggestion.id,
  consultation: suggestion.consultation,
  text: suggestion.text,
  count: suggestion.count,
  position: suggestion.position,
  visibility: suggestion.visibility,
  source: suggestion.source,
  revision: suggestion.revision,
  created: suggestion.created,
  modified: suggestion.modified,
};
/** A suggestion goes with its consultation when that is withdrawn. */
const ofOneThatStands = sql`exists (select 1 from ${consultation} where ${and(eq(consultation.id, suggestion.consultation), isNull(consultation.deleted))})`;

export type Suggestion = Awaited<ReturnType<typeof suggestionsById.run>>[number];
const suggestionsById = statement(
  build
    .select(suggestionFields)
    .from(suggestion)
    .where(
      and(sql`${suggestion.id} = any(${placeholder('ids')}::uuid[])`, isNull(suggestion.deleted), ofOneThatStands),
    ),
);

const authorsOfSuggestions = statement(
  build
    .select({ suggestion: suggestionAuthor.suggestion, member: suggestionAuthor.member })
    .from(suggestionAuthor)
    .where(
      and(sql`${suggestionAuthor.suggestion} = any(${placeholder('keys')}::uuid[])`, isNull(suggestionAuthor.deleted)),
    )
    .orderBy(asc(suggestionAuthor.position), asc(suggestionAuthor.id)),
);
export type Author = Awaited<ReturnType<typeof authorsOfSuggestions.run>>[number];

const adoptionsOfSuggestions = statement(
  build
    .select({
      suggestion: adoption.suggestion,
      owner: adoption.owner,
      body: adoption.body,
      bodyName: adoption.bodyName,
      status: adoption.status,
      reason: adoption.reason,
      decided: adoption.decided,
    })
    .from(adoption)
    .where(and(sql`${adoption.suggestion} = any(${placeholder('keys')}::uuid[])`, isNull(adoption.deleted)))
    .orderBy(asc(adoption.position), asc(adoption.id)),
);
export type Adoption = Awaited<ReturnType<typeof adoptionsOfSuggestions.run>>[number];

const conditions = {
  text: sql`${suggestion.id} in (select found from consultations.search('suggestion', ${placeholder('text')}) as found)`,
  adopted: sql`exists (select 1 from ${adoption} where ${and(eq(adoption.suggestion, suggestion.id), sql`${adoption.status} = any(${placeholder('adopted')}::text[])`, isNull(adoption.deleted))})`,
};
const suggestionsOfConsultation = list({
  name: 'suggestions of consultation',
  table: suggestion,
  fields: suggestionFields,
  key: { consultation: 'uuid' },
  tie: sql`${suggestion.consultation} = key.consultation`,
  orders: { POSITION: { by: ['position'], descending: false } },
});
const orders = {
  MODIFIED_DESC: { by: ['modified'], descending: true },
  MODIFIED_ASC: { by: ['modified'], descending: false },
} as const;
const suggestionsIn = rangedList({
  name: 'suggestions',
  table: suggestion,
  fields: suggestionFields,
  owner: suggestion.owner,
  province: suggestion.province,
  also: sql`${suggestion.consultation} = any(${coHostedFromOutside})`,
  where: ofOneThatStands,
  orders,
});

export interface SuggestionsRequest extends PageArguments {
  readonly filter?: { readonly text?: string | null; readonly adopted?: readonly string[] | null } | null;
  readonly orderBy: keyof typeof orders;
}

/** Suggestions, who made them and what became of them, for one fetch. */
export class SuggestionStore {
  readonly #lists: ListReader;
  readonly suggestions;
  readonly authorsOfSuggestion;
  readonly adoptionsOfSuggestion;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.suggestions = rowById(scope, suggestionsById);
    this.authorsOfSuggestion = rowsByKey(scope, authorsOfSuggestions, (row) => row.suggestion);
    this.adoptionsOfSuggestion = rowsByKey(scope, adoptionsOfSuggestions, (row) => row.suggestion);
  }

  suggestionsOf(consultation: string, page: PageArguments): Connection<Suggestion> {
    return this.#lists.connection(suggestionsOfConsultation, { consultation }, { page, order: 'POSITION' });
  }

  /** Suggestions made at consultations that the committees of a range host. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: SuggestionsRequest): Connection<Suggestion> {
    return this.#lists.connection(
      suggestionsIn(range),
      { ...range },
      { page, order: orderBy, filter: filterBy(conditions, { ...filter }) },
    );
  }
}
