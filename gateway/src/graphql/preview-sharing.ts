import { type GraphQLResponse, HeaderMap } from '@apollo/server';
import { HubError, malformed } from '@hub/errors';
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Agencies } from '../agencies/agencies.ts';
import { formatError } from '../error-format.ts';
import type { RequestContext } from '../request-context.ts';
import { AnswerSize } from './answer-size.ts';
import type { Documents } from './documents.ts';
import { rootFields } from './root-fields.ts';

const field = 'previewSharing';

interface PreviewArguments {
  readonly sharingAgreement: string;
  readonly query: string;
  /** As JSON. */
  readonly variables?: string | null;
}

/** Answers `previewSharing`, which asks the whole graph and so is no subgraph's to answer. */
export function sharingPreviews(given: {
  readonly agencies: Agencies;
  readonly documents: Documents;
  readonly schema: () => GraphQLSchema;
  /** The graph as anybody is answered by it. */
  readonly run: (
    asked: { readonly query: string; readonly variables: Record<string, unknown> },
    context: RequestContext,
  ) => Promise<GraphQLResponse>;
}) {
  const { agencies, documents, schema, run } = given;

  /** Rejects where the one who asks may not preview it; what the agency would be refused is part of what is seen. */
  async function preview({ sharingAgreement, query, variables: json }: PreviewArguments, context: RequestContext) {
    const { requestId, language } = context;
    const variables = variablesOf(json);
    const { actor, read } = await agencies.preview(context.actor, sharingAgreement, requestId);
    const seen = { rows: 0, fields: [] as readonly string[] };
    const answered = async (): Promise<FormattedExecutionResult> => {
      await context.turn?.beginHeavy(`document ${query}`, () => !documents.knows(query));
      documents.admit({ query, variables });
      const agencyRead = read(query, variables);
      seen.fields = agencyRead.fields;
      const contextValue = {
        requestId,
        language,
        actor,
        agencyRead,
        incomplete: new Set<string>(),
        answerSize: new AnswerSize(),
        turn: context.turn,
        statements: 0,
      };
      const { body } = await run({ query: agencyRead.query, variables: agencyRead.variables(variables) }, contextValue);
      seen.rows = agencyRead.rows();
      if (body.kind !== 'single') throw new HubError('INTERNAL_SERVER_ERROR');
      return body.singleResult;
    };
    const answer = await answered().catch((error: { extensions?: Record<string, unknown> }) => ({
      errors: [formatError({ message: '', extensions: error.extensions ?? {} }, language)],
    }));
    return { ...seen, answer: JSON.stringify(answer) };
  }

  return {
    /** The answer to an operation that previews; null to any other, which the graph answers. */
    async answer(
      asked: {
        readonly document: DocumentNode;
        readonly operation: OperationDefinitionNode;
        readonly variables: Readonly<Record<string, unknown>>;
      },
      context: RequestContext,
    ): Promise<GraphQLResponse | null> {
      const { document, operation, variables } = asked;
      const roots = rootFields(document, operation);
      if (!roots.includes(field)) return null;
      const singleResult = roots.every((name) => name === field || name === '__typename')
        ? await execute({
            schema: schema(),
            document,
            rootValue: { [field]: preview },
            contextValue: context,
            variableValues: variables,
            operationName: operation.name?.value ?? null,
          })
        : { errors: [malformed('NOT_ALONE')] };
      const { data, errors } = singleResult as FormattedExecutionResult;
      return {
        http: { headers: new HeaderMap() },
        body: { kind: 'single', singleResult: { ...(data !== undefined && { data }), ...(errors && { errors }) } },
      };
    },
  };
}

function variablesOf(json: string | null | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json ?? '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Refused below.
  }
  throw new HubError('BAD_USER_INPUT', { field: 'variables' });
}
