import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub, transports } from '../hub/hub.ts';

const yuhang = '330110';
const author = 'yuhang/member-wang-aijuan';

describe.each(transports)('papers with files, %s', (transport) => {
  let hub: Hub;
  let consultation: string;
  let clerk: string;
  beforeAll(async () => {
    hub = await startHub(transport);
    clerk = await hub.staff(yuhang);
    const { planConsultation } = await hub.do(
      'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } userErrors { code path } } }',
      { input: { committee: yuhang, kind: 'TOPICAL', title: '数字经济协商会', visibility: 'PUBLIC' } },
      clerk,
    );
    consultation = planConsultation.consultation.id;
  });
  afterAll(() => hub.stop());

  const upload = async (content: Buffer, name: string, token?: string) => {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    const response = await fetch(`${hub.url}/files`, {
      method: 'POST',
      body: form,
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
    });
    const { file } = (await response.json()) as { file: { id: string; sha256: string } };
    return { status: response.status, file };
  };
  const download = (id: string, token?: string, headers: Record<string, string> = {}) =>
    fetch(`${hub.url}/files/${id}`, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });
  const issue = async (file: string, visibility: string | null = null) =>
    (
      await hub.do(
        'mutation ($input: AddPaperInput!) { addPaper(input: $input) { paper { id file { id url sha256 } } userErrors { code } } }',
        { input: { consultation, kind: 'MATERIAL', title: '会议材料', file, visibility } },
        clerk,
      )
    ).addPaper;

  test('a paper’s file is read whole and by range by those who see the paper, also after a restart', async () => {
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_200_000)]);
    const sent = await upload(content, '材料.pdf', clerk);
    expect(sent.status).toBe(201);
    expect((await download(sent.file.id)).status).toBe(404);
    const { paper } = await issue(sent.file.id);
    expect(paper.file).toEqual({ id: sent.file.id, url: `/files/${sent.file.id}`, sha256: sent.file.sha256 });
    await hub.restart();
    const whole = await download(sent.file.id);
    expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
    const part = await download(sent.file.id, undefined, { range: 'bytes=524280-524300' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(524_280, 524_301))).toBe(true);
  });

  test('a paper for members is there for members and for nobody outside', async () => {
    const sent = await upload(Buffer.from('%PDF-1.7\ninner'), '内部材料.pdf', clerk);
    await issue(sent.file.id, 'MEMBERS');
    const member = await hub.member(author, yuhang);
    expect((await download(sent.file.id, member)).status).toBe(200);
    for (const token of [undefined, await hub.staff('330100'), await hub.department(yuhang, sent.file.id)])
      expect((await download(sent.file.id, token)).status).toBe(404);
  });

  test('nobody sends files without a token, and what was sent is taken on by its sender alone', async () => {
    expect((await upload(Buffer.from('%PDF-1.7'), 'a.pdf')).status).toBe(401);
    const mine = await upload(Buffer.from('%PDF-1.7'), 'a.pdf', await hub.member(author, yuhang));
    expect(mine.status).toBe(201);
    expect(await issue(mine.file.id)).toMatchObject({ paper: null, userErrors: [{ code: 'FILE_UNUSABLE' }] });
  });
});
