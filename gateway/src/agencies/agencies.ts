import { createHash, randomUUID } from 'node:crypto';
import type { Actor, AgencyActor } from '@hub/access';
import { HubError } from '@hub/errors';
import type { Classes } from '@hub/sharing';
import type { GraphQLSchema } from 'graphql';
import type { AgencyCeiling } from '../fairness/fairness.ts';
import type { Transport } from '../subgraphs.ts';
import {
  type Access,
  type AccessLog,
  type AccessLogSigning,
  openAccessLog,
  type Refusal,
  refusalError,
} from './access-log.ts';
import { readAnswer, type Told } from './answer.ts';
import { agencyCursors, cursorSecrets } from './cursors.ts';
import {
  type AgencyOperation,
  agencyOperation,
  beyond,
  filtersOf,
  type MayRead,
  openedVariables,
  type Rights,
} from './operation.ts';
import { previewedSharing } from './preview.ts';
import { agencyActor, type Sharing } from './sharing.ts';
import { type AgencyToken, agencyTokens } from './token.ts';

export { isAgencyToken } from './token.ts';

/** What a client asks. */
export interface Asked {
  /** A document, or one that is made of what may be read. */
  readonly query: string | ((mayRead: MayRead) => string);
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly address: string;
  readonly requestId: string;
}

