import { HubClientError } from './error.ts';
import type { Signer } from './key.ts';
import { Patience } from './patience.ts';

export interface Request {
  /** With its query, `/changes?wait=30`. */
  readonly path: string;
  /** Sent as JSON by POST; by GET without it. */
  readonly body?: object;
  /** Whom it is from: the agency under its agreement, the agency for itself, or nobody. */
  readonly as: 'UNDER_AGREEMENT' | 'AGENCY' | 'PUBLIC';
  readonly signal?: AbortSignal | undefined;
}

export interface Connection {
  /** Signs, asks once and gives what comes as it comes. @throws HubClientError where that isn't a success */
  open(request: Request): Promise<ReadableStream<Uint8Array>>;
  /** Asks for JSON, again where that may help. @throws HubClientError */
  ask<Answer>(request: Request, options: { repeatable: boolean }): Promise<Answer>;
  patience(options: { repeatable: boolean; signal?: AbortSignal | undefined }): Patience;
}

/** What a whole answer may take; a poll waits half a minute of it by itself. */
const wholeAnswerMs = 75_000;

export function connect(options: {
  readonly url: string;
  readonly agreement: string | undefined;
  readonly longestWait: number;
  readonly signer: () => Promise<Signer>;
}): Connection {
  const { agreement, longestWait, signer } = options;
  const url = options.url.replace(/\/+$/, '');

  async function respond({ path, body, as, signal }: Request): Promise<Response> {
    const token = as === 'PUBLIC' ? undefined : await (await signer()).sign(as === 'AGENCY' ? undefined : agreement);
    const response = await unbroken(
      fetch(`${url}${path}`, {
        method: body ? 'POST' : 'GET',
        // A token is for the hub alone.
        redirect: 'error',
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      }),
      signal,
    );
    // GraphQL says what went wrong in the answer itself, with any status.
    if (response.ok) return response;
    throw refusal(await unbroken(response.text(), signal), response);
  }

  const patience: Connection['patience'] = (given) => new Patience({ longestWait, ...given });
  return {
    patience,
    async open(request) {
      const { body, status } = await respond(request);
      if (!body) throw new HubClientError('UNEXPECTED_ANSWER', 'The hub answered with nothing.', { status });
      return body;
    },
    async ask<Answer>({ signal, ...request }: Request, { repeatable }: { repeatable: boolean }) {
      const patient = patience({ repeatable, signal });
      for (;;) {
        const inTime = AbortSignal.timeout(wholeAnswerMs);
        const both = signal ? AbortSignal.any([signal, inTime]) : inTime;
        try {
          const response = await respond({ ...request, signal: both });
          return answerOf<Answer>(await unbroken(response.text(), both), response);
        } catch (error) {
          await patient.after(error);
        }
      }
    },
  };
}

/** What ends a connection before its answer is there is one fault, however it comes about. */
export async function unbroken<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isTimeout = signal?.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    if (signal?.aborted && !isTimeout) throw signal.reason;
    throw new HubClientError('CONNECTION_FAILED', 'The hub did not answer, or its answer broke off.', { cause: error });
  }
}

interface ToldError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly field?: string; readonly fields?: readonly string[] };
}
type Sent = Pick<Response, 'status' | 'headers'>;

function answerOf<Answer>(text: string, response: Sent): Answer {
  const answer = parsed(text, response);
  if (answer.errors?.length) throw refusal(text, response);
  return answer as Answer;
}

function parsed(text: string, response: Sent): { errors?: readonly ToldError[]; data?: unknown } {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Not the hub.
  }
  throw new HubClientError(
    'UNEXPECTED_ANSWER',
    `What answered is not the hub (status ${response.status}).`,
    told(response),
  );
}

const told = ({ status, headers }: Sent) => ({
  status,
  requestId: headers.get('x-request-id'),
  retryAfter: secondsOf(headers.get('retry-after')),
});

function refusal(text: string, response: Sent): HubClientError {
  const { errors: [error] = [], data } = parsed(text, response);
  const { code = 'UNEXPECTED_ANSWER', field, fields } = error?.extensions ?? {};
  return new HubClientError(code, error?.message ?? `The hub answered with status ${response.status}.`, {
    ...told(response),
    fields: fields ?? (field === undefined ? [] : [field]),
    data,
  });
}

/** Of `Retry-After`: seconds, or a date (RFC 9110). */
function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}
