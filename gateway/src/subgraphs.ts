import type { GraphQLDataSource } from '@apollo/gateway';
import type { Actor } from '@hub/access';
import { HubError } from '@hub/errors';
import type { Subgraph, SubgraphAnswer, SubgraphRequest } from '@hub/subgraph-server';
import { type ExecutionResult, GraphQLError, parse } from 'graphql';
import { isOneForEach, type Losses } from './graphql/losses.ts';
import type { RequestContext } from './request-context.ts';

/** How an operation reaches a subgraph. Rejects when it can't. */
export interface Transport {
  send(
    subgraph: string,
    request: SubgraphRequest,
    actor: Actor,
    /** `signal`: the client went away. What its fetch was to read is then read no further, and waited for no longer. */
    options: { requestId: string; timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<SubgraphAnswer>;
}

/** The subgraphs of a gateway. */
export interface Subgraphs extends Transport {
  /** What of a subgraph isn't ready: itself, by its name, or the database; none where all is. May reject. */
  missing(subgraph: string, signal: AbortSignal): Promise<readonly string[]>;
  /** How busy the pools are of those in this process. */
  load(): ReadonlyMap<string, ReturnType<Subgraph['load']>>;
}

/** The subgraphs as functions of this process. Only operation, variables and actor cross over. */
export function inProcess(subgraphs: readonly Subgraph[]): Subgraphs {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    async send(name, request, actor, { timeoutMs, signal }) {
      const subgraph = byName.get(name);
      if (!subgraph) throw new Error(`no subgraph ${name}`);
      const given = new AbortController();
      const giveUp = () => given.abort();
      const timer = setTimeout(giveUp, timeoutMs);
      signal?.addEventListener('abort', giveUp);
      if (signal?.aborted) giveUp();
      try {
        given.signal.throwIfAborted();
        const gaveUp = new Promise<never>((_, reject) => {
          given.signal.addEventListener('abort', () => reject(given.signal.reason), { once: true });
        });
        return await Promise.race([subgraph.execute(request, actor, given.signal), gaveUp]);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
      }
    },
    // They are this process: nothing but their database can be missing.
    missing: async (name) => (await byName.get(name)?.missing()) ?? [],
    load: () => new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph.load()])),
  };
}

const isMutation = (query: string): boolean => /^\s*mutation\b/.test(query);

/** The subgraphs as processes of their own, each with a passport made out to it. */
export function overHttp(
  urls: ReadonlyMap<string, string>,
  passport: (actor: Actor, subgraph: string) => Promise<string>,
): Subgraphs {
  return {
    async send(
      name,
      { query, variables, operationName, language, heard },
      actor,
      { requestId, timeoutMs, signal: gone },
    ) {
      const url = urls.get(name);
      if (!url) throw new Error(`no subgraph ${name}`);
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = gone ? AbortSignal.any([deadline, gone]) : deadline;
      const authorization = `Bearer ${await passport(actor, name)}`;
      const post = () =>
        fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization,
            'accept-language': language ?? 'zh',
            'x-request-id': requestId,
          },
          body: JSON.stringify({ query, variables, operationName, ...(heard && { extensions: { heard } }) }),
          signal,
        });
      const readOnly = !isMutation(query);
      // A connection that the other side closed while it lay idle fails at once: what only reads may try again.
      const response = await post().catch((error: unknown) => {
        if (!readOnly || signal.aborted) throw error;
        return post();
      });
      // A passport that is refused is the hub's own trouble and not the client's token's.
      if (response.status === 401 || response.status >= 500)
        throw new Error(`subgraph ${name} answered ${response.status}`);
      const answer = (await response.json()) as ExecutionResult & { extensions?: { statements?: number } };
      if (answer.data === undefined && !answer.errors) throw new Error(`subgraph ${name} gave no answer`);
      const errors = answer.errors?.map(
        ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
      );
      return {
        result: { ...answer, ...(errors && { errors }) } as ExecutionResult,
        statements: answer.extensions?.statements ?? 0,
      };
    },
    async missing(name, signal) {
      const response = await fetch(new URL('/health/ready', urls.get(name)), { signal });
      const told: unknown = await response.json().catch(() => undefined);
      if (response.ok) return [];
      if (response.status === 503 && isMissing(told))
        return told.missing.map((part) => (ofDatabase.includes(part) ? part : name));
      // One that keeps to what the hub asks for need know nothing of this: it answers.
      return response.status < 500 ? [] : [name];
    },
    load: () => new Map(),
  };
}

/** What subgraphs of one hub have in common. */
const ofDatabase: readonly string[] = ['database', 'connections'];

const isMissing = (told: unknown): told is { missing: readonly string[] } =>
  Array.isArray((told as { missing?: unknown } | undefined)?.missing);

/** A subgraph as Apollo Gateway sees it: whatever keeps it from answering costs its own fields and nothing else. */
export function dataSource(
  subgraph: string,
  transport: Transport,
  timeoutMs: number,
): GraphQLDataSource<RequestContext> {
  return {
    async process(options) {
      const { request, context } = options;
      const document = 'document' in options ? options.document : undefined;
      const unavailable = () => context.incomplete.add(subgraph);
      const representations = request.variables?.['representations'] as readonly unknown[] | undefined;
      const merging = (result: ExecutionResult) => {
        const path = 'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [];
        const fetched = { document: document ?? parse(request.query ?? ''), representations, path };
        return { data: (context.losses as Losses).merging(fetched, result) as never };
      };
      // Health checks of the gateway come without a request's context; there are none, since nothing depends on live subgraphs at start.
      try {
        const { result, statements } = await transport.send(
          subgraph,
          {
            query: request.query ?? '',
            document,
            variables: request.variables,
            operationName: request.operationName,
            language: context.language,
          },
          context.actor,
          {
            requestId: context.requestId,
            timeoutMs,
            // What is being written goes on, whether or not its client still listens.
            signal: isMutation(request.query ?? '') ? undefined : context.abandoned,
          },
        );
        context.statements += statements;
        if (!isAnswer(result, representations)) throw new Error(`subgraph ${subgraph} answered something else`);
        if (result.errors?.some((error) => error.extensions['code'] === 'SUBGRAPH_UNAVAILABLE')) unavailable();
        // What a mutation answers is told in any case: it is done.
        if (!isMutation(request.query ?? '')) context.answerSize.add(result.data);
        return merging(result);
      } catch (error) {
        const { refusal } = context.answerSize;
        if (error === refusal) return merging({ errors: [refusal as HubError] });
        unavailable();
        // It may have arrived, and been done.
        const code = isMutation(request.query ?? '') ? 'OUTCOME_UNKNOWN' : 'SUBGRAPH_UNAVAILABLE';
        return merging({ errors: [new HubError(code, { subgraph })] });
      }
    },
  };
}

/** Whether something has the form of an answer: an object, in which there is one record, or null, for each that is asked for. */
function isAnswer({ data, errors = [] }: ExecutionResult, representations: readonly unknown[] | undefined): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return errors.length > 0;
  return !representations || errors.length > 0 || isOneForEach(data['_entities'], representations);
}
