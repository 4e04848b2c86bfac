/** A partner agency under load: it asks for an agreement as any other would. */
import { randomUUID } from 'node:crypto';
import { openDevelopmentIssuer } from '@hub/access';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type postgres from 'postgres';

export interface Partner {
  /** A token of its own, good once. */
  token(): Promise<string>;
}

/** An agency with an agreement in force over one dataset, whose ceilings it can't reach. */
export async function partner(given: {
  /** Where the hub keeps its development issuer. */
  readonly directory: string;
  readonly url: string;
  readonly admin: postgres.Sql;
  readonly committee: string;
  readonly dataset: string;
  readonly fields: readonly string[];
}): Promise<Partner> {
  const { directory, url, admin, committee, dataset, fields } = given;
  const audience = 'cppcc-hub';
  const issuer = await openDevelopmentIssuer(directory, { issuer: 'urn:cppcc-hub:development', audience });
  const officer = (name: string) => issuer.issue(name, { role: 'staff', committee, duties: ['sharing'] });
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const sign = (agency: string, agreement?: string) =>
    new SignJWT({ jti: randomUUID(), ...(agreement !== undefined && { agreement }) })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'agency+jwt', kid })
      .setIssuer(agency)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('300s')
      .sign(privateKey);
  const mutate = async (token: string, name: string, answer: string, input: object): Promise<string> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} { id } userErrors { code path } } }`,
        variables: { input },
      }),
    });
    const text = await response.text();
    const { data } = JSON.parse(text) as { data?: Record<string, Record<string, { id: string } | null>> };
    const id = data?.[name]?.[answer]?.id;
    if (id === undefined) throw new Error(text);
    return id;
  };
  const agency = await mutate(await officer('first'), 'registerAgency', 'partnerAgency', {
    name: '某市卫生健康委员会',
    creditCode: '91350100M000100Y43',
    publicKey: JSON.stringify(jwk),
  });
  const day = (offset: number) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
  const agreement = await mutate(await sign(agency), 'requestSharing', 'sharingAgreement', {
    committee,
    datasets: [{ dataset, fields }],
    regions: [committee.slice(0, 6)],
    purpose: '测量',
    legalBasis: '政务数据共享条例',
    validFrom: day(0),
    validUntil: day(30),
  });
  const named = { sharingAgreement: agreement };
  await mutate(await officer('first'), 'draftSharing', 'sharingAgreement', named);
  await mutate(await officer('second'), 'approveSharing', 'sharingAgreement', { ...named, version: 2 });
  await admin`update cooperation.sharing_terms set rows_per_day = 2000000000, requests_per_minute = 2000000000 where agreement = ${agreement}`;
  return { token: () => sign(agency, agreement) };
}
