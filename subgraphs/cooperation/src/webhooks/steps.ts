import { randomBytes } from 'node:crypto';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertMayEver, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { sharingAgreementSteps } from '../sharing/steps.ts';
import { statusOf } from '../sharing/store.ts';
import { versionsOf } from '../sharing/terms.ts';
import { givenCursor, givenTypes, givenUrl } from './given.ts';
import { mostWebhooks, webhook, webhookEvent } from './tables.ts';
import { webhookMachine } from './webhook.machine.ts';

/** How webhooks are registered, paused, replayed and removed. */
export const webhookSteps = stepsOf(webhook, webhookMachine, webhookEvent);

const { placeholder } = sql;
const once = sql`(values (1)) as once`;

const registerAlone = statement(
  build
    .select({ done: sql<string>`pg_advisory_xact_lock(hashtextextended(${placeholder('agreement')}, 0))` })
    .from(once),
);
const webhooksOfAgreement = statement(
  build
    .select({ total: sql<number>`count(*)`.mapWith(Number).as('total') })
    .from(webhook)
    .where(sql`${webhook.agreement} = ${placeholder('agreement')}::uuid and ${webhook.status} <> 'REMOVED'`),
);
const keepSecret = statement(
  build
    .select({
      done: sql<string>`cooperation.keep_webhook_secret(${placeholder('webhook')}::uuid, ${placeholder('secret')})`,
    })
    .from(once),
);
const replay = statement(
  build
    .select({
      done: sql<string>`cooperation.replay_webhook(${placeholder('webhook')}::uuid, ${placeholder('cursor')})`,
    })
    .from(once),
);
const redeliver = statement(
  build
    .select({ letters: sql<number>`letters`.mapWith(Number), outdated: sql<number>`outdated`.mapWith(Number) })
    .from(
      sql`cooperation.redeliver_webhook(${placeholder('webhook')}::uuid, ${placeholder('messages')}::uuid[]) as redelivered`,
    ),
);

/** As the Standard Webhooks specification writes one: 32 random bytes. */
async function newSecret({ scope }: FetchContext, id: string): Promise<string> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await scope.run(keepSecret, { webhook: id, secret });
  return secret;
}

interface RegisterInput extends MutationInput {
  readonly sharingAgreement: string;
  readonly url: string;
  readonly types?: readonly string[] | null;
  readonly after?: string | null;
}

export async function registerWebhook(input: RegisterInput, context: FetchContext) {
  assertMayEver(webhookMachine, 'registerWebhook', context.actor);
  const { actor, scope, secrets } = context;
  if (actor.kind !== 'AGENCY') throw new HubError('FORBIDDEN');
  const url = givenUrl(input.url, secrets.webhookHosts ?? []);
  const cursor = input.after == null ? null : givenCursor(input.after);
  const agreement = await sharingAgreementSteps.read(context, input.sharingAgreement, 'sharingAgreement');
  // Of what is public it may read the agreements of others too.
  if (agreement.agency !== actor.subject) throw new RuleBroken('NOT_FOUND', { path: ['sharingAgreement'] });
  const { status, validUntil } = agreement as unknown as Parameters<typeof statusOf>[0];
  const terms = (await versionsOf(context, agreement.id)).find(({ version }) => version === agreement['version']);
  if (statusOf({ status, validUntil }) !== 'IN_FORCE' || !terms)
    throw new RuleBroken('SHARING_NOT_IN_FORCE', { path: ['sharingAgreement'] });
  const types = givenTypes(input.types, new Set(terms.datasets.flatMap(({ fields }) => fields)));
  await scope.run(registerAlone, { agreement: `webhook ${agreement.id}` });
  const [known] = await scope.run(webhooksOfAgreement, { agreement: agreement.id });
  if ((known?.total ?? 0) >= mostWebhooks)
    throw new RuleBroken('LIMIT_REACHED', { details: { maximum: mostWebhooks } });
  const { owner, visibility, parties, subjects } = agreement;
  const { id } = await webhookSteps.start(
    context,
    'registerWebhook',
    { owner, visibility, parties, subjects, agreement: agreement.id, agency: actor.subject, url, types },
    input,
  );
  if (cursor !== null) await scope.run(replay, { webhook: id, cursor });
  return { id, toldOnce: { secret: await newSecret(context, id) } };
}

interface StepInput extends MutationInput {
  readonly webhook: string;
}

export async function renewWebhookSecret(input: StepInput, context: FetchContext) {
  const { id } = await webhookSteps.take(context, 'renewWebhookSecret', 'webhook', input);
  return { id, toldOnce: { secret: await newSecret(context, id) } };
}

const plain = (name: 'pauseWebhook' | 'resumeWebhook' | 'removeWebhook') =>
  async function take(input: StepInput, context: FetchContext): Promise<{ id: string }> {
    const { id } = await webhookSteps.take(context, name, 'webhook', input, () => ({ pausedFor: null }));
    return { id };
  };
export const pauseWebhook = plain('pauseWebhook');
export const resumeWebhook = plain('resumeWebhook');
export const removeWebhook = plain('removeWebhook');

interface ReplayInput extends StepInput {
  readonly after: string;
}

export async function replayWebhook(input: ReplayInput, context: FetchContext): Promise<{ id: string }> {
  const cursor = givenCursor(input.after);
  const { id } = await webhookSteps.take(context, 'replayWebhook', 'webhook', input);
  await context.scope.run(replay, { webhook: id, cursor });
  return { id };
}

interface RedeliverInput extends StepInput {
  readonly messages?: readonly string[] | null;
}

const mostAtOnce = 100;

export async function redeliverWebhookMessages(input: RedeliverInput, context: FetchContext): Promise<{ id: string }> {
  const messages = input.messages == null ? null : [...new Set(input.messages)];
  if ((messages?.length ?? 0) > mostAtOnce)
    throw new RuleBroken('LIMIT_REACHED', { path: ['messages'], details: { maximum: mostAtOnce } });
  const { id } = await webhookSteps.take(context, 'redeliverWebhookMessages', 'webhook', input);
  const [done] = await context.scope.run(redeliver, { webhook: id, messages: messages?.filter(isId) ?? null });
  const { letters = 0, outdated = 0 } = done ?? {};
  if (messages && letters < messages.length) throw new RuleBroken('NOT_FOUND', { path: ['messages'] });
  if (outdated > 0) throw new RuleBroken('MESSAGES_OUTDATED', { path: ['messages'], details: { count: outdated } });
  return { id };
}
