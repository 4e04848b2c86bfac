import type { OpenAPIV3_1 } from 'openapi-types';

/** What operations have in common. */
export const components: OpenAPIV3_1.ComponentsObject = {
  securitySchemes: {
    token: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: '统一身份认证签发的令牌: a token of the identity provider.',
    },
    agencyToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        '数据使用方自签的令牌: a token that a partner agency signs with a key that it registered: `typ` agency+jwt, `alg` EdDSA or ES256, `kid`; `iss` its id, `aud` the hub’s, `iat`, `exp` at most five minutes later, a `jti` that is good once, and `agreement`.',
    },
  },
  headers: {
    WwwAuthenticate: { description: '登录方式: how to sign in (RFC 6750)', schema: { type: 'string' } },
    RetryAfter: { description: '几秒后可重试: in how many seconds it may be tried again', schema: { type: 'integer' } },
  },
  schemas: {
    Errors: {
      type: 'object',
      required: ['errors'],
      properties: {
        errors: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['message', 'extensions'],
            properties: {
              message: { type: 'string', description: '说明: in the language of `Accept-Language`' },
              extensions: {
                type: 'object',
                required: ['code'],
                properties: {
                  code: { type: 'string', description: '错误代码: stays as it is' },
                  requestId: { type: 'string', description: '请求编号: of a fault of the hub, for whoever runs it' },
                },
                additionalProperties: true,
              },
            },
          },
        },
      },
    },
    Change: {
      type: 'object',
      description: '变更: of one record, as the one who asks sees it',
      required: ['type', 'id', 'revision', 'operation', 'committees'],
      properties: {
        type: { type: 'string', description: '类型: of the graph' },
        id: { type: 'string' },
        revision: { type: 'integer' },
        operation: { enum: ['INSERT', 'UPDATE', 'DELETE'], description: 'DELETE: 不再可见, gone for the one who asks' },
        committees: { type: 'array', items: { type: 'string' }, description: '所属及参与政协代码: owner and parties' },
      },
    },
    Changes: {
      type: 'object',
      required: ['changes', 'next'],
      properties: {
        changes: { type: 'array', items: { $ref: '#/components/schemas/Change' } },
        next: { type: 'string', description: '游标: to go on from' },
      },
    },
    File: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'object', required: ['id'], properties: { id: { type: 'string' } }, additionalProperties: true },
      },
    },
    ExportLine: {
      type: 'object',
      description: '一行: one record',
      required: ['cursor', 'record'],
      properties: {
        cursor: { type: 'string', description: '游标: `after` that one goes on from it' },
        record: { type: 'object', description: '协议共享的字段: the fields that the agreement shares' },
      },
    },
  },
};
