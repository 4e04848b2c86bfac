import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** A backup taken apart: its parts by name, the manifest among them as JSON. */
export interface Parts {
  readonly parts: Map<string, Buffer>;
  // biome-ignore lint/suspicious/noExplicitAny: a test changes whatever it likes
  manifest: any;
}

/** Writes a backup anew with what is changed of it, as somebody would who knows its format. */
export async function altered(file: string, to: string, change: (parts: Parts) => void): Promise<void> {
  const zip = await fromBufferPromise(await readFile(file), { lazyEntries: true });
  const parts = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    parts.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  const given: Parts = { parts, manifest: JSON.parse(String(parts.get('manifest.json'))) };
  change(given);
  parts.set('manifest.json', Buffer.from(JSON.stringify(given.manifest)));
  const made = new ZipFile();
  for (const [name, content] of parts) made.addBuffer(content, name);
  made.end();
  await writeFile(to, await buffer(made.outputStream));
}

/** Other rows for a table, of which the manifest then tells as if they had been written. */
export function rowsOf(
  { parts, manifest }: Parts,
  schema: string,
  table: string,
  change: (text: string) => string,
): void {
  const name = `tables/${schema}.${table}.copy`;
  const content = Buffer.from(change(String(parts.get(name))));
  parts.set(name, content);
  const listed = tableOf(manifest, schema, table);
  listed.bytes = content.length;
  listed.rows = String(content).split('\n').length - 1;
  listed.sha256 = createHash('sha256').update(content).digest('hex');
}

// biome-ignore lint/suspicious/noExplicitAny: of the manifest
export function tableOf(manifest: any, schema: string, table: string): any {
  const { tables } = manifest.schemas.find((one: { name: string }) => one.name === schema);
  return tables.find((one: { name: string }) => one.name === table);
}
