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
import { coHostedFromOutside, ofOutside } from '../consultations/range.ts';
import { adoption, coAuthorship, suggestion, suggestionAuthor } from './tables.ts';

const { placeholder } = sql;

const suggestionFields = {
  id: suggestion.id,
  consultation: suggestion.consultation,
  owner: suggestion.owner,
  status: suggestion.status,
  since: suggestion.since,
  text: suggestion.text,
  count: suggestion.count,
  author: suggestion.author,
  organization: suggestion.organization,
  department: suggestion.department,
  reason: suggestion.reason,
  answer: suggestion.answer,
  answered: suggestion.answered,
  answerEntered: suggestion.answerEntered,
  measures: suggestion.measures,
  plannedEnd: suggestion.plannedEnd,
  result: suggestion.result,
  position: suggestion.position,
  visibility: suggestion.visibility,
  source: suggestion.source,
  revision: suggestion.revision,
  created: suggestion.created,
  modified: suggestion.modified,
};

export type Suggestion = Awaited<ReturnType<typeof suggestionsById.run>>[number];
const suggestionsById = statement(
  build
    .select(suggestionFields)
    .from(suggestion)
    .where(and(sql`${suggestion.id} = any(${placeholder('ids')}::uuid[])`, isNull(suggestion.deleted))),
);

// A member whom another author named is an author once they have confirmed it.
const authorsOfSuggestions = statement(
  build
    .select({
      suggestion: suggestionAuthor.suggestion,
      member: suggestionAuthor.member,
      certain: suggestionAuthor.certain,
      confirmed: coAuthorship.confirmed,
    })
    .from(suggestionAuthor)
    .leftJoin(
      coAuthorship,
      and(
        eq(coAuthorship.suggestion, suggestionAuthor.suggestion),
        eq(coAuthorship.author, suggestionAuthor.member),
        isNull(coAuthorship.deleted),
      ),
    )
    .where(
      and(sql`${suggestionAuthor.suggestion} = any(${placeholder('keys')}::uuid[])`, isNull(suggestionAuthor.deleted)),
    )
    .orderBy(asc(suggestionAuthor.position), asc(suggestionAuthor.id)),
);
export type Author = Awaited<ReturnType<typeof authorsOfSuggestions.run>>[number];

const authorsForDepartment = statement(
  build
    .select({
      suggestion: sql<string>`told.suggestion`.as('suggestion'),
      member: sql<string>`told.member`.as('member'),
    })
    .from(sql`consultations.authors_for_department(${placeholder('keys')}::uuid[]) as told`),
);

const adoptionsOfSuggestions = statement(
  build
    .select({
      id: adoption.id,
      suggestion: adoption.suggestion,
      owner: adoption.owner,
      body: adoption.body,
      bodyName: adoption.bodyName,
      status: adoption.status,
      reason: adoption.reason,
      decided: adoption.decided,
      document: adoption.document,
      superseded: adoption.superseded,
      visibility: adoption.visibility,
      created: adoption.created,
    })
    .from(adoption)
    .where(and(sql`${adoption.suggestion} = any(${placeholder('keys')}::uuid[])`, isNull(adoption.deleted)))
    .orderBy(asc(adoption.position), asc(adoption.created), asc(adoption.id)),
);
export type Adoption = Awaited<ReturnType<typeof adoptionsOfSuggestions.run>>[number];

const conditions = {
  adopted: sql`exists (select 1 from ${adoption} where ${and(eq(adoption.suggestion, suggestion.id), sql`${adoption.status} = any(${placeholder('adopted')}::text[])`, sql`not ${adoption.superseded}`, isNull(adoption.deleted))})`,
  statuses: sql`${suggestion.status} = any(${placeholder('statuses')}::text[])`,
};
const suggestionsOfConsultation = list({
  name: 'suggestions of consultation',
  table: suggestion,
  fields: suggestionFields,
  key: { consultation: 'uuid' },
  tie: sql`${suggestion.consultation} = key.consultation`,
  orders: { POSITION: { by: ['position'], descending: false } },
});
const suggestionsOfMember = list({
  name: 'suggestions of member',
  table: suggestion,
  fields: suggestionFields,
  key: { member: 'uuid' },
  tie: sql`${suggestion.id} in (select ${suggestionAuthor.suggestion} from ${suggestionAuthor} where ${suggestionAuthor.member} = key.member and ${suggestionAuthor.deleted} is null
    and (${suggestionAuthor.certain} or exists (select 1 from ${coAuthorship} where ${and(eq(coAuthorship.suggestion, suggestionAuthor.suggestion), eq(coAuthorship.author, suggestionAuthor.member), coAuthorship.confirmed, isNull(coAuthorship.deleted))})))`,
  sorts: true,
  orders: { MODIFIED_DESC: { by: ['modified'], descending: true } },
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
  also: sql`${suggestion.consultation} = any(${coHostedFromOutside}) and ${ofOutside}`,
  searched: { schema: 'consultations', type: 'suggestion', walksNation: true },
  orders,
});

/** Which suggestions the acting member is asked to stand for as an author. */
export const askedOf = statement(
  build
    .select({
      suggestion: sql<string>`asked.suggestion`.as('asked_for'),
      answered: sql<boolean>`asked.answered`.as('asked_and_answered'),
    })
    .from(sql`consultations.asked_to_author() as asked`),
);

export interface SuggestionsRequest extends PageArguments {
  readonly filter?: {
    readonly text?: string | null;
    readonly adopted?: readonly string[] | null;
    readonly statuses?: readonly string[] | null;
  } | null;
  readonly orderBy: keyof typeof orders;
}

/** Suggestions, who made them and what became of them, for one fetch. */
export class SuggestionStore {
  readonly #lists: ListReader;
  readonly #scope: Scope;
  #asked: Promise<ReadonlySet<string>> | undefined;
  readonly suggestions;
  readonly authorsOfSuggestion;
  /** Authors of what the acting department was given, whoever may read their records. */
  readonly authorsForDepartment;
  readonly adoptionsOfSuggestion;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.#scope = scope;
    this.suggestions = rowById(scope, suggestionsById);
    this.authorsOfSuggestion = rowsByKey(scope, authorsOfSuggestions, (row) => row.suggestion);
    this.authorsForDepartment = rowsByKey(scope, authorsForDepartment, (row) => row.suggestion);
    this.adoptionsOfSuggestion = rowsByKey(scope, adoptionsOfSuggestions, (row) => row.suggestion);
  }

  /** Those which the acting member is asked to stand for, and has yet to answer. */
  asked(): Promise<ReadonlySet<string>> {
    this.#asked ??= this.#scope
      .run(askedOf)
      .then((rows) => new Set(rows.filter(({ answered }) => !answered).map(({ suggestion }) => suggestion)));
    return this.#asked;
  }

  suggestionsOf(consultation: string, page: PageArguments): Connection<Suggestion> {
    return this.#lists.connection(suggestionsOfConsultation, { consultation }, { page, order: 'POSITION' });
  }

  /** Suggestions that a member made, alone or with others. */
  ofMember(member: string, page: PageArguments): Connection<Suggestion> {
    return this.#lists.connection(suggestionsOfMember, { member }, { page, order: 'MODIFIED_DESC' });
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
