import type { Connection } from './connection.ts';

export interface ChangesOptions {
  /**
   * Cursor of the last batch that was taken care of; from now on without it. `CURSOR_NOT_RESTORED` is thrown where the hub was
   * restored to before it, `CURSOR_TOO_OLD` where what came after it is kept no longer (`isCursorVoid` tells both): read all again, and go on from a new one.
   */
  readonly after?: string | undefined;
  /** Types of the graph, `["Cooperation", "Milestone"]`; all whose `id` the agreement shares unless given. */
  readonly types?: readonly string[] | undefined;
  /** Codes of committees whose records they are; all unless given. */
  readonly committees?: readonly string[] | undefined;
  /** Whether to wait for what is still to come. Without, it ends when all that there is was given. True unless said. */
  readonly follow?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a record. What it is now is asked of the graph, by its type and id. */
export interface Change {
  /** Of the graph, `Cooperation`. */
  readonly type: string;
  readonly id: string;
  /** Counted up by each change of the record. */
  readonly revision: number;
  /** As the agency sees it: `INSERT` is new to it; `DELETE` is gone for it, withdrawn or no longer to be seen: a tombstone. */
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  /** Code of the committee whose record it is. */
  readonly committees: readonly string[];
}

/** Changes that came together, at most 500, in their order. */
export interface ChangeBatch {
  /** May be none, where others than the agency's records changed. */
  readonly changes: readonly Change[];
  /** Keep it once the changes are taken care of: from it one goes on, however much later. */
  readonly cursor: string;
}

/** The hub's longest. */
const waitSeconds = 30;

export async function* changes(
  connection: Connection,
  { after, types, committees, follow = true, signal }: ChangesOptions,
): AsyncGenerator<ChangeBatch, void, undefined> {
  let cursor = after;
  for (;;) {
    // Who has no cursor yet is told at once where it begins.
    const wait = follow && cursor !== undefined ? waitSeconds : 0;
    const asked = new URLSearchParams({
      wait: String(wait),
      ...(cursor !== undefined && { after: cursor }),
      ...(types && { types: types.join(',') }),
      ...(committees && { committees: committees.join(',') }),
    });
    const told = await connection.ask<{ changes: readonly Change[]; next: string }>(
      { path: `/changes?${asked}`, as: 'UNDER_AGREEMENT', signal },
      { repeatable: true },
    );
    // An answer without changes may still have gone on: over those of others, behind which there are some.
    const isNews = told.changes.length > 0 || told.next !== cursor;
    cursor = told.next;
    if (isNews) yield { changes: told.changes, cursor };
    else if (!follow) return;
  }
}
