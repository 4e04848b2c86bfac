import type { Actor } from '@hub/access';
import type { Language } from '@hub/errors';
import type { LoopTurn } from './fairness/loop-turns.ts';
import type { Visitor } from './fairness/visitor.ts';
import type { AnswerSize } from './graphql/answer-size.ts';
import type { Losses } from './graphql/losses.ts';

/** What belongs to one request of a client, from its arrival to its answer. */
export interface RequestContext {
  readonly requestId: string;
  readonly actor: Actor;
  readonly language: Language;
  /** Aborted when the client went away before its answer. */
  readonly abandoned?: AbortSignal | undefined;
  /** Whether it was asked by a method that promises to change nothing. */
  readonly isSafe?: boolean;
  /** Subgraphs that did not answer, or not wholly. */
  readonly incomplete: Set<string>;
  /** Of an agency's request: what has to be done before its answer is told. */
  readonly agencyRead?: { disclose(data: unknown): Promise<void> } | undefined;
  readonly answerSize: AnswerSize;
  /** What is missing from its answer, once it runs. */
  losses?: Losses;
  /** To whom it is charged, and as how many reads; nobody for what the hub asks itself. */
  readonly charged?: { readonly visitor: Visitor; readonly cost: number } | undefined;
  /** Its turn at what holds up others; nothing that the hub asks itself does. */
  readonly turn?: LoopTurn | undefined;
  /** The whole answer as it is sent, where it is at hand. */
  text?: Buffer;
  /** SQL statements that the subgraphs ran for it. */
  statements: number;
}
