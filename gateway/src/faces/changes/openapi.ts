import { agency, anybody, errors, type Operation, query } from '../openapi/operation.ts';

export const changesDescription: Operation = {
  operationId: 'followChanges',
  summary: '变更: what the one who asks may see changing, as it changes',
  description:
    '以服务器发送事件（SSE）推送；带 `wait` 或 `Accept: application/json` 时为长轮询。A stream of server-sent events, or a long poll with `wait` or `Accept: application/json`.',
  security: [...anybody, ...agency],
  parameters: [
    query('after', '游标: the last that was told; from now on without it'),
    { name: 'Last-Event-ID', in: 'header', description: '游标: as `after`', schema: { type: 'string' } },
    query('wait', '最长等待秒数', { type: 'integer', minimum: 0, maximum: 30 }),
    query('types', '类型: separated by commas'),
    query('committees', '政协代码: separated by commas'),
  ],
  responses: {
    200: {
      description: '变更',
      content: {
        'text/event-stream': { schema: { type: 'string' } },
        'application/json': { schema: { $ref: '#/components/schemas/Changes' } },
      },
    },
    ...errors(
      'BAD_USER_INPUT',
      'CURSOR_NOT_RESTORED',
      'UNAUTHENTICATED',
      'TOKEN_REPLAYED',
      'FORBIDDEN',
      'OUTSIDE_AGREEMENT',
      'AGREEMENT_NOT_IN_FORCE',
      'CURSOR_TOO_OLD',
      'TOO_MANY_REQUESTS',
      'TOO_MANY_ROWS',
      'TOO_MANY_STREAMS',
      'ACCESS_NOT_LOGGED',
      'SUBGRAPH_UNAVAILABLE',
    ),
  },
};
