import type { Actor } from '@hub/access';
import type { Language } from '@hub/errors';
import type { AgencyRead } from '../agencies/agencies.ts';

/** What belongs to one request of a client, from its arrival to its answer. */
export interface RequestContext {
  readonly requestId: string;
  readonly actor: Actor;
  readonly language: Language;
  /** Subgraphs that did not answer, or not wholly. */
  readonly incomplete: Set<string>;
  /** Of an agency's request: what has to be done before its answer is told. */
  readonly agencyRead?: Pick<AgencyRead, 'disclose'> | undefined;
  /** SQL statements that the subgraphs ran for it. */
  statements: number;
}
