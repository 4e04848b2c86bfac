import { GraphQLError } from 'graphql';
import { isReason, type Reason, reasonKinds } from './reasons.ts';
import { type ErrorDetails, filled, type Language } from './sentence.ts';

/** What an error code means: its HTTP status where it ends the whole request, and its sentence in both languages. */
interface ErrorKind {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/**
 * The one table of error codes. A sentence says what to do; `{name}` is filled from the error's details.
 * README.md lists the same codes, and a test compares the two.
 */
export const errorKinds = {
  ACCESS_NOT_LOGGED: {
    status: 503,
    zh: '访问记录暂时无法写入，因此不能提供数据，请稍后重试。',
    en: 'The access log can’t be written at the moment, so nothing is told: try again later.',
  },
  AGREEMENT_NOT_IN_FORCE: {
    status: 403,
    zh: '共享协议不存在、未生效、已暂停、已撤销或已到期，请与数据提供方联系。',
    en: 'There is no such agreement of yours in force: it may have been suspended, revoked or expired. Ask the committee that shares.',
  },
  BAD_REQUEST: {
    status: 400,
    zh: '请求格式不正确：{reason}。',
    en: 'The request is malformed: {reason}.',
  },
  BAD_USER_INPUT: {
    status: 400,
    zh: '参数不正确：{field}。请按接口说明修改后重试。',
    en: 'An argument is wrong: {field}. Correct it and try again.',
  },
  CONFLICT: {
    status: 409,
    zh: '记录已被他人修改，请读取最新内容后重试。',
    en: 'Somebody else changed the record: read it again and retry.',
  },
  CONFLICTING_ARGUMENTS: {
    status: 400,
    zh: '字段 {field} 同时需要以不同参数读取，请为其加别名，或分开查询。',
    en: 'The field {field} is needed with different arguments at once: give yours an alias, or ask in operations of their own.',
  },
  CURSOR_NOT_RESTORED: {
    status: 410,
    zh: '平台数据已恢复到较早时点，{field} 指向的变更已不存在。请重新全量读取，再从新的游标继续。',
    en: 'The hub was restored to an earlier moment, and the changes that {field} points behind are no more: read everything again, then go on from a new cursor.',
  },
  CURSOR_TOO_OLD: {
    status: 410,
    zh: '游标过旧，其后的部分变更已不再保留，请重新读取全部记录，再从新游标继续。',
    en: 'The cursor is too old: some changes after it are kept no longer. Read all records again, and go on from a new cursor.',
  },
  DIGEST_MISMATCH: {
    status: 422,
    zh: '收到的文件与所附 SHA-256 摘要不符，未予保存，请重新上传。',
    en: 'The file that arrived is not the one whose SHA-256 digest came with it. Nothing was kept: upload it again.',
  },
  FORBIDDEN: {
    status: 403,
    zh: '您无权执行此操作，请以有权限的身份登录。',
    en: 'You may not do this: sign in as someone who may.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    zh: '查询语句有语法错误，请修改后重试。',
    en: 'The document has a syntax error: correct it and try again.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    zh: '查询语句与接口定义不符：{reason}',
    en: 'The document does not fit the schema: {reason}',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    zh: '地址与请求头合计超过 {maximum} 字节，请缩短，或改用 POST。',
    en: 'The address and the headers are over {maximum} bytes together: shorten them, or use POST.',
  },
  IDENTITY_PROVIDER_UNAVAILABLE: {
    status: 503,
    zh: '暂时无法核验登录凭证，请稍后重试。',
    en: 'Tokens can’t be verified at the moment: try again later.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    zh: '服务出现异常，请稍后重试；如仍失败，请把请求编号告知管理员。',
    en: 'Something went wrong: try again later, and tell the operator the request id if it stays.',
  },
  INTROSPECTION_DISABLED: {
    status: 403,
    zh: '本平台未开放接口定义查询（__schema、__type），请向运营方索取接口定义。',
    en: 'This hub doesn’t tell its schema by __schema and __type: ask its operator for it.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    zh: '此处不支持该请求方法，请改用 {allowed}。',
    en: 'This can’t be asked by that method: use {allowed}.',
  },
  NOTHING_TO_SEARCH: {
    status: 400,
    zh: '{field} 只有标点符号，无法查找，请输入文字或数字。',
    en: '{field} has punctuation alone, by which nothing can be found: give letters or numbers.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    zh: '不提供该格式，可选：{accepted}。请用 Accept 请求头（导出文件也可用 format 参数）指明。',
    en: 'There is no such format. Choose one of {accepted}, by the header Accept or, of exports, by `format`.',
  },
  NOT_FOUND: {
    status: 404,
    zh: '没有找到，或您无权查看：请核对地址与编号，或以有权限的身份登录。',
    en: 'There is nothing by this address or id that you may see: check it, or sign in as someone who may.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    zh: '不能确定要执行哪个操作：请用 operationName 指明查询语句中已有的一个。',
    en: 'It isn’t clear which operation is meant: with operationName, name one that the document has.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    zh: '查询过大：{limit} 的上限是 {maximum}。请拆成几次查询。',
    en: 'The operation is too large: {limit} may be at most {maximum}. Split it up.',
  },
  OUTSIDE_AGREEMENT: {
    status: 403,
    zh: '查询超出共享协议：{fields}。请去掉这些字段、条件或排序，或申请变更协议；字段目录见 /catalog。',
    en: 'The operation goes beyond the agreement: {fields}. Leave these fields, filters or orders out, or ask for another agreement; /catalog lists the fields.',
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    zh: '连接中断，不能确定是否已保存：请用同一个 idempotencyKey 重试，不会重复办理。',
    en: 'The connection was lost and the outcome is unknown: send it again with the same idempotencyKey, it will not be done twice.',
  },
  PAGE_TOO_LARGE: {
    status: 400,
    zh: '{argument} 必须在 0 到 {maximum} 之间，请分页读取。',
    en: '{argument} must lie between 0 and {maximum}: read page by page.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    zh: '不支持按登记编号查询，请发送查询全文。',
    en: 'Persisted queries are not supported: send the document in full.',
  },
  RANGE_NOT_SATISFIABLE: {
    status: 416,
    zh: '所请求的范围超出文件长度（{bytes} 字节），请修改 Range 后重试。',
    en: 'The range lies outside of the file, which has {bytes} bytes: correct it and try again.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    zh: '请求未在规定时间内传完，已中断，请重新发送。',
    en: 'The request did not arrive whole in time and was cut: send it again.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    zh: '请求体超过 {maximum} 字节，请缩小后重试。',
    en: 'The request body is over {maximum} bytes: make it smaller.',
  },
  RESERVED_VARIABLE: {
    status: 400,
    zh: '变量名 {variable} 由系统保留，请改名。',
    en: 'The variable name {variable} is reserved: choose another.',
  },
  STOPPING: {
    status: 503,
    zh: '服务正在停止，不再接受新的请求，请稍后重试。',
    en: 'The hub is stopping and takes nothing new: send it again in a moment.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    zh: '部分数据（{subgraph}）暂时无法取得，请稍后重试。',
    en: 'A part of the data ({subgraph}) is not available now: try again later.',
  },
  TOKEN_REPLAYED: {
    status: 401,
    zh: '该令牌已使用过：每次请求须签发新的令牌（jti 不得重复）。',
    en: 'This token was used already: sign a new one, with a `jti` of its own, for each request.',
  },
  TOO_BUSY: {
    status: 503,
    zh: '当前请求过多，请稍后重试。',
    en: 'There are too many requests at the moment: try again a little later.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    zh: '请求过于频繁，已达系统或共享协议规定的上限，请按 Retry-After 所示时间后重试。',
    en: 'You have asked as often as the hub, or your agreement, allows for now: try again after the time in Retry-After.',
  },
  TOO_MANY_ROWS: {
    status: 429,
    zh: '读取的记录已达协议规定的每日上限，请按 Retry-After 所示时间后重试。',
    en: 'You have read as many records as the agreement allows in a day: try again after the time in Retry-After.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    zh: '您已打开 {maximum} 个变更流或下载，请关闭不用的，或稍后重试。',
    en: 'You have {maximum} streams or downloads open: close what you don’t use, or try again later.',
  },
  TOO_MANY_UPLOADS: {
    status: 429,
    zh: '同时上传的文件过多，请待正在上传的完成后再传。',
    en: 'Too many files are being sent at the same time: send this one when another has arrived.',
  },
  UNAUTHENTICATED: {
    status: 401,
    zh: '登录凭证无效或已过期，请重新登录。',
    en: 'The token is not valid or has expired: sign in again.',
  },
  UNDONE: {
    status: 409,
    zh: '同一次操作中另有一项失败，此项未办理；请改正失败的一项后重新提交，或分开提交。',
    en: 'Another part of the same operation failed, so this one wasn’t done either: mend that one, or send them apart.',
  },
  UNSUPPORTED_FILE_TYPE: {
    status: 415,
    zh: '不支持该文件类型，或文件内容与扩展名不符。可上传：{accepted}；文本须用 UTF-8 编码。',
    en: 'Files of this type are not accepted, or the content is not what the name’s ending says. Accepted: {accepted}; text in UTF-8.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    zh: '不支持这样的请求体：请按 Content-Type {accepted} 发送，不压缩，使用 UTF-8 编码。',
    en: 'A body like this isn’t taken: send it as Content-Type {accepted}, not compressed, in UTF-8.',
  },
  UPLOAD_QUOTA_REACHED: {
    status: 409,
    zh: '已上传而尚未用于任何材料的文件过多，请先使用这些文件，或待其在一天后自动清除。',
    en: 'You have sent too much that no record has taken on: use those files first, or wait a day until they are dropped.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorKinds, code);
}

/** The sentence of a code in the reader's language. Where its reason is one that is known, it is put into that language too. */
export function sentence(code: ErrorCode, language: Language, details: ErrorDetails = {}): string {
  const { reason = 'MALFORMED' } = details;
  return filled(errorKinds[code][language], {
    ...details,
    reason: isReason(reason) ? reasonKinds[reason][language] : reason,
  });
}

/** An error that the client is meant to see. Throw it anywhere; the gateway puts the sentence into the reader's language. */
export class HubError extends GraphQLError {
  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(sentence(code, 'zh', details), { extensions: { code, ...(Object.keys(details).length > 0 && { details }) } });
    this.name = 'HubError';
  }
}

/** A request that is malformed, and in what way. */
export const malformed = (reason: Reason): HubError => new HubError('BAD_REQUEST', { reason });

export { peopleInEnglish } from './people.ts';
export { isReason, type Reason } from './reasons.ts';
export type { ErrorDetails, Language } from './sentence.ts';
export {
  RuleBroken,
  type UserErrorCode,
  userErrorKinds,
  userErrorOfConstraint,
  userSentence,
} from './user-errors.ts';
