import { errors, type Operation } from '../openapi/operation.ts';

export const catalogDescription: Operation = {
  operationId: 'readCatalog',
  summary: '数据目录: the datasets as DCAT 3, for everybody',
  responses: {
    200: {
      description: '目录',
      content: {
        'application/ld+json': { schema: { type: 'object' } },
        'application/json': { schema: { type: 'object' } },
      },
    },
    304: { description: 'known by its `ETag`' },
    ...errors('NOT_ACCEPTABLE'),
  },
};
