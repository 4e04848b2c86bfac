/** What a partner agency needs to read the hub: signs, pages, resumes, verifies webhooks. */
export type { RequestedSharing, SharingRequest } from './affairs.ts';
export type { CatalogDataset, CatalogField, SharingClass } from './catalog.ts';
export type { Change, ChangeBatch, ChangesOptions } from './changes.ts';
export { createHubClient, type HubClient, type HubClientOptions } from './client.ts';
export { HubClientError, isCursorVoid, type UserError } from './error.ts';
export type { Exported, ExportOptions } from './exported.ts';
export type { Page, Variables } from './graph.ts';
export { type AgencyKey, createAgencyKey, publicHalf } from './key.ts';
export { type VerifiedWebhook, verifyWebhook, type WebhookHeaders } from './webhook.ts';
export type { RecordsChanged, WebhookRegistration, Webhooks } from './webhooks.ts';
