/** A request that a hub has begun and that goes on for as long as a test likes. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { openDevelopmentIssuer } from '@hub/access';
import { readSettings } from '@hub/config';

/** A token of staff, by the development key that lies in a hub's data folder. */
async function tokenOf(folder: string): Promise<string> {
  const { HUB_ISSUER: issuer, HUB_AUDIENCE: audience } = readSettings({}, { facesUsers: false });
  const development = await openDevelopmentIssuer(folder, { issuer, audience });
  return development.issue('lives-staff', { role: 'staff', committee: '330100', duties: ['meetings'] });
}

/** A file of which half is sent, once the hub at this address and folder has taken the request for it. */
export async function beginUpload(url: string, folder: string) {
  const sending = request(`${url}/files`, {
    method: 'POST',
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
    headers: {
      authorization: `Bearer ${await tokenOf(folder)}`,
      'content-type': 'multipart/form-data; boundary=parts',
      expect: '100-continue',
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    sending.once('response', resolve).once('error', reject),
  );
  const taken = new Promise((resolve) => sending.once('continue', resolve));
  sending.flushHeaders();
  await Promise.race([taken, answered]);
  sending.write(
    '--parts\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n协商',
  );
  return {
    ignore: () => void answered.catch(() => undefined),
    async finish() {
      sending.end('结果\r\n--parts--\r\n');
      const answer = await answered;
      answer.resume();
      return answer;
    },
  };
}

/** What a hub says that it isn't ready for, as an empty list where it is. */
export async function missing(url: string, path = '/health/ready'): Promise<string[]> {
  const response = await fetch(`${url}${path}`);
  const told = (await response.json()) as { status: string; missing?: string[] };
  if (response.status !== (told.missing ? 503 : 200)) throw new Error(`${response.status} ${JSON.stringify(told)}`);
  return told.missing ?? [];
}
