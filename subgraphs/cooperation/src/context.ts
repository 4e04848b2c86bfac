import type { FileStore } from '@hub/files';
import type { FetchContext } from '@hub/workflow';
import { AccessStore } from './accesses/store.ts';
import { AgencyStore } from './agencies/store.ts';
import { AgreementStore } from './agreements/store.ts';
import { AidStore } from './aid/store.ts';
import { CooperationStore } from './cooperations/store.ts';
import { files } from './files/store.ts';
import { MilestoneStore } from './milestones/store.ts';
import { OutcomeStore } from './outcomes/store.ts';
import { PartnerStore } from './partners/store.ts';
import { SharingStore } from './sharing/store.ts';
import { VisitStore } from './visits/store.ts';
import { WebhookStore } from './webhooks/store.ts';

/** What resolvers get: who asks, and the stores of this one fetch. */
export interface Context extends FetchContext {
  readonly cooperations: CooperationStore;
  readonly partners: PartnerStore;
  readonly milestones: MilestoneStore;
  readonly visits: VisitStore;
  readonly agreements: AgreementStore;
  readonly outcomes: OutcomeStore;
  readonly aid: AidStore;
  readonly agencies: AgencyStore;
  readonly sharing: SharingStore;
  readonly accesses: AccessStore;
  readonly webhooks: WebhookStore;
  readonly files: FileStore;
}

export function createContext({ scope }: FetchContext): Omit<Context, keyof FetchContext> {
  return {
    cooperations: new CooperationStore(scope),
    partners: new PartnerStore(scope),
    milestones: new MilestoneStore(scope),
    visits: new VisitStore(scope),
    agreements: new AgreementStore(scope),
    outcomes: new OutcomeStore(scope),
    aid: new AidStore(scope),
    agencies: new AgencyStore(scope),
    sharing: new SharingStore(scope),
    accesses: new AccessStore(scope),
    webhooks: new WebhookStore(scope),
    files: files.store(scope),
  };
}
