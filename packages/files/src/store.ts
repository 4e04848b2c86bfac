import { type Actor, subjectOf } from '@hub/access';
import { isId, rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { chunkBytes, file, fileChunk, largestFile } from './tables.ts';

const { placeholder } = sql;

const fileFields = {
  id: file.id,
  name: file.name,
  mediaType: file.mediaType,
  bytes: file.bytes,
  sha256: file.sha256,
  modified: file.modified,
};
const readyFiles = statement(
  build
    .select(fileFields)
    .from(file)
    .where(
      and(sql`${file.id} = any(${placeholder('ids')}::uuid[])`, sql`${file.status} = 'READY'`, isNull(file.deleted)),
    ),
);
export type File = Awaited<ReturnType<typeof readyFiles.run>>[number];

const audienceColumns = ['owner', 'visibility', 'parties', 'subjects', 'author', 'department'] as const;
const values = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, placeholder(name)])) as never;
const insertFile = statement(
  build
    .insert(file)
    .values(values(['id', 'ownerAsFiled', 'name', 'mediaType', 'status', 'sender', ...audienceColumns])),
);
/** A file that is being received, to whoever sends it. */
const uploads = statement(
  build
    .select({
      id: file.id,
      owner: file.owner,
      visibility: file.visibility,
      parties: file.parties,
      subjects: file.subjects,
      author: file.author,
      department: file.department,
    })
    .from(file)
    .where(
      and(
        sql`${file.id} = ${placeholder('id')}::uuid`,
        sql`${file.sender} = ${placeholder('sender')}`,
        sql`${file.status} = 'UPLOADING'`,
        isNull(file.deleted),
      ),
    ),
);
const insertChunk = statement(
  build.insert(fileChunk).values({
    ...(values(['id', 'ownerAsFiled', 'file', 'position', ...audienceColumns]) as object),
    bytes: sql`decode(${placeholder('bytes')}, 'base64')`,
  } as never),
);
/** What was stored: its length, its sum, and whether each chunk begins where the one before it ends. */
const stored = statement(
  build
    .select({
      bytes: sql<number>`coalesce(sum(length(${fileChunk.bytes})), 0)`.mapWith(Number).as('stored_bytes'),
      end: sql<number>`coalesce(max(${fileChunk.position} + length(${fileChunk.bytes})), 0)`.mapWith(Number).as('end'),
      sha256:
        sql<string>`encode(sha256(coalesce(string_agg(${fileChunk.bytes}, '' order by ${fileChunk.position}), '')), 'hex')`.as(
          'stored_sha256',
        ),
    })
    .from(fileChunk)
    .where(and(sql`${fileChunk.file} = ${placeholder('id')}::uuid`, isNull(fileChunk.deleted))),
);
const finish = statement(
  build
    .update(file)
    .set({ status: 'READY', bytes: sql`${placeholder('bytes')}`, sha256: sql`${placeholder('sha256')}` })
    .where(and(sql`${file.id} = ${placeholder('id')}::uuid`, eq(file.status, 'UPLOADING'))),
);
const withdraw = statement(
  build
    .update(file)
    .set({ deleted: sql`now()` })
    .where(and(sql`${file.id} = ${placeholder('id')}::uuid`, eq(file.status, 'UPLOADING'))),
);
const { bytes: chunk, position } = fileChunk;
const slices = statement(
  build
    .select({
      bytes:
        sql<string>`encode(substring(${chunk} from greatest(1, ${placeholder('from')}::int - ${position} + 1) for least(length(${chunk}), ${placeholder('to')}::int - ${position} + 1) - greatest(0, ${placeholder('from')}::int - ${position})), 'base64')`.as(
          'slice',
        ),
    })
    .from(fileChunk)
    .where(
      and(
        sql`${fileChunk.file} = ${placeholder('id')}::uuid`,
        sql`${position} <= ${placeholder('to')}::int`,
        sql`${position} > ${placeholder('from')}::int - ${sql.raw(String(chunkBytes))}`,
        isNull(fileChunk.deleted),
      ),
    )
    .orderBy(position),
);

