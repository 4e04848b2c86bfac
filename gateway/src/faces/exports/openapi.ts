import { agency, errors, inPath, type Operation, query } from '../openapi/operation.ts';
import { formats } from './formats.ts';

const binary = { type: 'string', format: 'binary' } as const;

export const exportDescription: Operation = {
  operationId: 'exportDataset',
  summary: '导出数据集: all records of a dataset that the agreement of the token shares, as a file',
  description:
    '中断的下载不完整，连接会异常结束；换新令牌，以最后一整行的游标为 `after` 继续。A download that isn’t whole ends as a broken connection: come back with a new token and the cursor of the last whole line as `after`.',
  security: agency,
  parameters: [
    inPath('dataset', '数据集: its name in the catalogue'),
    query('format', '格式: unless `Accept` says it', { type: 'string', enum: [...formats.keys()], default: 'jsonl' }),
    query('after', '游标: of the last record that is there already'),
    query('list', '列表: which one, where the dataset has several'),
  ],
  responses: {
    200: {
      description: '文件',
      content: {
        'application/x-ndjson': { schema: { $ref: '#/components/schemas/ExportLine' } },
        'text/csv': { schema: { type: 'string' } },
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: binary },
      },
    },
    ...errors(
      'BAD_USER_INPUT',
      'UNAUTHENTICATED',
      'TOKEN_REPLAYED',
      'FORBIDDEN',
      'OUTSIDE_AGREEMENT',
      'AGREEMENT_NOT_IN_FORCE',
      'NOT_FOUND',
      'NOT_ACCEPTABLE',
      'TOO_MANY_REQUESTS',
      'TOO_MANY_ROWS',
      'TOO_MANY_STREAMS',
      'ACCESS_NOT_LOGGED',
      'SUBGRAPH_UNAVAILABLE',
    ),
  },
};
