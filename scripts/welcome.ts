import { isExplorerServed, type Settings } from '@hub/config';
import type { Data } from './data.ts';

const usualDataFolder = '.data';

/** The one screen that a started hub shows. Its commands run as they stand, on a machine that has npm alone. */
export function welcome(hub: { settings: Settings; url: string; data: Data; seconds: number }): string {
  const { settings, url, data, seconds } = hub;
  // Who signs tokens lies there.
  const folder = settings.HUB_DATA_DIR === usualDataFolder ? '' : `HUB_DATA_DIR=${settings.HUB_DATA_DIR} `;
  // Not `pnpm token`, which is a command of pnpm's own.
  const token = settings.HUB_JWKS_URL
    ? 'from the identity provider that HUB_JWKS_URL names'
    : `${folder}npx -y pnpm run token --role staff --committee 330100`;
  const explorer = isExplorerServed(settings) ? `${url}/` : 'off (HUB_EXPLORER)';
  const schema = settings.HUB_INTROSPECTION === 'on' ? `${url}/schema.graphql` : 'off (HUB_INTROSPECTION)';
  const isOwn = settings.HUB_ENV === 'production' && settings.DATABASE_URL === undefined && data.url !== '';
  return `
  政协协商联动平台 · CPPCC hub                     ready in ${seconds.toFixed(1)} s

  Explorer    ${explorer}
  GraphQL     ${url}/graphql
  Schema      ${schema}
  Token       ${token}
  Data        ${data.place}${isOwn ? ', the hub’s own server: back it up' : ''}
  Waiting     ${data.waiting} records wait for a type that comes later
  Stop        Ctrl-C
`;
}
