import { anybody, errors, inPath, type Operation, query, signedIn } from '../openapi/operation.ts';

const binary = { type: 'string', format: 'binary' } as const;

export const uploadDescription: Operation = {
  operationId: 'uploadFile',
  summary: '上传文件: for a mutation such as `addPaper`, at most 20 MiB',
  security: signedIn,
  parameters: [
    query('for', '用途', { type: 'string', enum: ['paper', 'plan', 'agreement'], default: 'paper' }),
    { name: 'Repr-Digest', in: 'header', description: 'SHA-256 (RFC 9530), checked', schema: { type: 'string' } },
  ],
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: binary } } },
    },
  },
  responses: {
    201: { description: '已收到', content: { 'application/json': { schema: { $ref: '#/components/schemas/File' } } } },
    ...errors(
      'BAD_USER_INPUT',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'REQUEST_TIMEOUT',
      'REQUEST_TOO_LARGE',
      'UNSUPPORTED_FILE_TYPE',
      'UNSUPPORTED_MEDIA_TYPE',
      'DIGEST_MISMATCH',
      'TOO_MANY_UPLOADS',
      'UPLOAD_QUOTA_REACHED',
      'SUBGRAPH_UNAVAILABLE',
    ),
  },
};

export const fileDescription: Operation = {
  operationId: 'readFile',
  summary: '下载文件: whole or by range, to those who may see the record that it belongs to',
  security: anybody,
  parameters: [
    inPath('id', '编号'),
    { name: 'Range', in: 'header', schema: { type: 'string' } },
    { name: 'If-Range', in: 'header', schema: { type: 'string' } },
    { name: 'If-None-Match', in: 'header', schema: { type: 'string' } },
  ],
  responses: {
    200: { description: '文件', content: { '*/*': { schema: binary } } },
    206: { description: '部分', content: { '*/*': { schema: binary } } },
    304: { description: 'known by its `ETag`' },
    ...errors('UNAUTHENTICATED', 'NOT_FOUND', 'RANGE_NOT_SATISFIABLE', 'SUBGRAPH_UNAVAILABLE'),
  },
};
