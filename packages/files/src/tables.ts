import { oneOf, partOf, type recordSchema, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, customType, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: string; driverData: string }>({ dataType: () => 'bytea' });

export const largestFile = 20 * 1024 * 1024;
/** Bytes of every chunk but the last. */
export const chunkBytes = 512 * 1024;

/** What no record has taken on and nobody has dropped: of these there is a quota, and their time is short. */
const unattached = (t: Record<'record' | 'deleted', AnyPgColumn>) => sql`${t.record} is null and ${t.deleted} is null`;

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
      check('file_name_length', sql`length(${t.name}) <= 300 and length(${t.mediaType}) <= 200`),
      index('file_unattached').on(t.created).where(unattached(t)),
      index('file_unattached_sender').on(t.sender).where(unattached(t)),
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

/** What one sender may have in a subgraph that no record has taken on, and all senders together. */
export const quota = {
  /** Bytes, those of uploads that are on their way among them. */
  bytes: 200 * 1024 * 1024,
  files: 100,
  uploads: 4,
  uploadsOfAll: 64,
} as const;

/** An upload that isn't finished by then has died: its gateway has cut it before. */
const uploadMinutes = 20;
/** How long a file waits for a record that takes it on. */
const unattachedHours = 24;

/**
 * The quota, exactly: whoever adds to what a sender has waits for those who add to the same, and counts after them.
 * A function's statements each see what was committed before them, so the count is one of now.
 */
function quotaTriggers(schema: string): string {
  const ofSender = (sender: string) => `sender = ${sender} and record is null and deleted is null`;
  const isAlive = `status = 'UPLOADING' and created > now() - interval '${uploadMinutes} minutes'`;
  return `
create or replace function ${schema}.bound_uploads() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  uploads integer;
  uploads_of_sender integer;
  files integer;
begin
  if new.record is not null or new.deleted is not null then return new; end if;
  perform pg_advisory_xact_lock(hashtext('${schema}.uploads'));
  select count(*), count(*) filter (where sender = new.sender) into uploads, uploads_of_sender
    from ${schema}.file where record is null and deleted is null and ${isAlive};
  select count(*) into files from ${schema}.file where ${ofSender('new.sender')};
  if uploads >= ${quota.uploadsOfAll} or uploads_of_sender >= ${quota.uploads} then
    raise exception 'too many uploads at once' using errcode = '23514', constraint = 'file_uploads_at_once';
  end if;
  if files >= ${quota.files} then
    raise exception 'too many files that nothing took on' using errcode = '23514', constraint = 'file_quota';
  end if;
  return new;
end $$;
create or replace trigger bound_uploads before insert on ${schema}.file for each row execute function ${schema}.bound_uploads();
create or replace function ${schema}.bound_bytes() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  of_sender text;
  held bigint;
begin
  select sender into of_sender from ${schema}.file where id = new.file and record is null;
  if not found then return new; end if;
  perform pg_advisory_xact_lock(hashtext('${schema}.files of ' || of_sender));
  select coalesce(sum(coalesce(one.bytes, (select sum(length(chunk.bytes)) from ${schema}.file_chunk as chunk where chunk.file = one.id))), 0)
    into held from ${schema}.file as one where ${ofSender('of_sender')};
  if held + length(new.bytes) > ${quota.bytes} then
    raise exception 'too many bytes that nothing took on' using errcode = '23514', constraint = 'file_quota';
  end if;
  return new;
end $$;
create or replace trigger bound_bytes before insert on ${schema}.file_chunk for each row execute function ${schema}.bound_bytes();`;
}

/** The function that sweeps a subgraph's files. */
export const sweepFiles = 'sweep_files';

/** What is deleted for real, since nobody but its sender can have read it. The role of a request may delete nothing itself. */
function sweeping(schema: string): string {
  return `
-- The sender's own upload, that was refused or given up. That it is gone is told to whom it was told that it is there.
create or replace function ${schema}.drop_upload(dropped uuid) returns boolean
  language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from ${schema}.file
    where id = dropped and status = 'UPLOADING' and sender = current_setting('hub.subject', true) for update;
  if not found then return false; end if;
  delete from ${schema}.file_chunk where file = dropped;
  update ${schema}.file set deleted = now() where id = dropped;
  delete from ${schema}.file where id = dropped;
  return true;
end $$;
-- Uploads that died go as if they had never been; of a file that nothing took on its row stays as a tombstone.
create or replace function ${schema}.${sweepFiles}(most integer) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  swept uuid[];
begin
  if current_setting('hub.feed', true) is distinct from 'yes' or not pg_try_advisory_xact_lock(hashtext('${schema}.${sweepFiles}')) then return 0; end if;
  swept := array(select id from ${schema}.file
    where record is null and deleted is null
      and created < now() - interval '${uploadMinutes} minutes' and (status = 'UPLOADING' or created < now() - interval '${unattachedHours} hours')
    order by created limit most for update skip locked);
  delete from ${schema}.file_chunk where file = any(swept);
  update ${schema}.file set deleted = now() where id = any(swept);
  delete from ${schema}.file where id = any(swept) and status = 'UPLOADING';
  return cardinality(swept);
end $$;`;
}

/** What of these functions the subgraph’s role may call. */
export const fileCallable: readonly string[] = ['drop_upload(uuid)', `${sweepFiles}(integer)`];

/**
 * A file belongs to one record and is seen by those who see that one: whenever the record changes, in the same statement.
 * Only a whole file of the same committee that belongs to no other record can be taken on, and only by its sender.
 */
export function fileTriggers(schema: string, takers: readonly Taker[]): string {
  return `${quotaTriggers(schema)}${sweeping(schema)}
create or replace function ${schema}.keep_file() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.file is null then return null; end if;
  update ${schema}.file as taken
    set record = new.id, visibility = new.visibility, parties = new.parties, subjects = new.subjects, deleted = new.deleted
    where taken.id = new.file and taken.status = 'READY' and taken.owner = new.owner
      and (taken.record is not null or (taken.deleted is null and taken.sender = current_setting('hub.subject', true)))
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
