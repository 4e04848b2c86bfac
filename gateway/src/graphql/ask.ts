import type { ApolloServer } from '@apollo/server';
import type { Actor } from '@hub/access';
import { HubError, isErrorCode } from '@hub/errors';
import type { RequestContext } from '../request-context.ts';
import { AnswerSize } from './answer-size.ts';

/** Asks the whole graph as somebody: all of the answer, or a HubError. Half an answer is none. */
export type Ask = <Data>(
  actor: Actor,
  query: string,
  variables: Record<string, unknown>,
  requestId: string,
) => Promise<Data>;

/** The graph as the faces of the hub ask it: planned, joined and under the same policies as for any client. */
export function asking(apollo: ApolloServer<RequestContext>): Ask {
  return async <Data>(actor: Actor, query: string, variables: Record<string, unknown>, requestId: string) => {
    const context: RequestContext = {
      requestId,
      actor,
      language: 'zh',
      incomplete: new Set(),
      answerSize: new AnswerSize(),
      statements: 0,
    };
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue: context });
    const [subgraph] = context.incomplete;
    if (subgraph !== undefined) throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph });
    if (body.kind !== 'single') throw new HubError('INTERNAL_SERVER_ERROR');
    const [error] = body.singleResult.errors ?? [];
    if (error) {
      const code = error.extensions?.['code'];
      throw new HubError(isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR');
    }
    return body.singleResult.data as Data;
  };
}
