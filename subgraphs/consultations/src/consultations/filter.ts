import type { CommitteeLevel } from '@hub/regions';

export interface ConsultationFilter {
  readonly kinds?: readonly string[] | null;
  readonly statuses?: readonly string[] | null;
  readonly level?: CommitteeLevel | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly text?: string | null;
  readonly cooperation?: string | null;
  readonly joint?: boolean | null;
}

/** The codes of a level, as a regular expression. */
const codesOfLevel: Readonly<Record<CommitteeLevel, string>> = {
  NATIONAL: '^000000$',
  PROVINCE: '^(?!00)..0000$',
  CITY: '^..(?!00)..00$',
  COUNTY: '^....(?!00)..$',
};

/** The values of a filter as the list's conditions take them. */
export function filterValues(filter: ConsultationFilter | null | undefined): Readonly<Record<string, unknown>> {
  return { ...filter, level: filter?.level && codesOfLevel[filter.level] };
}
