import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';

export interface ConsultationFilter {
  readonly kinds?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly level?: CommitteeLevel | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly text?: string | null;
  readonly cooperation?: string | null;
  readonly organization?: string | null;
  readonly joint?: boolean | null;
}

/** The values of a filter as the list's conditions take them. */
export function filterValues(filter: ConsultationFilter | null | undefined): Readonly<Record<string, unknown>> {
  return { ...filter, level: filter?.level && codesOfLevel[filter.level] };
}
