/** A business rule that a request broke; nothing was written. */
export interface UserError {
  readonly code: string;
  /** Where in the input, `["input", "datasets"]`. */
  readonly path: readonly string[];
  readonly message: string;
}

interface Told {
  readonly status?: number;
  readonly fields?: readonly string[];
  readonly retryAfter?: number | null;
  readonly requestId?: string | null;
  readonly userErrors?: readonly UserError[];
  readonly data?: unknown;
  readonly cause?: unknown;
}

/**
 * Everything that goes wrong between an agency and the hub. What may pass by itself was tried again before it is thrown.
 *
 * `code` is one of the hub's (`/openapi.json` and its README list them), or one of these:
 * - `CONNECTION_FAILED`: no answer, or one that broke off; `cause` says how
 * - `UNEXPECTED_ANSWER`: what answered is not the hub, such as a proxy with an error page
 * - `WEBHOOK_INVALID`, `WEBHOOK_REPLAYED`: see {@link verifyWebhook}
 * - `KEY_UNUSABLE`, `KEY_UNKNOWN`: see {@link createHubClient} and {@link HubClient.retireKey}
 */
export class HubClientError extends Error {
  override readonly name = 'HubClientError';
  readonly code: string;
  /** HTTP status; null where nothing was answered. */
  readonly status: number | null;
  /** What lies outside the agreement as `Type.field` (OUTSIDE_AGREEMENT), or which argument is wrong (BAD_USER_INPUT). */
  readonly fields: readonly string[];
  /** Seconds after which to ask again; null where the hub didn't say. */
  readonly retryAfter: number | null;
  /** By which the hub's operator finds the request. */
  readonly requestId: string | null;
  /** Of a mutation whose input breaks a business rule; `code` is the first one's. */
  readonly userErrors: readonly UserError[];
  /** What a query answered beside its error: parts of it are missing. */
  readonly data: unknown;

  constructor(code: string, message: string, told: Told = {}) {
    super(message, { cause: told.cause });
    this.code = code;
    this.status = told.status ?? null;
    this.fields = told.fields ?? [];
    this.retryAfter = told.retryAfter ?? null;
    this.requestId = told.requestId ?? null;
    this.userErrors = told.userErrors ?? [];
    this.data = told.data;
  }
}

/**
 * Whether a cursor is of no use any more, since the hub was restored to an earlier moment or keeps what came after it no
 * longer: read all again, and go on from a new one.
 */
export function isCursorVoid(error: unknown): boolean {
  return error instanceof HubClientError && ['CURSOR_NOT_RESTORED', 'CURSOR_TOO_OLD'].includes(error.code);
}
