import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Actor, subjectOf } from '@hub/access';
import { build, DatabaseError, type Scope, statement } from '@hub/database';
import { type Language, RuleBroken, userErrorOfConstraint, userSentence } from '@hub/errors';
import { assertActorInOffice, assertReferences } from '@hub/references';
import { sql } from 'drizzle-orm';
import { jsonb, pgSchema, text } from 'drizzle-orm/pg-core';
import type { GraphQLInputType, GraphQLResolveInfo } from 'graphql';
import { givenInput } from './given-input.ts';

/** Keys of the process that a subgraph may need; none of them ever leaves it. */
export interface Secrets {
  /** Private Ed25519 key (JWK) that signs duty codes. */
  readonly dutyCodePrivateKey?: string | undefined;
  /** JWKS of the keys whose duty codes are good. */
  readonly dutyCodePublicKeys?: string | undefined;
  /** `host:port` of webhooks that may lie inside the hub's own network, and be spoken to over http. */
  readonly webhookHosts?: readonly string[] | undefined;
}

/** What every resolver's context has: who asks, in which language, and the scope of this one fetch. */
export interface FetchContext {
  readonly scope: Scope;
  readonly actor: Actor;
  readonly language: Language;
  readonly secrets: Secrets;
  /** The subgraph's name, which is its schema's too. */
  readonly subgraph: string;
  /** Other subgraphs that were read to their end for this very request: what isn't known of them by now isn't there. */
  readonly heard: readonly string[];
  /** What is made once in this fetch, by the thing that it is made for; anew after a write. */
  once<Made>(of: object, make: () => Made): Made;
  /** Makes all stores anew: what they had read before a write is no longer so. */
  renew(): void;
}

/** What inputs have in common. */
export interface MutationInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
}

/** What is kept of a mutation's outcome: the record's id and whatever else the payload tells, as JSON. */
export interface Done {
  readonly id: string;
  /** What only the first answer tells and nothing keeps: a secret. */
  readonly toldOnce?: Readonly<Record<string, unknown>>;
  /** The payload's field that tells {@link Secret}, to whoever sends the key again too; nothing keeps it. */
  readonly tellsSecretAs?: string;
}

/**
 * A code of 160 bits for this one outcome. With an idempotencyKey it is made of the key and of salt: kept are the salt and the
 * key's hash, so that it is told again to whoever has the key, and made by nobody who reads the tables.
 */
export type Secret = () => string;

const shortestKey = 16;
const longestKey = 200;
/** Bytes of an outcome that is kept: what says more isn't one. */
const largestOutcome = 64 * 1024;

/**
 * A mutation's resolver: `run` does it, all or nothing, `read` loads the record for the payload. Broken rules become
 * `userErrors`; a repeated idempotencyKey gives the first outcome again.
 * @param field the payload's field that holds the record
 */
export function mutation<Input extends MutationInput, Context extends FetchContext, Outcome extends Done>(
  field: string,
  run: (input: Input, context: Context, secret: Secret) => Promise<Outcome>,
  read: (id: string, context: Context) => unknown,
) {
  return async (
    _: unknown,
    { input: sent }: { input: Input },
    context: Context,
    info: Pick<GraphQLResolveInfo, 'fieldName' | 'parentType'>,
  ) => {
    const type = inputTypeOf(info);
    let given: Input | undefined;
    try {
      const input = givenInput(sent, type);
      given = input;
      const { toldOnce, ...done } = await context.scope.attempt(() =>
        // What was sent is known again as it was sent.
        once(context, info.fieldName, sent, async (secret) => {
          await assertActorInOffice(context);
          const outcome = await run(input, context, secret);
          // Last, so that only who may write it learns, and has others asked, whether something is there.
          await assertReferences(context, type, input);
          return outcome;
        }),
      );
      context.renew();
      return { ...done, ...toldOnce, [field]: await read(done.id, context), userErrors: [] };
    } catch (error) {
      const broken = await ruleBrokenBy(error, () => assertReferences(context, type, given));
      if (!broken) throw error;
      context.renew();
      const { code, path, details, record } = broken;
      return {
        [field]: record === undefined ? null : await read(record, context),
        userErrors: [{ code, path: ['input', ...path], message: userSentence(code, context.language, details) }],
      };
    }
  };
}

function inputTypeOf({
  parentType,
  fieldName,
}: Pick<GraphQLResolveInfo, 'fieldName' | 'parentType'>): GraphQLInputType {
  const input = parentType.getFields()[fieldName]?.args.find(({ name }) => name === 'input');
  if (!input) throw new Error(`${fieldName} takes no input`);
  return input.type;
}

