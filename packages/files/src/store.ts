import { type Actor, subjectOf } from '@hub/access';
import { rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { chunkBytes, type FileTables, largestFile } from './tables.ts';

const { placeholder } = sql;

const audienceColumns = ['owner', 'visibility', 'parties', 'subjects', 'author', 'department'] as const;
const values = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, placeholder(name)])) as never;

/** The statements over a subgraph's files. */
function statementsOf({ file, fileChunk }: FileTables) {
  const schema = getTableConfig(file).schema ?? 'public';
  const thisFile = sql`${file.id} = ${placeholder('id')}::uuid`;
  const sentByActor = sql`${file.sender} = ${placeholder('sender')}`;
  const { bytes: chunk, position } = fileChunk;
  const inFile = and(sql`${fileChunk.file} = ${placeholder('id')}::uuid`, isNull(fileChunk.deleted));
  return {
    readyFiles: statement(
      build
        .select({
          id: file.id,
          name: file.name,
          mediaType: file.mediaType,
          bytes: file.bytes,
          sha256: file.sha256,
          modified: file.modified,
        })
        .from(file)
        .where(
          and(
            sql`${file.id} = any(${placeholder('ids')}::uuid[])`,
            sql`${file.status} = 'READY'`,
            isNull(file.deleted),
          ),
        ),
    ),
    insertFile: statement(
      build
        .insert(file)
        .values(values(['id', 'ownerAsFiled', 'name', 'mediaType', 'status', 'sender', ...audienceColumns])),
    ),
    /** A file that is being received, to whoever sends it. */
    uploads: statement(
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
        .where(and(thisFile, sentByActor, sql`${file.status} = 'UPLOADING'`, isNull(file.deleted))),
    ),
    insertChunk: statement(
      build.insert(fileChunk).values({
        ...(values(['id', 'ownerAsFiled', 'file', 'position', ...audienceColumns]) as object),
        bytes: sql`decode(${placeholder('bytes')}, 'base64')`,
      } as never),
    ),
    /** What was stored: its length, its sum, and whether each chunk begins where the one before it ends. */
    stored: statement(
      build
        .select({
          bytes: sql<number>`coalesce(sum(length(${chunk})), 0)`.mapWith(Number).as('stored_bytes'),
          end: sql<number>`coalesce(max(${position} + length(${chunk})), 0)`.mapWith(Number).as('end'),
          sha256: sql<string>`encode(sha256(coalesce(string_agg(${chunk}, '' order by ${position}), '')), 'hex')`.as(
            'stored_sha256',
          ),
        })
        .from(fileChunk)
        .where(inFile),
    ),
    finish: statement(
      build
        .update(file)
        .set({ status: 'READY', bytes: sql`${placeholder('bytes')}`, sha256: sql`${placeholder('sha256')}` })
        .where(and(thisFile, eq(file.status, 'UPLOADING'))),
    ),
    /** Neither the row nor its chunks stay. */
    drop: statement(
      build
        .select({ dropped: sql<boolean>`dropped`.as('dropped') })
        .from(sql`${sql.identifier(schema)}.drop_upload(${placeholder('id')}::uuid) as dropped`),
    ),
    slices: statement(
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
            inFile,
            sql`${position} <= ${placeholder('to')}::int`,
            sql`${position} > ${placeholder('from')}::int - ${sql.raw(String(chunkBytes))}`,
          ),
        )
        .orderBy(position),
    ),
    receivedFiles: statement(
      build
        .select({ id: file.id })
        .from(file)
        .where(and(thisFile, sentByActor, eq(file.status, 'READY'), isNull(file.record), isNull(file.deleted))),
    ),
  };
}
type Statements = ReturnType<typeof statementsOf>;
export type File = Awaited<ReturnType<Statements['readyFiles']['run']>>[number];

/** Files, for one fetch. */
export class FileStore {
  readonly #scope: Scope;
  readonly #statements: Statements;
  readonly files;

  constructor(scope: Scope, statements: Statements) {
    this.#scope = scope;
    this.#statements = statements;
    this.files = rowById(scope, statements.readyFiles);
  }

