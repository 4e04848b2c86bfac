import { connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  pauseWebhook,
  redeliverWebhookMessages,
  registerWebhook,
  removeWebhook,
  renewWebhookSecret,
  replayWebhook,
  resumeWebhook,
  webhookSteps,
} from './steps.ts';
import { type Webhook, webhookQueueOf } from './store.ts';

const read = (id: string, { webhooks }: Context) => webhooks.webhooks.load(id);

const progress = async ({ id }: Webhook, { webhooks }: Context) => (await webhooks.progressOfWebhook.load(id))[0];

/** Secrets and what is sent are the follower's alone. */
function queueFor({ actor, scope }: Context) {
  if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
  return webhookQueueOf(scope);
}
function given<Input extends object>(input: Input, ...ids: readonly (string | undefined)[]): Input {
  if (!ids.every((id) => id === undefined || isId(id))) throw new HubError('BAD_USER_INPUT', { field: 'input' });
  return input;
}
interface Queued {
  readonly webhook: string;
  readonly message?: { readonly id: string } | null;
}

export const webhookResolvers: Resolvers = {
  Query: {
    webhook: (_, { id }: { id: string }, context: Context) => read(id, context),
    webhookBacklog: (_source, _arguments, context: Context) => queueFor(context).backlog(),
  },
  SharingAgreement: {
    webhooks: ({ id }: { id: string }, _, { webhooks }: Context) => webhooks.webhooksOfAgreement.load(id),
  },
  Webhook: {
    __resolveReference: ({ id }: Webhook, context: Context) => read(id, context),
    sharingAgreement: ({ agreement }: Webhook, _, { sharing }: Context) => sharing.agreements.load(agreement),
    cursor: async (row: Webhook, _, context: Context) => (await progress(row, context))?.cursor ?? null,
    failingSince: async (row: Webhook, _, context: Context) => (await progress(row, context))?.failingSince ?? null,
    lastError: async (row: Webhook, _, context: Context) => (await progress(row, context))?.lastError ?? null,
    pendingCount: async (row: Webhook, _, context: Context) => (await progress(row, context))?.pendingCount ?? 0,
    deadLetters: ({ id }: Webhook, page: PageArguments, { webhooks }: Context) => webhooks.deadLettersOf(id, page),
    ...webhookSteps.fields,
  },
  WebhookMessageConnection: connectionResolvers,
  Mutation: {
    registerWebhook: mutation('webhook', registerWebhook, read),
    renewWebhookSecret: mutation('webhook', renewWebhookSecret, read),
    pauseWebhook: mutation('webhook', pauseWebhook, read),
    resumeWebhook: mutation('webhook', resumeWebhook, read),
    replayWebhook: mutation('webhook', replayWebhook, read),
    redeliverWebhookMessages: mutation('webhook', redeliverWebhookMessages, read),
    removeWebhook: mutation('webhook', removeWebhook, read),
    claimWebhooks: (_, claim: { gateway: string; messages: number; lease: number }, context: Context) =>
      queueFor(context).claim(claim),
    queueWebhookMessage: (_, { input }: { input: Queued }, context: Context) =>
      queueFor(context).queue(given(input, input.webhook, input.message?.id)),
    settleWebhookMessage: (_, { input }: { input: { message: string } }, context: Context) =>
      queueFor(context).settle(given(input, input.message)),
    haltWebhook: (_, halted: { webhook: string; reason: string }, context: Context) => {
      given({}, halted.webhook);
      return queueFor(context).halt(halted);
    },
  },
};
