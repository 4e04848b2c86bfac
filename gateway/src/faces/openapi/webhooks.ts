import type { OpenAPIV3_1 } from 'openapi-types';

const header = (name: string, description: string): OpenAPIV3_1.ParameterObject => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
const cursor = (description: string) => ({ type: 'string' as const, description });

/** What the hub asks of partner agencies: that they take what it tells them. */
export const webhooks: Record<string, OpenAPIV3_1.PathItemObject> = {
  'records.changed': {
    post: {
      operationId: 'recordsChanged',
      summary: '变更推送: which records changed that an agreement shares',
      description:
        '按 Standard Webhooks 规范签名；用 `registerWebhook` 登记。Signed by the Standard Webhooks specification; `registerWebhook` registers an address.',
      parameters: [
        header('webhook-id', '消息编号: the same at each attempt'),
        header('webhook-timestamp', '发送时间: of this attempt, in seconds since 1970'),
        header('webhook-signature', '签名: `v1,…`, one for each secret that is good'),
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['type', 'timestamp', 'data'],
              properties: {
                type: { type: 'string', enum: ['records.changed'] },
                timestamp: { type: 'string', format: 'date-time' },
                data: {
                  type: 'object',
                  required: ['webhook', 'after', 'cursor', 'changes'],
                  properties: {
                    webhook: { type: 'string', description: '推送地址编号' },
                    after: cursor('起始游标: the changes after it'),
                    cursor: cursor('截止游标: and up to it'),
                    changes: {
                      type: 'array',
                      maxItems: 100,
                      items: { $ref: '#/components/schemas/Change' },
                    },
                  },
                },
              },
            },
          },
        },
      },
      responses: {
        '2XX': { description: '已收到' },
        410: { description: '不再接收: the hub pauses it' },
        default: { description: '未收到: it is sent again' },
      },
    },
  },
};
