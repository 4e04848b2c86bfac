import { oneOf, partOf, type recordSchema, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, customType, integer, text, unique, uuid } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: string; driverData: string }>({ dataType: () => 'bytea' });

export const largestFile = 20 * 1024 * 1024;
/** Bytes of every chunk but the last. */
export const chunkBytes = 512 * 1024;

/** The tables of a subgraph that keeps files. */
export function fileTables(schema: ReturnType<typeof recordSchema>) {
  /**
   * 文件: bytes that somebody sent. Until a record takes it on only whoever sent it sees it; then it has the audience of that
   * record, by the trigger `keep_file`.
   */
  const file = recordTable(
    schema,
    'file',
    {
      name: text('name').notNull(),
      mediaType: text('media_type').notNull(),
      status: text('status').$type<'UPLOADING' | 'READY'>().notNull(),
      /** Length, once it is whole. */
      bytes: integer('bytes'),
      sha256: text('sha256'),
      /** Who sent it: a name of the actor that no answer shows. */
      sender: text('sender').notNull(),
      author: uuid('author'),
      department: uuid('department'),
      /** The one record that it belongs to. */
      record: uuid('record'),
    },
    (t) => [
      oneOf('file_status', t.status, ['UPLOADING', 'READY']),
      check('file_ready_whole', sql`${t.status} = 'UPLOADING' or (${t.bytes} is not null and ${t.sha256} is not null)`),
      check('file_size', sql`${t.bytes} between 1 and ${sql.raw(String(largestFile))}`),
    ],
    { author: true, department: true },
  );
  /** Part of a file's bytes. */
  const fileChunk = recordTable(
    schema,
    'file_chunk',
    {
      file: uuid('file').notNull(),
      author: uuid('author'),
      department: uuid('department'),
      /** Bytes of the file before this chunk. */
      position: integer('position').notNull(),
      bytes: bytea('bytes').notNull(),
    },
    (t) => [
      unique('file_chunk_position').on(t.file, t.position),
      check(
        'file_chunk_size',
        sql`length(${t.bytes}) between 1 and ${sql.raw(String(chunkBytes))} and ${t.position} % ${sql.raw(String(chunkBytes))} = 0 and ${t.position} < ${sql.raw(String(largestFile))}`,
      ),
      partOf('file_chunk_part', t, t.file, file),
    ],
    { author: true, department: true },
  );
  return { file, fileChunk };
}
export type FileTables = ReturnType<typeof fileTables>;

/** A table whose rows may take a file on, by a column `file`. */
interface Taker {
  readonly table: string;
  /** The column that names another record, from which its rows take a file over. */
  readonly over?: string;
}

/**
 * A file belongs to one record and is seen by those who see that one: whenever the record changes, in the same statement.
 * Only a whole file of the same committee that belongs to no other record can be taken on.
 */
export function fileTriggers(schema: string, takers: readonly Taker[]): string {
  return `
create or replace function ${schema}.keep_file() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.file is null then return null; end if;
  update ${schema}.file as taken
    set record = new.id, visibility = new.visibility, parties = new.parties, subjects = new.subjects, deleted = new.deleted
    where taken.id = new.file and taken.status = 'READY' and taken.owner = new.owner
      and (taken.record is null or taken.record = new.id or taken.record = (to_jsonb(new) ->> tg_argv[0])::uuid);
  if not found then
    raise exception 'the file can not be taken on' using errcode = '23514', constraint = 'file_usable';
  end if;
  return null;
end $$;
${takers
  .map(
    ({ table, over }) =>
      `create or replace trigger keep_file after insert or update of file, visibility, parties, subjects, deleted on ${schema}.${table} for each row execute function ${schema}.keep_file(${over ? `'${over}'` : ''});`,
  )
  .join('\n')}`;
}
