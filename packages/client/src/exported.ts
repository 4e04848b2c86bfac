import { type Connection, unbroken } from './connection.ts';

export interface ExportOptions {
  /** Cursor of the last record that is there already; from the first without it. */
  readonly after?: string | undefined;
  /** Which list, where a dataset has several: `{ list: "regions" }` of `directory`. */
  readonly list?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A record with the cursor from which one goes on who has it. */
export interface Exported<Row> {
  readonly cursor: string;
  readonly record: Row;
}

const pathOf = (dataset: string, given: Readonly<Record<string, string | undefined>>): string => {
  const asked = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/export/${encodeURIComponent(dataset)}?${new URLSearchParams(asked)}`;
};

export async function* exported<Row>(
  connection: Connection,
  dataset: string,
  { after, list, signal }: ExportOptions,
): AsyncGenerator<Exported<Row>, void, undefined> {
  const patience = connection.patience({ repeatable: true, signal });
  let cursor = after;
  for (;;)
    try {
      const path = pathOf(dataset, { format: 'jsonl', list, after: cursor });
      const body = await connection.open({ path, as: 'UNDER_AGREEMENT', signal });
      for await (const line of linesOf(body, signal)) {
        const one = JSON.parse(line) as Exported<Row>;
        patience.progressed();
        yield one;
        cursor = one.cursor;
      }
      return;
    } catch (error) {
      await patience.after(error);
    }
}

export async function exportedFile(
  connection: Connection,
  dataset: string,
  { format, after, list, signal }: ExportOptions & { readonly format: 'csv' | 'xlsx' | 'jsonl' },
): Promise<ReadableStream<Uint8Array>> {
  const patience = connection.patience({ repeatable: true, signal });
  for (;;)
    try {
      return await connection.open({
        path: pathOf(dataset, { format, list, after }),
        as: 'UNDER_AGREEMENT',
        signal,
      });
    } catch (error) {
      await patience.after(error);
    }
}

/** The lines that arrived whole; what stands behind the last line end never was one. */
async function* linesOf(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await unbroken(reader.read(), signal);
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Whoever has enough leaves the rest at the hub.
    await reader.cancel().catch(() => undefined);
  }
}
