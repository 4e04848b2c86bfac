import type { Upkeep } from '@hub/database';
import { fileCallable, sweepFiles } from '@hub/files';
import { referableCallable } from '@hub/references';
import { accessChain, accessChainCallable } from './accesses/chain.ts';
import { agreementCallable, agreementFunctions } from './agreements/tables.ts';
import { fileTriggers } from './files/tables.ts';
import { referableFunctions } from './references/tables.ts';
import { cooperationCallable, cooperationTriggers } from './triggers.ts';
import { webhookQueue, webhookQueueCallable } from './webhooks/queue.ts';

export * from './accesses/tables.ts';
export * from './agencies/tables.ts';
export * from './agreements/tables.ts';
export * from './aid/tables.ts';
export * from './cooperations/tables.ts';
export * from './corrections/tables.ts';
export * from './files/tables.ts';
export * from './milestones/tables.ts';
export * from './outcomes/tables.ts';
export * from './partners/tables.ts';
export { referable, referenceSource } from './references/tables.ts';
export { cooperationSchema } from './schema.ts';
export * from './sharing/tables.ts';
export * from './visits/tables.ts';
export * from './webhooks/tables.ts';

export const upkeep: Upkeep = {
  counted: { cooperation: 'kind' },
  searched: {
    cooperation: ['title', 'field', 'description', 'partner_names'],
    // Apart from the cooperation: who may not see an organization doesn't find anything by its name either.
    partner_organization: ['name'],
  },
  sweeps: [sweepFiles],
  triggers: [fileTriggers, cooperationTriggers, agreementFunctions, accessChain, webhookQueue, referableFunctions].join(
    '\n',
  ),
  callable: [
    ...fileCallable,
    ...agreementCallable,
    ...cooperationCallable,
    ...accessChainCallable,
    ...webhookQueueCallable,
    ...referableCallable,
  ],
};