/** Files, for one fetch. */
export class FileStore {
  readonly #scope: Scope;
  readonly files;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.files = rowById(scope, readyFiles);
  }

  /** Bytes of a file as base64; null where there is none that may be seen. */
  async bytes(id: string, from: number, to: number): Promise<string | null> {
    if (from < 0 || to < from || to - from >= 2 * chunkBytes) throw new HubError('BAD_USER_INPUT', { field: 'to' });
    if (!(await this.files.load(id))) return null;
    const rows = await this.#scope.run(slices, { id, from, to });
    return Buffer.concat(rows.map(({ bytes }) => Buffer.from(bytes, 'base64'))).toString('base64');
  }
}

/** Whose a file is until a record takes it on. Only who has a committee to belong to may send one. */
function ownAudience(actor: Actor) {
  const nobody = { parties: [], author: null, department: null };
  switch (actor.kind) {
    case 'STAFF':
      return { ...nobody, owner: actor.committee, visibility: 'INTERNAL', subjects: [] };
    case 'MEMBER':
      return {
        ...nobody,
        owner: actor.committee,
        visibility: 'PRIVATE',
        subjects: [actor.member],
        author: actor.member,
      };
    case 'DEPARTMENT':
      return {
        ...nobody,
        owner: actor.committee,
        visibility: 'PRIVATE',
        subjects: [actor.department],
        department: actor.department,
      };
    default:
      throw new HubError('FORBIDDEN');
  }
}

export async function beginFile(
  { name, mediaType }: MutationInput & { name: string; mediaType: string },
  { actor, scope }: FetchContext,
): Promise<{ id: string }> {
  const audience = ownAudience(actor);
  const id = crypto.randomUUID();
  await scope.run(insertFile, {
    ...audience,
    id,
    ownerAsFiled: audience.owner,
    name,
    mediaType,
    status: 'UPLOADING',
    sender: subjectOf(actor),
  });
  return { id };
}

/** A file that the actor is sending. @throws RuleBroken NOT_FOUND where there is none */
async function upload(id: string, { actor, scope }: FetchContext) {
  ownAudience(actor);
  const [row] = isId(id) ? await scope.run(uploads, { id, sender: subjectOf(actor) }) : [];
  if (!row) throw new RuleBroken('NOT_FOUND', { path: ['file'] });
  return row;
}

export async function appendFileChunk(
  { file: id, position: at, bytes }: MutationInput & { file: string; position: number; bytes: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id: of, ...audience } = await upload(id, context);
  await context.scope.run(insertChunk, {
    ...audience,
    id: crypto.randomUUID(),
    ownerAsFiled: audience.owner,
    file: of,
    position: at,
    bytes,
  });
  return { id };
}

/** Makes a file usable where what is stored is what was sent. */
export async function finishFile(
  { file: id, sha256, bytes }: MutationInput & { file: string; sha256: string; bytes: number },
  context: FetchContext,
): Promise<{ id: string }> {
  await upload(id, context);
  const [held] = await context.scope.run(stored, { id });
  // A gap would leave fewer bytes than the last chunk's end says.
  if (!held || held.bytes !== bytes || held.end !== bytes || held.sha256 !== sha256 || bytes > largestFile)
    throw new RuleBroken('FILE_UNUSABLE', { path: ['sha256'] });
  await context.scope.run(finish, { id, bytes, sha256 });
  return { id };
}

export async function abandonFile(
  { file: id }: MutationInput & { file: string },
  context: FetchContext,
): Promise<{ id: string }> {
  await upload(id, context);
  await context.scope.run(withdraw, { id });
  return { id };
}

const receivedFiles = statement(
  build
    .select({ id: file.id })
    .from(file)
    .where(
      and(
        sql`${file.id} = ${placeholder('id')}::uuid`,
        sql`${file.sender} = ${placeholder('sender')}`,
        eq(file.status, 'READY'),
        isNull(file.record),
        isNull(file.deleted),
      ),
    ),
);

/** @throws RuleBroken FILE_UNUSABLE unless the actor sent the file, wholly, and nothing has taken it on */
export async function assertReceived(id: string, { actor, scope }: FetchContext): Promise<void> {
  const [found] = isId(id) ? await scope.run(receivedFiles, { id, sender: subjectOf(actor) }) : [];
  if (!found) throw new RuleBroken('FILE_UNUSABLE', { path: ['file'] });
}
