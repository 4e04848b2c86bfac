import {
  isKnown,
  type RequestedSharing,
  registerKey,
  requestSharing,
  retireKey,
  type SharingRequest,
} from './affairs.ts';
import { type CatalogDataset, catalog } from './catalog.ts';
import { type ChangeBatch, type ChangesOptions, changes } from './changes.ts';
import { connect } from './connection.ts';
import { type Exported, type ExportOptions, exported, exportedFile } from './exported.ts';
import { type Page, pages, query, type Variables } from './graph.ts';
import { type AgencyKey, signerOf } from './key.ts';
import { type Webhooks, webhooksOf } from './webhooks.ts';

export interface HubClientOptions {
  /** Where the hub is, `https://hub.example`. */
  readonly url: string;
  /** Id of the agency. */
  readonly agency: string;
  /** Id of the agreement under which it reads. Without it it reads what is shared without condition, and does its own affairs. */
  readonly agreement?: string | undefined;
  /** The private key that it signs with. */
  readonly key: AgencyKey;
  /** What the hub calls itself in tokens; `cppcc-hub` unless it says otherwise. */
  readonly audience?: string | undefined;
  /** Seconds that the hub may ask to wait before it is thrown instead; 120 unless said. A used-up day asks for hours. */
  readonly longestWait?: number | undefined;
}

/**
 * The hub as an agency reads it. Each request has a token of its own. What a read meets and may pass (no connection, 503) is
 * tried six times with growing pauses; 429 is tried again when the hub says so. All else is thrown as HubClientError.
 */
export interface HubClient {
  /**
   * Asks the graph. A document with a mutation is sent again only where `input.idempotencyKey` makes the hub do it once.
   * @throws HubClientError also where a part of the answer is missing; what there is stands in its `data`
   */
  query<Data>(document: string, variables?: Variables, options?: { readonly signal?: AbortSignal }): Promise<Data>;
  /**
   * The nodes of a list, page by page as they are taken. The document declares `$after: String` and hands it to the list,
   * which selects `nodes` and `pageInfo { hasNextPage endCursor }`; `pick` finds the list in the answer.
   */
  pages<Data, Node>(
    document: string,
    variables: Variables,
    pick: (data: Data) => Page<Node> | null | undefined,
  ): AsyncIterable<Node>;
  /**
   * All records of a dataset, with the fields that the agreement shares. A connection that breaks is taken up after the last
   * record by itself; a process that was restarted goes on with `after: cursor` of the last record that it kept.
   * @throws HubClientError AGREEMENT_NOT_IN_FORCE within a second of a revocation, TOO_MANY_ROWS with `retryAfter` …
   */
  exported<Row = Readonly<Record<string, unknown>>>(
    dataset: string,
    options?: ExportOptions,
  ): AsyncIterable<Exported<Row>>;
  /** The same as the bytes of a file. It isn't taken up by itself: what breaks off fails, and is no whole file. */
  exportedFile(
    dataset: string,
    options: ExportOptions & { readonly format: 'csv' | 'xlsx' | 'jsonl' },
  ): Promise<ReadableStream<Uint8Array>>;
  /**
   * What changes, in batches with the cursor behind each: keep it once the batch is taken care of, and nothing is missed or
   * comes twice. Polls, each of which counts as a request. Begins with where it begins, where there is no `after`.
   * @throws HubClientError AGREEMENT_NOT_IN_FORCE; BAD_USER_INPUT where the cursor is of another hub; CURSOR_TOO_OLD where it
   * wasn't used for so long that changes are gone: export all again, and go on without a cursor
   */
  changes(options?: ChangesOptions): AsyncIterable<ChangeBatch>;
  /** The catalogue: every dataset and field, and how it is shared. For everybody: no token, nothing is logged. */
  catalog(): Promise<readonly CatalogDataset[]>;
  /** Asks a committee to share. @throws HubClientError with `userErrors`, such as NOT_SHAREABLE */
  requestSharing(request: SharingRequest): Promise<RequestedSharing>;
  /**
   * Registers another key and signs with it from then on; what signed until now stays good. Keep the new key before the
   * old one is retired, and one follows the other without a gap. The same key again changes nothing.
   * @returns the thumbprints of the key that signs now and of the one that did
   */
  addKey(key: AgencyKey): Promise<{ readonly kid: string; readonly formerKid: string }>;
  /** Retires a key by its thumbprint: what it signed is good no more. @throws HubClientError KEY_UNKNOWN */
  retireKey(kid: string): Promise<void>;
  /** Addresses of the agency's own to which the hub posts what changes; what comes there is for {@link verifyWebhook}. */
  readonly webhooks: Webhooks;
}

/** @throws HubClientError KEY_UNUSABLE by the first request, where the key isn't a private one of the kinds that the hub knows */
export function createHubClient(options: HubClientOptions): HubClient {
  const { agency, agreement, audience = 'cppcc-hub', longestWait = 120, url } = options;
  const signerFor = (key: AgencyKey) => signerOf(key, { agency, audience });
  let signer: ReturnType<typeof signerOf> | undefined;
  const current = () => {
    signer ??= signerFor(options.key);
    return signer;
  };
  const connection = connect({ url, agreement, longestWait, signer: current });
  return {
    query: (document, variables = {}, { signal } = {}) => query(connection, document, variables, signal),
    pages: <Data, Node>(document: string, variables: Variables, pick: (data: Data) => Page<Node> | null | undefined) =>
      pages((given) => query<Data>(connection, document, given, undefined), variables, pick),
    exported: <Row>(dataset: string, given: ExportOptions = {}) => exported<Row>(connection, dataset, given),
    exportedFile: (dataset, given) => exportedFile(connection, dataset, given),
    changes: (given = {}) => changes(connection, given),
    catalog: () => catalog(connection),
    requestSharing: (request) => requestSharing(connection, request),
    async addKey(key) {
      const [before, next] = [await current(), await signerFor(key)];
      await registerKey(connection, agency, { key, kid: next.kid });
      await isKnown(connect({ url, agreement, longestWait, signer: async () => next }), agency, next);
      signer = Promise.resolve(next);
      return { kid: next.kid, formerKid: before.kid };
    },
    retireKey: (kid) => retireKey(connection, agency, kid),
    webhooks: webhooksOf(connection, agreement),
  };
}
