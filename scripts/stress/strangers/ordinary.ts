/** Those who ask a hub as ever: what front ends send, as the public, a member and staff. */
import { readFileSync } from 'node:fs';
import type { DevelopmentIssuer } from '@hub/access';
import { recordId } from '@hub/facts';
import type { OrdinaryClient } from './siege.ts';

const operation = (name: string): string =>
  readFileSync(new URL(`../../../gateway/operations/${name}.graphql`, import.meta.url), 'utf8');

export async function ordinaryClients(
  issuer: DevelopmentIssuer,
): Promise<{ clients: readonly OrdinaryClient[]; memberToken: string }> {
  const membership = [{ id: recordId('yuhang/member-wang-aijuan'), committee: '330110' }];
  const memberToken = await issuer.issue('member', { role: 'member', membership });
  const staffToken = await issuer.issue('staff', { role: 'staff', committee: '330100', duties: ['meetings'] });
  const asked = (name: string, variables: Readonly<Record<string, unknown>>, token?: string): OrdinaryClient => ({
    operation: operation(name),
    variables,
    ...(token !== undefined && { token }),
  });
  return {
    memberToken,
    clients: [
      asked('three-levels', { code: '330000' }),
      asked('three-levels', { code: '310000' }, staffToken),
      asked('committees-below', { within: '330100', level: 'COUNTY' }),
      asked('committees-below', { within: '330000', level: 'CITY' }, memberToken),
      asked('pairing', { text: '上饶' }),
      asked('member-home', { year: 2024 }, memberToken),
    ],
  };
}