  /** Bytes of a file as base64; null where there is none that may be seen. */
  async bytes(id: string, from: number, to: number): Promise<string | null> {
    if (from < 0 || to < from || to - from >= 2 * chunkBytes) throw new HubError('BAD_USER_INPUT', { field: 'to' });
    if (!(await this.files.load(id))) return null;
    const rows = await this.#scope.run(this.#statements.slices, { id, from, to });
    return Buffer.concat(rows.map(({ bytes }) => Buffer.from(bytes, 'base64'))).toString('base64');
  }
}

/** Whose a file is until a record takes it on: its sender's alone. Only who has a committee to belong to may send one. */
function ownAudience(actor: Actor) {
  const alone = { visibility: 'PRIVATE', subjects: [subjectOf(actor)], parties: [], author: null, department: null };
  switch (actor.kind) {
    case 'STAFF':
      return { ...alone, owner: actor.committee };
    case 'MEMBER':
      return { ...alone, owner: actor.committee, subjects: [actor.member], author: actor.member };
    case 'DEPARTMENT':
      return { ...alone, owner: actor.committee, department: actor.department };
    default:
      throw new HubError('FORBIDDEN');
  }
}

interface BeginInput extends MutationInput {
  readonly name: string;
  readonly mediaType: string;
}
interface FileInput extends MutationInput {
  readonly file: string;
}
interface AppendInput extends FileInput {
  readonly position: number;
  readonly bytes: string;
}
interface FinishInput extends FileInput {
  readonly sha256: string;
  readonly bytes: number;
}
type Received = Promise<{ id: string }>;

/** How a subgraph's files are received and read. */
export function fileSteps(tables: FileTables) {
  const statements = statementsOf(tables);

  /** A file that the actor is sending. @throws RuleBroken NOT_FOUND where there is none */
  const upload = async (id: string, { actor, scope }: FetchContext) => {
    ownAudience(actor);
    const [row] = isId(id) ? await scope.run(statements.uploads, { id, sender: subjectOf(actor) }) : [];
    if (!row) throw new RuleBroken('NOT_FOUND', { path: ['file'] });
    return row;
  };

  return {
    store: (scope: Scope) => new FileStore(scope, statements),
    async beginFile({ name, mediaType }: BeginInput, { actor, scope }: FetchContext): Received {
      const audience = ownAudience(actor);
      const id = crypto.randomUUID();
      await scope.run(statements.insertFile, {
        ...audience,
        id,
        ownerAsFiled: audience.owner,
        name,
        mediaType,
        status: 'UPLOADING',
        sender: subjectOf(actor),
      });
      return { id };
    },
    async appendFileChunk({ file: id, position, bytes }: AppendInput, context: FetchContext): Received {
      const { id: of, ...audience } = await upload(id, context);
      await context.scope.run(statements.insertChunk, {
        ...audience,
        id: crypto.randomUUID(),
        ownerAsFiled: audience.owner,
        file: of,
        position,
        bytes,
      });
      return { id };
    },
    /** Makes a file usable where what is stored is what was sent. */
    async finishFile({ file: id, sha256, bytes }: FinishInput, context: FetchContext): Received {
      await upload(id, context);
      const [held] = await context.scope.run(statements.stored, { id });
      // A gap would leave fewer bytes than the last chunk's end says.
      if (!held || held.bytes !== bytes || held.end !== bytes || held.sha256 !== sha256 || bytes > largestFile)
        throw new RuleBroken('FILE_UNUSABLE', { path: ['sha256'] });
      await context.scope.run(statements.finish, { id, bytes, sha256 });
      return { id };
    },
    async abandonFile({ file: id }: FileInput, context: FetchContext): Received {
      await upload(id, context);
      await context.scope.run(statements.drop, { id });
      return { id };
    },
    /** @throws RuleBroken FILE_UNUSABLE unless the actor sent the file, wholly, and nothing has taken it on */
    async assertReceived(id: string, { actor, scope }: FetchContext): Promise<void> {
      const [found] = isId(id) ? await scope.run(statements.receivedFiles, { id, sender: subjectOf(actor) }) : [];
      if (!found) throw new RuleBroken('FILE_UNUSABLE', { path: ['file'] });
    },
  };
}
export type FileSteps = ReturnType<typeof fileSteps>;
