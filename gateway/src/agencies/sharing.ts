import type { AgencyActor } from '@hub/access';

/** What an agency may read, and by which of its tokens it asks. */
export interface Sharing {
  readonly agency: string;
  /** Current code of the committee whose log its reads stand in: the one that shares, or that registered the agency. */
  readonly committee: string;
  /** Absent for what is shared without condition. */
  readonly agreement?: {
    readonly id: string;
    readonly version: number;
    readonly fields: ReadonlySet<string>;
    readonly unmasked: ReadonlySet<string>;
    readonly regions: readonly string[];
  };
}

/** What of an agreement the gateway looks at. */
export interface AgreementTerms {
  readonly version: number;
  readonly datasets: readonly { readonly fields: readonly string[]; readonly unmasked: readonly string[] }[];
  readonly regions: readonly ({ readonly code: string } | null)[];
}

/** The selection that {@link AgreementTerms} is read by. */
export const termsSelection = 'version datasets { fields unmasked } regions { code }';

export function sharingUnder(
  agency: string,
  agreement: { readonly id: string; readonly committee: string; readonly terms: AgreementTerms },
): Sharing {
  const { id, committee, terms } = agreement;
  return {
    agency,
    committee,
    agreement: {
      id,
      version: terms.version,
      fields: new Set(terms.datasets.flatMap(({ fields }) => fields)),
      unmasked: new Set(terms.datasets.flatMap(({ unmasked }) => unmasked)),
      regions: terms.regions.flatMap((region) => region?.code ?? []),
    },
  };
}

/** The agency as subgraphs know it. */
export function agencyActor({ agency, committee, agreement }: Sharing): AgencyActor {
  return agreement
    ? { kind: 'AGENCY', subject: agency, regions: agreement.regions, sharedBy: committee }
    : { kind: 'AGENCY', subject: agency, regions: ['000000'] };
}
