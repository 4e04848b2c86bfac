import { setTimeout as delay } from 'node:timers/promises';
import { HubError } from '@hub/errors';
import { type AgencyRead, RefusedRead } from '../../agencies/agencies.ts';
import type { Ask } from '../../graphql/ask.ts';

/** A record with the cursor that one goes on from who has it. */
export interface ExportedRecord {
  readonly cursor: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export type RecordPage = readonly ExportedRecord[];

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: ExportedRecord['record'] }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

/**
 * Reads a list to its end, a page whenever the one before is taken. Each is logged before any of it is given. A page that
 * would be one too many in its minute waits for the next; whatever else is refused ends it.
 */
export async function* readRecords(
  read: AgencyRead,
  given: {
    readonly ask: Ask;
    readonly field: string;
    readonly after: string | undefined;
    readonly requestId: string;
    readonly ended: AbortSignal;
  },
): AsyncGenerator<RecordPage, void, undefined> {
  const { ask, field, requestId, ended } = given;
  let { after } = given;
  let begun = false;
  for (;;) {
    const variables = read.variables({ after });
    const data = await ask<Readonly<Record<string, Page | null>>>(read.actor, read.query, variables, requestId);
    const page = data[field];
    if (!page) throw new HubError('INTERNAL_SERVER_ERROR');
    try {
      await read.disclose(data);
    } catch (error) {
      const pause = begun && error instanceof RefusedRead && error.extensions['code'] === 'TOO_MANY_REQUESTS';
      if (!pause) throw error;
      await delay((error.retryAfter ?? 1) * 1000, undefined, { signal: ended });
      continue;
    }
    begun = true;
    yield page.edges.map(({ cursor, node }) => ({ cursor, record: node }));
    after = page.edges.at(-1)?.cursor ?? after;
    if (!page.pageInfo.hasNextPage) return;
  }
}