/** A read of an agency on its way: checked, not told yet. */
export interface AgencyRead {
  readonly actor: Actor;
  /** What is planned and run in place of what was asked. */
  readonly query: string;
  /** What it is run with in place of what was given. @throws HubError BAD_USER_INPUT for a cursor that is none */
  variables(given: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /**
   * Masks, counts and logs an answer, changed in place.
   * @throws HubError where it may not be told; nothing of it may leave then
   */
  disclose(data: unknown): Promise<void>;
  /**
   * Whether it would still be admitted, but for its token: known for half a second. For what is told over a while.
   * @throws HubError AGREEMENT_NOT_IN_FORCE, UNAUTHENTICATED
   */
  recheck(): Promise<void>;
}

/** What an agency asks to be told of as it comes, by no document. */
export interface Followed {
  /** What it is, in the log in place of a document. */
  readonly operation: string;
  /** All that it tells of as `Type.field`, made of what may be read. */
  readonly fields: (mayRead: MayRead) => readonly string[];
  readonly filters: string | null;
  readonly address: string;
  readonly requestId: string;
}

/** A webhook of an agency, which is told by no token. */
export interface FollowedByWebhook extends Omit<Followed, 'address' | 'requestId'> {
  readonly id: string;
  readonly url: string;
  readonly agency: string;
  readonly agreement: string;
  readonly version: number;
}

/** An agency that is told something over a while; its token is used up. */
export interface AgencyFollowing {
  readonly actor: AgencyActor;
  readonly fields: readonly string[];
  /**
   * Logs what is to be told next.
   * @throws HubError where it may not be told; nothing of it may leave then
   */
  tell(told: Told): Promise<void>;
  /** As of {@link AgencyRead}. */
  recheck(): Promise<void>;
}

/** A refusal that says when to ask again. */
export class RefusedRead extends HubError {
  readonly retryAfter: number | null;
  constructor(refusal: Refusal) {
    super(refusalError(refusal).extensions['code'] as never);
    this.retryAfter = refusal.retryAfter;
  }
}

/** What an agreement would share, as whoever owns it looks at it. */
export interface SharingPreview {
  readonly actor: AgencyActor;
  /** @throws HubError OUTSIDE_AGREEMENT … as {@link Agencies.admit} */
  read(
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ): Pick<AgencyRead, 'query' | 'variables' | 'disclose'> & { readonly fields: readonly string[]; rows(): number };
}

export interface Agencies {
  /** Looks at the log before anybody asks. @throws SettingsError where it is signed with another key than is given */
  open(): Promise<void>;
  /** Checks a read before it is planned. @throws HubError UNAUTHENTICATED, AGREEMENT_NOT_IN_FORCE, OUTSIDE_AGREEMENT, TOKEN_REPLAYED … */
  admit(token: string, asked: Asked): Promise<AgencyRead>;
  /** Checks what is told over a while before it begins. @throws HubError as {@link admit} */
  follow(token: string, followed: Followed): Promise<AgencyFollowing>;
  /** What a webhook is told over a while; null where there is nothing that it may be told by that version of its agreement. */
  followWebhook(followed: FollowedByWebhook): Promise<AgencyFollowing | null>;
  /**
   * What the owner of an agreement, or of its draft, would have an agency see by it: neither logged nor counted.
   * @throws HubError FORBIDDEN, NOT_FOUND
   */
  preview(actor: Actor, agreement: string, requestId: string): Promise<SharingPreview>;
  /** Removes what the log has kept as long as is set. @returns how many entries went */
  sweep(days: number): Promise<number>;
  stop(): Promise<void>;
}

const knownOperations = 2_000;

/** Datasets that tell of no record: every reader needs them to make sense of one. */
const common: ReadonlySet<string> = new Set(['directory', 'values']);
/** Those of what an agency does itself. */
const inAffairs: ReadonlySet<string> = new Set([...common, 'sharing']);
const nothing: Told = { rows: 0, subjects: [] };

/** How partner agencies read: under which agreement, which fields, and never without an entry in the log. */
export function openAgencies(options: {
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly audience: string;
  readonly signing: AccessLogSigning;
  readonly warn: (message: string) => void;
  /** Whether the graph has what knows agencies and keeps the log; where it hasn't, no token of one is good. */
  readonly isOffered: boolean;
  /** The graph as clients see it; made when the first agency asks. */
  readonly schema: () => GraphQLSchema;
  readonly classes: Classes;
  readonly ceiling: AgencyCeiling;
}): Agencies {
  const { transport, timeoutMs, schema, classes, ceiling } = options;
  const tokens = agencyTokens(options);
  const log: AccessLog = openAccessLog(options);
  const cursors = agencyCursors(cursorSecrets(options.signing.privateKey));
  const operations = new Map<string, AgencyOperation>();

  function operationOf(query: string, operationName: string | undefined): AgencyOperation {
    const name = `${operationName ?? ''} ${query}`;
    const known = operations.get(name);
    if (known) return known;
    const made = agencyOperation(query, operationName, { schema: schema(), classes, cursors });
    if (operations.size >= knownOperations) operations.clear();
    operations.set(name, made);
    return made;
  }

  const fieldAt = (where: string) => {
    const [type = '', field = ''] = where.split('.');
    return classes.field(type, field);
  };

  /** What may be read under an agreement, or without one. */
  function mayReadUnder({ agreement }: Sharing): MayRead {
    return (where) => {
      const found = fieldAt(where);
      if (!found || found.sharing === 'NOT_SHARED') return false;
      // Under an agreement the committee's own records are let through, so nothing is read of what it doesn't name but names
      // of places and the parts of values: neither other matter that is shared without condition, nor the agency's own affairs.
      if (agreement === undefined) return found.sharing === 'UNCONDITIONAL';
      return agreement.fields.has(where) || (found.sharing === 'UNCONDITIONAL' && common.has(found.dataset));
    };
  }

  const isMaskedUnder =
    ({ agreement }: Sharing) =>
    (where: string): boolean =>
      fieldAt(where)?.personal === true && agreement?.unmasked.has(where) !== true;

  function rightsUnder(sharing: Sharing, { mutates }: AgencyOperation): Rights {
    const mayReadAny = mayReadUnder(sharing);
    const isMasked = isMaskedUnder(sharing);
    // What a mutation answers isn't counted as read, so it is of the agency's own affairs alone.
    const mayRead: MayRead = mutates
      ? (where) => mayReadAny(where) && inAffairs.has(fieldAt(where)?.dataset ?? '')
      : mayReadAny;
    return { mayRead, mayChoose: (where) => mayRead(where) && !isMasked(where) };
  }

  const read = (sharing: Sharing, operation: AgencyOperation, data: unknown) =>
    readAnswer(data, operation.parsed, { schema: schema(), classes, isMasked: isMaskedUnder(sharing), cursors });

  /** A token verified, of a reader to whom not too much was refused just now: that would be looked at and logged each time. */
  const verify = async (token: string, requestId: string): Promise<AgencyToken> => {
    const verified = await tokens.verify(token, requestId);
    const retryAfter = ceiling.secondsToWait(
      readerOf({ agency: verified.sharing.agency, agreement: verified.sharing.agreement?.id ?? null }),
    );
    if (retryAfter !== null) throw new RefusedRead({ code: 'TOO_MANY_REQUESTS', retryAfter });
    return verified;
  };

  const appendTold = async (entry: Unread, told: Told, milliseconds: number): Promise<void> => {
    const refusal = await log.append({ ...entry, ...told, refusal: null, milliseconds });
    if (!refusal) return;
    ceiling.refused(readerOf(entry));
    throw new RefusedRead(refusal);
  };
  const appendRefused = async (entry: Unread, error: HubError, milliseconds: number): Promise<never> => {
    const refusal = String(error.extensions['code']);
    ceiling.refused(readerOf(entry));
    const logged = await log.append({ ...entry, ...nothing, refusal, milliseconds });
    throw logged && logged.code !== refusal ? new RefusedRead(logged) : error;
  };

  return {
    open: async () => {
      if (options.isOffered) await log.open();
    },
    async admit(token, asked) {
      const started = Date.now();
      const elapsed = () => Date.now() - started;
      const verified = await verify(token, asked.requestId);
      const { sharing } = verified;
      const query = queryOf(asked, mayReadUnder(sharing));
      const operation = operationOf(query, asked.operationName);
      const entry = entryOf(verified, {
        operation: query,
        fields: operation.fields,
        filters: filtersOf(operation, asked.variables),
        address: asked.address,
      });
      if (verified.refusal) await appendRefused(entry, new HubError(verified.refusal), elapsed());
      const outside = beyond(operation, classes, asked.variables, rightsUnder(sharing, operation));
      if (outside.length > 0)
        await appendRefused(
          { ...entry, fields: outside },
          new HubError('OUTSIDE_AGREEMENT', { fields: outside }),
          elapsed(),
        );
      // What is done by a mutation can't be taken back, so its token is used up before.
      let told = operation.mutates;
      if (told) await appendTold(entry, nothing, elapsed());
      return {
        actor: agencyActor(sharing),
        query: operation.document,
        variables: (given) => openedVariables(operation, given, cursors),
        recheck: () => tokens.recheck(verified, asked.requestId),
        async disclose(data) {
          const what = read(sharing, operation, data);
          if (operation.mutates) return;
          const first = !told;
          told = true;
          await appendTold({ ...entry, token: first ? entry.token : null }, what, elapsed());
        },
      };
    },
    async follow(token, { fields: fieldsOf, requestId, ...followed }) {
      const started = Date.now();
      const verified = await verify(token, requestId);
      const mayRead = mayReadUnder(verified.sharing);
      const fields = fieldsOf(mayRead);
      const entry = entryOf(verified, { ...followed, fields });
      if (verified.refusal) await appendRefused(entry, new HubError(verified.refusal), Date.now() - started);
      const outside = fields.filter((where) => !mayRead(where));
      if (outside.length > 0) {
        const error = new HubError('OUTSIDE_AGREEMENT', { fields: outside });
        await appendRefused({ ...entry, fields: outside }, error, Date.now() - started);
      }
      await appendTold(entry, nothing, Date.now() - started);
      return {
        actor: agencyActor(verified.sharing),
        fields,
        tell: (told) => appendTold({ ...entry, token: null }, told, 0),
        recheck: () => tokens.recheck(verified, requestId),
      };
    },
    async followWebhook({ id, url, agency, agreement, version, fields: fieldsOf, operation, filters }) {
      const requestId = randomUUID();
      const sharing = await tokens.sharingUnder(agency, agreement, requestId);
      if (sharing?.agreement?.version !== version) return null;
      const fields = fieldsOf(mayReadUnder(sharing));
      if (fields.length === 0) return null;
      const now = Date.now();
      // The log looks whether the webhook is active, in place of a key, and bears where it was told.
      const by = { sharing, kid: `webhook ${id}`, jti: '', until: now };
      const entry = { ...entryOf(by, { operation, fields, filters, address: new URL(url).host }), token: null };
      return {
        actor: agencyActor(sharing),
        fields,
        tell: (told) => appendTold(entry, told, 0),
        recheck: async () => undefined,
      };
    },
    async preview(actor, agreement, requestId) {
      const sharing = await previewedSharing(actor, agreement, { transport, timeoutMs, requestId });
      return {
        actor: agencyActor(sharing),
        read(query, variables) {
          const operation = operationOf(query, undefined);
          const outside = beyond(operation, classes, variables, rightsUnder(sharing, operation));
          if (operation.mutates) throw new HubError('FORBIDDEN');
          if (outside.length > 0) throw new HubError('OUTSIDE_AGREEMENT', { fields: outside });
          let rows = 0;
          return {
            query: operation.document,
            variables: (given) => openedVariables(operation, given, cursors),
            fields: operation.fields,
            rows: () => rows,
            async disclose(data) {
              rows = read(sharing, operation, data).rows;
            },
          };
        },
      };
    },
    sweep: (days) => log.sweep(days),
    stop: () => log.stop(),
  };
}

const queryOf = ({ query }: Asked, mayRead: MayRead): string => (typeof query === 'string' ? query : query(mayRead));

/** Whose refusals are counted together. */
const readerOf = ({ agency, agreement }: Pick<Access, 'agency' | 'agreement'>) => `${agency} ${agreement ?? ''}`;

type Unread = Omit<Access, 'refusal' | 'rows' | 'subjects' | 'milliseconds'>;

function entryOf(
  { sharing, kid, jti, until }: AgencyToken,
  { operation, ...read }: Pick<Access, 'operation' | 'fields' | 'filters' | 'address'>,
): Unread {
  return {
    agency: sharing.agency,
    committee: sharing.committee,
    agreement: sharing.agreement?.id ?? null,
    version: sharing.agreement?.version ?? null,
    kid,
    token: jti,
    tokenUntil: new Date(until).toISOString(),
    operation: createHash('sha256').update(operation).digest('hex'),
    ...read,
  };
}
