import { machine } from '@hub/workflow';

/** 推送地址: told of changes until it is paused or removed; the hub pauses one that is gone or fails for days. */
export const webhookMachine = machine({
  record: 'Webhook',
  duty: 'sharing',
  zh: '推送地址',
  states: {
    ACTIVE: { zh: '推送中', en: 'told of changes' },
    PAUSED: { zh: '已暂停', en: 'paused' },
    REMOVED: { zh: '已移除', en: 'removed' },
  },
  steps: {
    registerWebhook: {
      from: [],
      to: 'ACTIVE',
      by: ['AGENCY'],
      zh: '登记推送地址',
      en: 'register it',
      asks: ['sharingAgreement', 'url'],
    },
    renewWebhookSecret: {
      from: ['ACTIVE', 'PAUSED'],
      to: null,
      by: ['AGENCY'],
      zh: '更换推送密钥',
      en: 'take another secret; both sign for a day',
      asks: [],
    },
    pauseWebhook: {
      from: ['ACTIVE'],
      to: 'PAUSED',
      by: ['STAFF', 'AGENCY'],
      zh: '暂停推送',
      en: 'pause',
      asks: [],
    },
    pauseFailingWebhook: {
      from: ['ACTIVE'],
      to: 'PAUSED',
      by: ['HUB'],
      zh: '自动暂停推送',
      en: 'is gone, failed for five days, or has a cursor of another hub',
      asks: [],
    },
    resumeWebhook: {
      from: ['PAUSED'],
      to: 'ACTIVE',
      by: ['AGENCY'],
      zh: '恢复推送',
      en: 'go on from where it was',
      asks: [],
    },
    replayWebhook: {
      from: ['ACTIVE', 'PAUSED'],
      to: null,
      by: ['AGENCY'],
      zh: '重新推送',
      en: 'tell again from a cursor on',
      asks: ['after'],
    },
    redeliverWebhookMessages: {
      from: ['ACTIVE', 'PAUSED'],
      to: null,
      by: ['AGENCY'],
      zh: '补送未送达消息',
      en: 'try dead letters again',
      asks: [],
    },
    removeWebhook: {
      from: ['ACTIVE', 'PAUSED'],
      to: 'REMOVED',
      by: ['STAFF', 'AGENCY'],
      zh: '移除推送地址',
      en: 'remove it with what waits',
      asks: [],
    },
  },
});
