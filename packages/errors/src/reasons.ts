import type { Language } from './sentence.ts';

/** What exactly is wrong with a request that is malformed, or with a document: `{reason}` of a sentence, in the reader's language. */
export const reasonKinds = {
  BODY_BROKEN_OFF: {
    zh: '请求体未传完或不完整',
    en: 'its body broke off or isn’t whole',
  },
  BODY_NOT_JSON: {
    zh: '请求体不是 JSON',
    en: 'its body isn’t JSON',
  },
  BODY_NOT_UTF8: {
    zh: '请求体或文件名不是 UTF-8 编码',
    en: 'its body, or the name of a file, isn’t UTF-8',
  },
  CROSS_SITE: {
    zh: '可能是其他网站冒发的请求（CSRF）：请用 POST 发送 application/json，或加上请求头 apollo-require-preflight',
    en: 'it might come from a page of another site (CSRF): send JSON by POST, or add the header apollo-require-preflight',
  },
  DIGEST_UNREADABLE: {
    zh: 'Repr-Digest 或 Content-Digest 中的 sha-256 须写作 sha-256=:Base64:（RFC 9530）',
    en: 'the sum in Repr-Digest or Content-Digest is to be written sha-256=:Base64: (RFC 9530)',
  },
  EXTENSIONS_NOT_AN_OBJECT: {
    zh: 'extensions 须为 JSON 对象，不能是文本',
    en: '`extensions` is to be a JSON object and no text',
  },
  INTROSPECTION_MIXED: {
    zh: '__schema 须单独查询，不能与数据字段放在同一个操作中',
    en: '`__schema` is to be asked for by itself, in an operation without other fields',
  },
  INTROSPECTION_SPREADS: {
    zh: '由类型引出的类型不能再逐一列出其字段等清单，请用 __type 按名称另行查询',
    en: 'what a type leads to can’t have its lists told again: ask for it by its name, by `__type`',
  },
  INTROSPECTION_TWICE: {
    zh: '__schema 及其中的每个字段只能查询一次，不能以不同别名重复查询',
    en: '`__schema`, and each field in it, can be asked for once and not again under another alias',
  },
  MALFORMED: {
    zh: '请检查地址、请求头与请求体',
    en: 'check its address, headers and body',
  },
  MALFORMED_ADDRESS: {
    zh: '地址中的百分号编码有误，或不是 UTF-8 编码',
    en: 'its address isn’t well percent-encoded UTF-8',
  },
  NOT_ALONE: {
    zh: 'previewSharing 须单独查询，不能与其他字段放在同一个操作中',
    en: '`previewSharing` is to be asked for by itself, in an operation without other fields',
  },
  NO_HOST: {
    zh: '缺少请求头 Host',
    en: 'it has no header Host',
  },
  NO_QUERY: {
    zh: '没有查询语句，请以 query 发送全文',
    en: 'it has no document: send it in full as `query`',
  },
  NO_SUBSCRIPTIONS: {
    zh: '本图不提供 subscription，变更请订阅 GET /changes',
    en: 'the graph has no subscriptions: GET /changes tells what changes as it changes',
  },
  NOT_YOUR_MEMBERSHIP: {
    zh: '请求头 X-Acting-Membership 所指的委员身份不是您的，请改用您本人的一个身份，或去掉该请求头',
    en: 'the header X-Acting-Membership names no membership of yours: name one that is, or leave it out',
  },
  OPERATION_NAME_NOT_A_TEXT: {
    zh: 'operationName 须为文本',
    en: '`operationName` is to be a text',
  },
  PARAMETER_TWICE: {
    zh: '同一参数出现多次',
    en: 'a parameter stands in it twice',
  },
  RESERVED_NAME: {
    zh: '名称 __proto__ 不可用，请换一个名称',
    en: 'the name `__proto__` can’t be used: choose another',
  },
  SEVERAL_OPERATIONS: {
    zh: '一次只能发送一个操作，不能是数组',
    en: 'it is a list: send one operation at a time',
  },
  UNKNOWN_PARAMETER: {
    zh: '地址中有不支持的参数',
    en: 'its address has a parameter that isn’t known',
  },
  VARIABLES_NOT_AN_OBJECT: {
    zh: 'variables 须为 JSON 对象，不能是文本',
    en: '`variables` is to be a JSON object and no text',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

export type Reason = keyof typeof reasonKinds;

export const isReason = (reason: unknown): reason is Reason =>
  typeof reason === 'string' && Object.hasOwn(reasonKinds, reason);
