import type { Actor } from '@hub/access';
import { HubError } from '@hub/errors';
import type { Transport } from '../subgraphs.ts';
import { type AgreementTerms, type Sharing, sharingUnder, termsSelection } from './sharing.ts';

const operation = `query ($id: ID!) { sharingAgreement(id: $id) { id agency { id } committee { code } versions { status ${termsSelection} } } }`;

interface Previewed {
  readonly id: string;
  readonly agency: { readonly id: string } | null;
  readonly committee: { readonly code: string };
  readonly versions: readonly (AgreementTerms & { readonly status: string })[];
}

/**
 * What an agreement would share by its latest version, drafted or not: to staff of the committee whose it is, who see
 * all of it anyway.
 * @throws HubError FORBIDDEN to anybody else, NOT_FOUND where there is no such agreement
 */
export async function previewedSharing(
  actor: Actor,
  agreement: string,
  options: { readonly transport: Transport; readonly timeoutMs: number; readonly requestId: string },
): Promise<Sharing> {
  if (actor.kind !== 'STAFF' || !actor.duties.includes('sharing')) throw new HubError('FORBIDDEN');
  const { result } = await options.transport
    .send('cooperation', { query: operation, variables: { id: agreement } }, actor, options)
    .catch(() => {
      throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'cooperation' });
    });
  if (result.errors) throw new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'cooperation' });
  const found = (result.data as { sharingAgreement: Previewed | null }).sharingAgreement;
  const [latest] = found?.versions ?? [];
  if (!found || !latest || found.committee.code !== actor.committee) throw new HubError('NOT_FOUND');
  return sharingUnder(found.agency?.id ?? '', { id: found.id, committee: found.committee.code, terms: latest });
}
