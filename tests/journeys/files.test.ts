import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
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

  test('a refused or cut upload leaves no chunk, and more than a sender may hold is told as such', async () => {
    const kept = async () => {
      const [row] = await hub.database.admin`select
        (select count(*)::int from consultations.file where record is null) as files,
        (select coalesce(sum(length(c.bytes)), 0)::int from consultations.file_chunk as c
          join consultations.file as f on f.id = c.file where f.record is null) as bytes`;
      return row;
    };
    const before = await kept();
    const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_200_000)]);
    const send = async (headers: Record<string, string>, signal?: AbortSignal) => {
      const form = new FormData();
      form.append('file', new Blob([content]), '材料.pdf');
      const options = { method: 'POST', body: form, headers: { authorization: `Bearer ${clerk}`, ...headers } };
      const response = await fetch(`${hub.url}/files`, { ...options, ...(signal && { signal }) });
      const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
      return { status: response.status, code: errors?.[0]?.extensions.code };
    };
    const digest = { 'repr-digest': `sha-256=:${randomBytes(32).toString('base64')}:` };
    expect(await send(digest)).toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await kept()).toEqual(before);
    // Begun, so that its chunks lie there, and then cut.
    const target = new URL(hub.url);
    const socket = connect(Number(target.port), '127.0.0.1');
    const head = 'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n';
    socket.write(
      `POST /files HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${clerk}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 5000000\r\n\r\n--b\r\n${head}`,
    );
    socket.write(content);
    await expect.poll(async () => (await kept())?.['bytes']).toBeGreaterThan(before?.['bytes']);
    socket.destroy();
    await expect.poll(kept).toEqual(before);
    // As many of the clerk's as the quota has room for.
    const sent = await upload(Buffer.from('%PDF-1.7'), 'a.pdf', clerk);
    await hub.database
      .admin`insert into consultations.file (id, owner, owner_as_filed, visibility, name, media_type, status, bytes, sha256, sender)
      select gen_random_uuid(), owner, owner, 'PRIVATE', name, media_type, 'READY', 20971520, '', sender
        from consultations.file, generate_series(1, 10) where id = ${sent.file.id}`;
    expect(await send({})).toEqual({ status: 409, code: 'UPLOAD_QUOTA_REACHED' });
    await hub.database.admin`delete from consultations.file where sha256 = ''`;
  });

  test('nobody sends files without a token, and what was sent is taken on by its sender alone', async () => {
    expect((await upload(Buffer.from('%PDF-1.7'), 'a.pdf')).status).toBe(401);
    const mine = await upload(Buffer.from('%PDF-1.7'), 'a.pdf', await hub.member(author, yuhang));
    expect(mine.status).toBe(201);
    expect(await issue(mine.file.id)).toMatchObject({ paper: null, userErrors: [{ code: 'FILE_UNUSABLE' }] });
  });
});