/** A rule of ours, or one that the database keeps: this one may tell of a record that is named, and so isn't told of one that mayn't be. */
async function ruleBrokenBy(error: unknown, namesWhatItMay: () => Promise<void>): Promise<RuleBroken | undefined> {
  if (error instanceof RuleBroken) return error;
  if (!(error instanceof DatabaseError)) return undefined;
  // No entry of an index has more bytes than that; which text it was PostgreSQL doesn't say.
  if (error.sqlState === '54000') return new RuleBroken('TOO_LONG', { details: { field: 'input', maximum: 600 } });
  const code = error.constraint === undefined ? undefined : userErrorOfConstraint(error.constraint);
  if (code === undefined) return undefined;
  try {
    await namesWhatItMay();
  } catch (refused) {
    if (refused instanceof RuleBroken) return refused;
    throw refused;
  }
  return new RuleBroken(code, code === 'CONFLICT' ? { details: { reason: 'AT_ONCE' } } : {});
}

const { placeholder } = sql;

/** The statements over a schema's table of idempotency keys, which upkeep lays. */
function statementsOf(schema: string) {
  const table = pgSchema(schema).table('idempotency', {
    subject: text('subject').notNull(),
    key: text('key').notNull(),
    request: text('request').notNull(),
    result: jsonb('result').$type<Kept>(),
  });
  const own = sql`${table.subject} = ${placeholder('subject')} and ${table.key} = ${placeholder('key')}`;
  return {
    claim: statement(
      build
        .insert(table)
        .values({ subject: placeholder('subject'), key: placeholder('key'), request: placeholder('request') } as never)
        .onConflictDoNothing()
        .returning({ key: table.key }),
    ),
    known: statement(build.select({ request: table.request, result: table.result }).from(table).where(own)),
    keep: statement(
      build
        .update(table)
        .set({ result: sql`${placeholder('result')}::jsonb` })
        .where(own),
    ),
  };
}
const statements = new Map<string, ReturnType<typeof statementsOf>>();

/** What stands for a key: whoever reads the table can't send it again, and so can't be told what its sender is. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const randomCode = () => randomBytes(20).toString('base64url');
const secretOf = (key: string, salt: string) =>
  createHmac('sha256', key).update(salt).digest().subarray(0, 20).toString('base64url');

interface Kept {
  readonly salt?: string;
  readonly outcome: Done;
}

async function once<Outcome extends Done>(
  { scope, actor, subgraph }: FetchContext,
  operation: string,
  input: MutationInput,
  work: (secret: Secret) => Promise<Outcome>,
): Promise<Omit<Outcome, 'tellsSecretAs'>> {
  const given = input.idempotencyKey;
  const salt = randomCode();
  if (given == null) {
    const secret = randomCode();
    return told(await work(() => secret), () => secret);
  }
  // The public's keys are everybody's, so one must not be guessed.
  if (given.length < shortestKey || given.length > longestKey)
    throw new RuleBroken('INVALID', { path: ['idempotencyKey'], details: { field: 'idempotencyKey' } });
  const sql = statements.get(subgraph) ?? statementsOf(subgraph);
  statements.set(subgraph, sql);
  const subject = subjectOf(actor);
  const key = hashOf(given);
  const request = createHash('sha256')
    .update(JSON.stringify([operation, 'committee' in actor ? actor.committee : '', input]))
    .digest('base64url');
  // Whoever sends the same key at the same time waits here for the first to commit.
  const claimed = await scope.run(sql.claim, { subject, key, request });
  if (claimed.length === 0) {
    const [known] = await scope.run(sql.known, { subject, key });
    if (known?.request !== request || !known.result)
      throw new RuleBroken('IDEMPOTENCY_KEY_REUSED', { path: ['idempotencyKey'] });
    const { salt: kept = '', outcome } = known.result;
    return told(outcome as Outcome, () => secretOf(given, kept));
  }
  const secret = () => secretOf(given, salt);
  const done = await work(secret);
  const { toldOnce: _, ...outcome } = done;
  const result = JSON.stringify({ ...(done.tellsSecretAs !== undefined && { salt }), outcome });
  if (Buffer.byteLength(result) > largestOutcome) throw new Error(`${operation} has too large an outcome to be kept`);
  await scope.run(sql.keep, { subject, key, result });
  return told(done, secret);
}

/** An outcome as the payload has it. */
function told<Outcome extends Done>(
  { tellsSecretAs, ...outcome }: Outcome,
  secret: Secret,
): Omit<Outcome, 'tellsSecretAs'> {
  return tellsSecretAs === undefined ? outcome : { ...outcome, [tellsSecretAs]: secret() };
}
