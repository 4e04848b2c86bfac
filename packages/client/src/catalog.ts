import type { Connection } from './connection.ts';

/** 共享类型: without condition, under an agreement, or not at all. */
export type SharingClass = 'UNCONDITIONAL' | 'CONDITIONAL' | 'NOT_SHARED';

/** A field of the graph as it belongs to a dataset. */
export interface CatalogField {
  /** The type whose field it is: an agreement names `type.field`. */
  readonly type: string;
  readonly field: string;
  /** What it gives as SDL writes it, `[Milestone!]!`; null for what isn't shared. */
  readonly returns: string | null;
  readonly sharing: SharingClass;
  /** Whether it is personal data, which is masked unless an agreement says otherwise. */
  readonly personal: boolean;
  readonly description: string | null;
}

/** A dataset of the catalogue. Sentences are Chinese. */
export interface CatalogDataset {
  /** As agreements and `/export` name it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** CONDITIONAL where only some of its fields need a condition, too. */
  readonly sharing: SharingClass;
  /** Of the EU's list of frequencies, `UPDATE_CONT`. */
  readonly updateFrequency: string;
  readonly licence: string;
  /** What an agreement has to fulfil; null where there is nothing. */
  readonly conditions: string | null;
  /** An operation that reads some of it; null where it isn't shared. */
  readonly sampleQuery: string | null;
  readonly fields: readonly CatalogField[];
}

const document = `{
  datasets {
    name title description sharing updateFrequency licence conditions sampleQuery
    fields { type field returns sharing personal description }
  }
}`;

export async function catalog(connection: Connection): Promise<readonly CatalogDataset[]> {
  const { data } = await connection.ask<{ data: { datasets: readonly CatalogDataset[] } }>(
    // It is for everybody, and so nothing that an agency has to sign for.
    { path: '/graphql', body: { query: document }, as: 'PUBLIC' },
    { repeatable: true },
  );
  return data.datasets;
}
