import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import { type ErrorDetails, HubError, isErrorCode } from '@hub/errors';
import type { GraphQLError } from 'graphql';
import type { Transport } from '../../subgraphs.ts';
import { turns } from '../../turns.ts';
import type { FileStore, StoredFile } from './store.ts';

const change = (parameters: string, field: string, input: string) =>
  `mutation (${parameters}) { change: ${field}(input: { ${input} }) { file { id } userErrors { code } } }`;

const operations = {
  begin: change('$name: String!, $mediaType: String!', 'beginFile', 'name: $name, mediaType: $mediaType'),
  append: change(
    '$file: ID!, $position: Int!, $bytes: String!',
    'appendFileChunk',
    'file: $file, position: $position, bytes: $bytes',
  ),
  finish: change(
    '$file: ID!, $sha256: String!, $bytes: Int!',
    'finishFile',
    'file: $file, sha256: $sha256, bytes: $bytes',
  ),
  abandon: change('$file: ID!', 'abandonFile', 'file: $file'),
  describe: 'query ($id: ID!) { file: storedFile(id: $id) { id name mediaType bytes sha256 modified } }',
  read: 'query ($id: ID!, $from: Int!, $to: Int!) { fileBytes(id: $id, from: $from, to: $to) }',
};

const chunksAtOnce = 4;
/** Fewer than the public has connections: downloads hold up nobody who reads records. */
const readsAtOnce = 2;

interface Payload {
  readonly change: {
    readonly file: { readonly id: string } | null;
    readonly userErrors: readonly { readonly code: string }[];
  } | null;
}

/** The files of a subgraph, under its row policies. Bytes cross as base64. */
export function createFileStore(transport: Transport, timeoutMs: number, subgraph: string): FileStore {
  // A chunk crosses as several copies of itself, so few cross at a time; who sends faster than that waits.
  const turn = turns(chunksAtOnce);
  const readingTurn = turns(readsAtOnce);
  async function ask<Data>(actor: Actor, query: string, variables: Record<string, unknown>): Promise<Data> {
    const { result } = await transport
      .send(subgraph, { query, variables }, actor, { requestId: randomUUID(), timeoutMs })
      .catch(() => {
        throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph });
      });
    const [error] = result.errors ?? [];
    if (error) throw asHubError(error);
    return result.data as Data;
  }

  async function mutate(actor: Actor, query: string, variables: Record<string, unknown>) {
    const { change } = await ask<Payload>(actor, query, variables);
    const [broken] = change?.userErrors ?? [];
    if (broken) throw refusal(broken.code);
    return change?.file;
  }

  return {
    async begin(actor, { name, mediaType }) {
      const file = await mutate(actor, operations.begin, { name, mediaType });
      if (!file) throw new HubError('INTERNAL_SERVER_ERROR');
      return file;
    },
    append: (actor, id, position, chunk) =>
      turn(async () => {
        await mutate(actor, operations.append, { file: id, position, bytes: chunk.toString('base64') });
      }),
    async finish(actor, id, { sha256, bytes }) {
      await mutate(actor, operations.finish, { file: id, sha256, bytes });
    },
    async abandon(actor, id) {
      await mutate(actor, operations.abandon, { file: id });
    },
    async describe(actor, id) {
      try {
        const { file } = await ask<{ file: (Omit<StoredFile, 'modified'> & { modified: string }) | null }>(
          actor,
          operations.describe,
          { id },
        );
        return file && { ...file, modified: new Date(file.modified) };
      } catch (error) {
        // A text that is no id names nothing.
        if ((error as HubError).extensions?.['code'] === 'BAD_USER_INPUT') return null;
        throw error;
      }
    },
    async read(actor, id, from, to) {
      const { fileBytes } = await readingTurn(() =>
        ask<{ fileBytes: string | null }>(actor, operations.read, { id, from, to }),
      );
      // It was there a moment ago: withdrawn, or no longer the actor's to see.
      if (fileBytes === null) throw new HubError('NOT_FOUND');
      return Buffer.from(fileBytes, 'base64');
    },
  };
}

function asHubError({ extensions }: GraphQLError): HubError {
  const { code, details } = extensions;
  return isErrorCode(code)
    ? new HubError(code, details as ErrorDetails | undefined)
    : new HubError('INTERNAL_SERVER_ERROR');
}

/** A broken business rule as the answer to a whole request. */
function refusal(code: string): HubError {
  switch (code) {
    case 'CONFLICT':
    case 'TOO_MANY_UPLOADS':
    case 'UPLOAD_QUOTA_REACHED':
      return new HubError(code);
    case 'NOT_FOUND':
      return new HubError('NOT_FOUND');
    case 'NOT_YOURS':
      return new HubError('FORBIDDEN');
    default:
      return new HubError('BAD_USER_INPUT', { field: 'file' });
  }
}
