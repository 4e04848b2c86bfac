import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Actor, type Authenticate, PUBLIC, subjectOf } from '@hub/access';
import { HubError } from '@hub/errors';
import { agency, department, liaison, member, operator, staff } from '@hub/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import { buildSchema, graphql } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerFiles } from '../src/faces/files/files.ts';
import { createFileStore } from '../src/faces/files/graph-store.ts';
import { chunkBytes, type FileStore, type FileStores, type StoredFile } from '../src/faces/files/store.ts';
import { HeldBytes } from '../src/held-bytes.ts';
import { registerHeaders } from '../src/http/headers.ts';
import { registerRefusals } from '../src/http/refusals.ts';
import type { Transport } from '../src/subgraphs.ts';

const mebibyte = 1024 * 1024;
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest();
const sum = (content: Buffer) => `sha-256=:${sha256(content).toString('base64')}:`;

const actors: Readonly<Record<string, Actor>> = {
  member: member('zhou', '330100'),
  neighbour: member('wu', '330200'),
  staff: staff('330100'),
  department: department('330100', 'culture'),
  liaison: liaison('330100'),
  agency,
  operator,
};
const authenticate: Authenticate = async (token, { membership } = {}) => {
  if (token === undefined) return PUBLIC;
  const actor = actors[membership ?? token];
  if (!actor) throw new HubError('UNAUTHENTICATED');
  return actor;
};

/** Files in memory. Whoever handed one in sees it, and the staff of 330100 sees all. */
class MemoryStore implements FileStore {
  readonly #files = new Map<string, { file: Omit<StoredFile, 'id'>; by: string; content: Buffer; finished: boolean }>();
  abandoned = 0;
  reads = 0;
  readBytes = 0;
  /** What happens before a chunk is taken or given. */
  onAppend = async (_position: number): Promise<void> => undefined;
  onRead = async (_from: number): Promise<void> => undefined;

  get kept() {
    return [...this.#files.values()].map(({ file, content, finished }) => ({
      name: file.name,
      bytes: content.length,
      finished,
    }));
  }
  async begin(actor: Actor, { name, mediaType }: { name: string; mediaType: string }) {
    const id = randomUUID();
    const file = { name, mediaType, bytes: 0, sha256: '', modified: new Date('2026-03-02T08:30:00.500Z') };
    this.#files.set(id, { file, by: subjectOf(actor), content: Buffer.alloc(0), finished: false });
    return { id };
  }
  async append(_: Actor, id: string, position: number, chunk: Buffer) {
    await this.onAppend(position);
    const held = this.#files.get(id);
    if (!held || held.content.length !== position || chunk.length > chunkBytes || position % chunkBytes !== 0)
      throw new Error('a chunk out of place');
    held.content = Buffer.concat([held.content, chunk]);
  }
  async finish(_: Actor, id: string, { sha256: digest, bytes }: { sha256: string; bytes: number }) {
    const held = this.#files.get(id);
    if (held?.content.length !== bytes || sha256(held.content).toString('hex') !== digest) throw new Error('not whole');
    held.file = { ...held.file, bytes, sha256: digest };
    held.finished = true;
  }
  async abandon(_: Actor, id: string) {
    this.abandoned += 1;
    this.#files.delete(id);
  }
  async describe(actor: Actor, id: string) {
    const held = this.#files.get(id);
    const sees = held && (held.by === subjectOf(actor) || actor.kind === 'STAFF');
    return sees && held.finished ? { id, ...held.file } : null;
  }
  async read(_: Actor, id: string, from: number, to: number) {
    this.reads += 1;
    await this.onRead(from);
    this.readBytes += to - from + 1;
    const content = this.#files.get(id)?.content ?? Buffer.alloc(0);
    if (Math.floor(from / chunkBytes) !== Math.floor(to / chunkBytes) || to >= content.length)
      throw new Error('a part that is none');
    return content.subarray(from, to + 1);
  }
}

interface Face {
  readonly app: FastifyInstance;
  readonly url: string;
  /** Connections to it, as it sees them. */
  readonly sockets: Socket[];
}

/** The face alone, with errors told as the gateway tells them. */
async function startFace(store: FileStore | FileStores, untaken = new HeldBytes()): Promise<Face> {
  const app = fastify({ forceCloseConnections: true });
  app.decorateRequest('actor');
  registerHeaders(app, { isPublicByTls: false });
  registerRefusals(app, async (_, error) => error);
  const stores = store instanceof Map ? store : new Map([['paper', store as FileStore]]);
  await registerFiles(app, { stores, authenticate, untaken });
  const sockets: Socket[] = [];
  app.server.on('connection', (socket) => sockets.push(socket));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, sockets };
}

let store = new MemoryStore();
let face: Face;
beforeAll(async () => {
  // Each test has a store of its own behind the one face.
  face = await startFace(new Proxy({} as FileStore, { get: (_, name: keyof FileStore) => store[name].bind(store) }));
});
afterEach(() => {
  store = new MemoryStore();
});
afterAll(() => face.app.close());

const bearer = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });

interface Answer {
  readonly status: number;
  readonly file: Omit<StoredFile, 'modified'>;
  readonly code: string | undefined;
  readonly text: string;
}
const answerOf = (status: number, text: string): Answer => {
  const { file, errors } = JSON.parse(text);
  return { status, file, code: errors?.[0].extensions.code, text };
};

interface Upload {
  readonly by?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** Hands a file in as a browser does. */
async function upload(name: string, content: Buffer | string, { by = 'member', type = '', headers = {} }: Upload = {}) {
  const form = new FormData();
  form.append('file', new Blob([content], { type }), name);
  const response = await fetch(`${face.url}/files`, {
    method: 'POST',
    headers: { ...bearer(by), ...headers },
    body: form,
  });
  return answerOf(response.status, await response.text());
}

const boundary = 'between';
const partHead = (name: string, more = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n${more}\r\n`;
const formEnd = `\r\n--${boundary}--\r\n`;

/** A request whose body the test writes itself, chunked. */
function openPost(headers: Record<string, string> = {}): { client: ClientRequest; answer: Promise<Answer> } {
  const client = httpRequest(`${face.url}/files`, {
    method: 'POST',
    agent: new Agent({ keepAlive: true }),
    headers: { ...bearer('member'), 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    client.once('error', reject).once('response', (response: IncomingMessage) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.once('end', () => resolve(answerOf(response.statusCode ?? 0, text)));
    });
  });
  answer.catch(() => undefined);
  return { client, answer };
}

async function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const { client, answer } = openPost(headers);
  client.end(body);
  return answer;
}

function download(
  id: string,
  { by = 'member', ...options }: { by?: string; method?: string; headers?: Record<string, string> } = {},
) {
  return fetch(`${face.url}/files/${id}`, { ...options, headers: { ...bearer(by || undefined), ...options.headers } });
}

/** A request on a connection of its own, whose answer the test reads itself. */
const openGet = (id: string) =>
  httpRequest(`${face.url}/files/${id}`, { agent: new Agent({ keepAlive: true }), headers: bearer('member') }).end();

/** Waits until it is so. */
const until = (holds: () => boolean) => expect.poll(holds, { interval: 5 }).toBe(true);

/** A zip archive of uncompressed entries. */
function archive(entries: Readonly<Record<string, string | Buffer>>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const [name, given] of Object.entries(entries)) {
    const content = Buffer.from(given as string);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(content.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    files.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), content);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(position, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name));
    position += 30 + Buffer.byteLength(name) + content.length;
  }
  const names = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(entries).length, 4);
  end.writeUInt16LE(Object.keys(entries).length, 6);
  end.writeUInt32LE(names.length, 8);
  end.writeUInt32LE(position, 12);
  return Buffer.concat([...files, names, Buffer.from('PK\x05\x06'), end]);
}

const contentTypes = (main: string, family = 'openxmlformats-officedocument') =>
  `<Types><Override PartName="/main.xml" ContentType="application/vnd.${family}.${main}.main+xml"/></Types>`;
const picture = Buffer.alloc(chunkBytes + 77_777, 0xa5);

const pdf = (bytes = 2_000) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'), Buffer.alloc(bytes, '0 0 m ')]);
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c489'.replaceAll(' ', ''), 'hex'),
  Buffer.from('0000000a49444154789c6300010000050001 0d0a2db40000000049454e44ae426082'.replaceAll(' ', ''), 'hex'),
]);
const docx = archive({ '[Content_Types].xml': contentTypes('wordprocessingml.document'), 'word/document.xml': '<w/>' });
const docxWithPictures = archive({
  '_rels/.rels': '<r/>',
  'word/media/image1.png': picture,
  'word/document.xml': '<w/>',
  '[Content_Types].xml': contentTypes('wordprocessingml.document'),
});

describe('what is handed in', () => {
  test('is kept byte for byte, and told with its sum', async () => {
    const content = pdf(3 * chunkBytes + 12_345);
    const { status, file } = await upload('调研报告.pdf', content);
    expect(status).toBe(201);
    expect(file).toEqual({
      id: expect.any(String),
      name: '调研报告.pdf',
      mediaType: 'application/pdf',
      bytes: content.length,
      sha256: sha256(content).toString('hex'),
    });
    const response = await download(file.id);
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  test('may come from members, staff and departments, each as who they act', async () => {
    for (const by of ['member', 'staff', 'department'])
      expect({ by, status: (await upload('a.pdf', pdf(), { by })).status }).toEqual({ by, status: 201 });
    const acting = await upload('a.pdf', pdf(), { headers: { 'x-acting-membership': 'neighbour' } });
    expect((await download(acting.file.id, { by: 'neighbour' })).status).toBe(200);
    expect((await download(acting.file.id, { by: 'member' })).status).toBe(404);
  });

  test('is refused from the public, by a bad token, and from those without papers', async () => {
    const form = `${partHead('a.pdf')}%PDF-1.7${formEnd}`;
    const publicly = await fetch(`${face.url}/files`, { method: 'POST', body: new FormData() });
    expect(answerOf(publicly.status, await publicly.text())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await post(form, { authorization: 'Bearer garbage' })).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    expect(await post(form, { authorization: 'Basic member' })).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    for (const by of ['agency', 'operator', 'liaison'])
      expect(await upload('a.pdf', pdf(), { by })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(store.kept).toEqual([]);
  });

  test('two at once don’t get mixed up', async () => {
    const contents = [pdf(2 * mebibyte), pdf(2 * mebibyte + 1), pdf(chunkBytes - 20)];
    const answers = await Promise.all(contents.map((content, n) => upload(`${n}.pdf`, content)));
    expect(answers.map(({ file }) => file.sha256)).toEqual(contents.map((content) => sha256(content).toString('hex')));
    expect(store.kept).toHaveLength(3);
  });

  test('has a name without folders, invisible characters and undue length', async () => {
    const nameOf = async (name: string) => (await post(`${partHead(name)}%PDF-1.7${formEnd}`)).file?.name;
    expect(await nameOf('../../etc/纪要.pdf')).toBe('纪要.pdf');
    expect(await nameOf('C:\\\\papers\\\\纪要.pdf')).toBe('纪要.pdf');
    expect(await nameOf('纪\u0007要\u202e.pdf')).toBe('纪要.pdf');
    for (const unseen of ['\u200b', '\u3164\ufe0f', '\u2800 \u00ad'])
      expect(await nameOf(`${unseen}.pdf`)).toBe('file.pdf');
    expect(await nameOf(`${'长'.repeat(300)}.pdf`)).toBe(`${'长'.repeat(196)}.pdf`);
    expect(await nameOf(`${'𠮷'.repeat(300)}.PDF`)).toBe(`${'𠮷'.repeat(196)}.PDF`);
    const encoded = partHead('x.pdf').replace('filename="x.pdf"', "filename*=UTF-8''%E7%BA%AA%E8%A6%81.pdf");
    expect((await post(`${encoded}%PDF-1.7${formEnd}`)).file.name).toBe('纪要.pdf');
  });
});

describe('the type of a file', () => {
  const odf = (kind: string) =>
    archive({ mimetype: `application/vnd.oasis.opendocument.${kind}`, 'content.xml': '<o/>' });
  const ooxml = (main: string, part: string) => archive({ '[Content_Types].xml': contentTypes(main), [part]: '<x/>' });
  const accepted: [string, Buffer | string, string][] = [
    ['a.pdf', pdf(), 'application/pdf'],
    ['blanks-first.pdf', Buffer.concat([Buffer.from('\ufeff\r\n \n'), pdf()]), 'application/pdf'],
    ['a.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    [
      'a.xlsx',
      ooxml('spreadsheetml.sheet', 'xl/workbook.xml'),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    [
      'a.pptx',
      ooxml('presentationml.presentation', 'ppt/presentation.xml'),
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    ['a.odt', odf('text'), 'application/vnd.oasis.opendocument.text'],
    ['a.ods', odf('spreadsheet'), 'application/vnd.oasis.opendocument.spreadsheet'],
    ['a.JPG', Buffer.from('ffd8ffe000104a464946000101', 'hex'), 'image/jpeg'],
    ['a.png', png, 'image/png'],
    [
      'a.webp',
      Buffer.from('RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00\x30\x01\x00\x9d\x01\x2a\x01\x00\x01\x00', 'latin1'),
      'image/webp',
    ],
    ['a.txt', '第一行\r\n\tsecond\n', 'text/plain'],
    ['a.csv', '\ufeff编号,题目\n1,停车\n', 'text/csv'],
  ];

  test.each(accepted)('%s is told from its content, whatever the client says', async (name, content, mediaType) => {
    for (const type of ['', 'text/html'])
      expect((await upload(name, content, { type })).file).toMatchObject({ name, mediaType });
  });

  test('an office document tells what it is at its end, too, behind many pictures', async () => {
    expect((await upload('a.docx', docxWithPictures)).status).toBe(201);
    expect(await upload('a.xlsx', docxWithPictures)).toMatchObject({ status: 415 });
    // Cut off before its directory it is none.
    expect(await upload('a.docx', docxWithPictures.subarray(0, -30))).toMatchObject({ status: 415 });
  });

  test('where its directory lies over the border of chunks, and where it is damaged', async () => {
    const parts = (filling: number) =>
      archive({ '[Content_Types].xml': '?', filling: Buffer.alloc(filling), 'word/document.xml': '<w/>' });
    const over = parts(chunkBytes - parts(0).length + 40);
    expect(over.length).toBe(chunkBytes + 40);
    expect((await upload('a.docx', over)).status).toBe(201);
    const good = parts(0);
    for (let at = 4; at < good.length; at += 1) {
      const damaged = Buffer.from(good);
      damaged[at] = 0xff;
      expect([201, 415], `at ${at}`).toContain((await upload('a.docx', damaged)).status);
      expect([201, 415], `up to ${at}`).toContain((await upload('a.docx', good.subarray(0, at))).status);
    }
  });

  test('a text may begin as some other format would, and have a character on the border of chunks', async () => {
    expect((await upload('a.csv', 'BM,数量\n1,2\n')).file.mediaType).toBe('text/csv');
    expect((await upload('a.txt', `x${'政'.repeat(chunkBytes)}`)).status).toBe(201);
  });

  const macros = { 'word/vbaProject.bin': 'x' };
  const refused: [string, string, Buffer | string][] = [
    ['a picture that calls itself PDF', 'a.pdf', png],
    ['a PDF that calls itself text', 'a.txt', '%PDF-1.7\nonly letters'],
    ['a Word document that calls itself a workbook', 'a.xlsx', docx],
    ['just any archive', 'a.docx', archive({ 'readme.txt': 'x' })],
    ['a part of a document', 'a.docx', archive({ 'word/document.xml': '<w/>' })],
    ['a large archive of anything', 'a.docx', archive({ picture, 'readme.txt': 'x' })],
    ['a Java archive', 'a.docx', archive({ 'META-INF/MANIFEST.MF': 'x', 'word/document.xml': 'x' })],
    [
      'a document with macros',
      'a.docx',
      archive({
        '[Content_Types].xml': contentTypes('document.macroEnabled', 'ms-word'),
        'word/document.xml': 'x',
      }),
    ],
    [
      'a binary workbook',
      'a.xlsx',
      archive({
        '[Content_Types].xml': contentTypes('sheet.binary.macroEnabled', 'ms-excel'),
        'xl/workbook.bin': 'x',
      }),
    ],
    [
      'a large document with macros',
      'a.docx',
      archive({ picture, 'word/document.xml': 'x', ...macros, '[Content_Types].xml': 'x' }),
    ],
    ['a page in front of a PDF', 'a.pdf', Buffer.concat([Buffer.from('<script>alert(1)</script>\n'), pdf()])],
    ['a PDF that begins too late', 'a.pdf', Buffer.concat([Buffer.alloc(1_100, ' '), pdf()])],
    ['a web page', 'a.html', '<!doctype html><script>alert(1)</script>'],
    ['a drawing that can hold scripts', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a film', 'a.mp4', Buffer.from('000000186674797069736f6d', 'hex')],
    ['a program', 'a.txt', '\x7fELF\x02\x01\x01\x00'],
    ['text in GBK', 'a.txt', Buffer.from('d5fed0ad', 'hex')],
    [
      'text that stops being UTF-8 later on',
      'a.txt',
      Buffer.concat([Buffer.alloc(chunkBytes, 'a'), Buffer.from([0xd5, 0xfe])]),
    ],
    ['text that ends within a character', 'a.txt', Buffer.from('政协').subarray(0, -1)],
    ['a name without an ending', 'readme', 'text'],
    ['a name that is only an ending of another', 'pdf', pdf()],
  ];

  test.each(refused)('%s is refused, and nothing of it is kept', async (_, name, content) => {
    expect(await upload(name, content, { type: 'application/pdf' })).toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_FILE_TYPE',
    });
    expect(store.kept).toEqual([]);
  });

  test('the refusal says what is accepted, in the reader’s language', async () => {
    expect((await upload('a.html', 'x')).text).toMatch(/可上传：pdf, docx/);
    expect((await upload('a.html', 'x', { headers: { 'accept-language': 'en' } })).text).toMatch(/Accepted: pdf, docx/);
  });
});

describe('uploads at the same time', () => {
  test('are four of one sender, told when to come again, and nobody else waits for them', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begun = 0;
    store.onAppend = async () => {
      begun += 1;
      if (begun <= 4) await gate;
    };
    const first = Array.from({ length: 4 }, (_, n) => upload(`${n}.pdf`, pdf()));
    await until(() => begun === 4);
    const form = new FormData();
    form.append('file', new Blob([pdf()]), 'fifth.pdf');
    const fifth = await fetch(`${face.url}/files`, { method: 'POST', body: form, headers: bearer('member') });
    expect({ status: fifth.status, retry: fifth.headers.get('retry-after') }).toEqual({ status: 429, retry: '10' });
    expect(answerOf(429, await fifth.text()).code).toBe('TOO_MANY_UPLOADS');
    expect((await upload('other.pdf', pdf(), { by: 'staff' })).status).toBe(201);
    go();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await upload('again.pdf', pdf())).status).toBe(201);
  });

  test('are counted off again when they are refused or cut', async () => {
    for (let n = 0; n < 6; n += 1) expect((await upload('a.pdf', png)).status).toBe(415);
    for (let n = 0; n < 6; n += 1) {
      const { client, answer } = openPost();
      const ended = answer.catch(() => undefined);
      client.write(partHead('a.pdf'));
      client.write(pdf());
      client.destroy();
      await ended;
    }
    await until(() => store.kept.every(({ finished }) => finished));
    expect((await upload('a.pdf', pdf())).status).toBe(201);
  });
});

describe('the length of a file', () => {
  const largest = 20 * mebibyte;

  test('is at least one byte', async () => {
    expect(await upload('a.pdf', '')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(store.kept).toEqual([]);
  });

  test('is at most 20 MiB, told by the length of the request or not', async () => {
    const content = pdf(largest + 10);
    expect((await upload('a.pdf', content.subarray(0, largest))).status).toBe(201);
    store = new MemoryStore();
    for (const size of [largest + 1, content.length])
      expect(await upload('a.pdf', content.subarray(0, size))).toMatchObject({
        status: 413,
        code: 'REQUEST_TOO_LARGE',
      });
    const { client, answer } = openPost();
    client.write(partHead('a.pdf'));
    client.write(content);
    client.end(formEnd);
    expect(await answer).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect(store.kept).toEqual([]);
  });

  test('far above that it is refused before anything is sent', async () => {
    const { client, answer } = openPost({ 'content-length': String(100 * mebibyte) });
    client.flushHeaders();
    expect(await answer).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
    client.destroy();
  });

  test('a refused client may end its sentence, whether its name or its content was refused', async () => {
    for (const name of ['a.html', 'a.pdf']) {
      const { client, answer } = openPost();
      client.write(partHead(name));
      client.write(Buffer.alloc(8 * mebibyte));
      client.end(formEnd);
      expect((await answer).status).toBe(415);
      await until(() => (face.sockets.at(-1)?.bytesRead ?? 0) > 8 * mebibyte);
    }
  });

  test('a refused client that never ends speaking hears why, and is cut off', async () => {
    const client = connect(Number(new URL(face.url).port), '127.0.0.1').on('error', () => undefined);
    const cut = new Promise((resolve) => client.once('close', resolve));
    client.write('POST /files HTTP/1.1\r\nHost: hub\r\nContent-Length: 999999999999\r\n');
    client.write(`Content-Type: multipart/form-data; boundary=${boundary}\r\n\r\n`);
    const [answer] = await once(client, 'data');
    client.resume();
    expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
    let sent = 0;
    const speak = () => {
      do sent += mebibyte;
      while (!client.destroyed && client.write(Buffer.alloc(mebibyte)));
      client.once('drain', speak);
    };
    speak();
    await cut;
    expect(sent).toBeLessThan(60 * mebibyte);
  });
});

describe('a digest that comes along', () => {
  const content = pdf(chunkBytes);
  const other = sum(pdf(7));

  test('in the header of the request or of the part holds the file to it', async () => {
    for (const field of ['Repr-Digest', 'Content-Digest']) {
      expect((await upload('a.pdf', content, { headers: { [field]: sum(content) } })).status).toBe(201);
      const inPart = (digest: string) =>
        post(Buffer.concat([Buffer.from(partHead('a.pdf', `${field}: ${digest}\r\n`)), content, Buffer.from(formEnd)]));
      expect((await inPart(sum(content))).status).toBe(201);
      store = new MemoryStore();
      expect(await upload('a.pdf', content, { headers: { [field]: other } })).toMatchObject({
        status: 422,
        code: 'DIGEST_MISMATCH',
      });
      expect(await inPart(other)).toMatchObject({ status: 422, code: 'DIGEST_MISMATCH' });
      expect(store.kept).toEqual([]);
    }
  });

  test.each([
    'sha-256=5c584b98',
    'sha-256=:not base64!!:',
    'sha-256="AAAA"',
    'SHA-256=:AAAA:',
    'sha-256=:AAAA:',
    'sha-256',
    'x',
    '=:AAAA:',
  ])('that can’t be read is no sum, and nothing is kept as if it had been checked: %s', async (digest) => {
    store = new MemoryStore();
    const answer = await upload('a.pdf', content, { headers: { 'repr-digest': digest } });
    expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(store.kept).toEqual([]);
  });

  test('by another algorithm is passed over, and one among several counts', async () => {
    const sha512 = `sha-512=:${Buffer.alloc(64).toString('base64')}:`;
    for (const digest of [sha512, `id-${other}`])
      expect((await upload('a.pdf', content, { headers: { 'repr-digest': digest } })).status).toBe(201);
    expect((await upload('a.pdf', content, { headers: { 'repr-digest': `${sha512}, ${sum(content)}` } })).status).toBe(
      201,
    );
    expect((await upload('a.pdf', content, { headers: { 'repr-digest': `${sha512}, ${other}` } })).status).toBe(422);
  });
});

describe('a form that is none', () => {
  const part = `${partHead('a.pdf')}%PDF-1.7`;

  test.each([
    [
      'another part',
      `--${boundary}\r\nContent-Disposition: form-data; name="paper"; filename="a.pdf"\r\n\r\n%PDF-1.7${formEnd}`,
    ],
    ['a text in place of a file', `--${boundary}\r\nContent-Disposition: form-data; name="file"\r\n\r\nx${formEnd}`],
    [
      'a field before it',
      `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\n${'x'.repeat(5_000)}\r\n${part}${formEnd}`,
    ],
    ['a part of the prototype’s name', part.replace('name="file"', 'name="__proto__"') + formEnd],
    ['a field behind it', `${part}\r\n--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nx${formEnd}`],
    ['two files', `${part}\r\n${part}${formEnd}`],
    ['no part at all', `--${boundary}--\r\n`],
    ['an empty body', ''],
  ])('%s is refused by the name of the part', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(store.kept).toEqual([]);
  });

  const heads = 'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n';
  test.each([
    ['no boundary', part + formEnd, 'multipart/form-data'],
    ['an empty boundary', part + formEnd, 'multipart/form-data; boundary='],
    ['another boundary', part + formEnd, 'multipart/form-data; boundary=elsewhere'],
    ['an end within the file', part, undefined],
    ['an end within the header of the part', `--${boundary}\r\n${heads}`, undefined],
    ['noise', Buffer.alloc(100_000, 0x93), undefined],
    ['JSON', '{"file":"x"}', 'application/json'],
    ['text', 'x', 'text/plain'],
    ['a form without files', 'file=x', 'application/x-www-form-urlencoded'],
    ['a name of the prototype', part.replace('name="file"', 'name="__proto__"') + formEnd, undefined],
    ['many parts', `${`${part}\r\n`.repeat(50)}${formEnd}`, undefined],
    ['a header without end', `--${boundary}\r\n${heads}X: ${'y'.repeat(200_000)}`, undefined],
  ])('%s is refused, never a fault of the hub', async (_, body, type) => {
    const { status, code } = await post(body, type === undefined ? {} : { 'content-type': type });
    const isForm = type === undefined || type.startsWith('multipart/');
    expect(status).toBe(isForm ? 400 : 415);
    expect(code).toMatch(isForm ? /^BAD_(REQUEST|USER_INPUT)$/ : /^UNSUPPORTED_MEDIA_TYPE$/);
    expect(store.kept).toEqual([]);
  });

  test('bytes thrown into a good form at any place make no fault of the hub either', async () => {
    const good = Buffer.concat([Buffer.from(partHead('a.pdf')), pdf(300), Buffer.from(formEnd)]);
    for (let at = 0; at < good.length; at += 7) {
      const broken = Buffer.concat([good.subarray(0, at), Buffer.from('\r\n--\r\n\0'), good.subarray(at)]);
      expect([201, 400, 415], `at ${at}`).toContain((await post(broken)).status);
    }
    expect(store.kept.every(({ finished }) => finished)).toBe(true);
  });
});

describe('an upload that goes wrong', () => {
  test('cut off in the middle, nothing is kept', async () => {
    const { client } = openPost();
    client.on('error', () => undefined);
    client.write(partHead('a.pdf'));
    client.write(pdf(3 * chunkBytes));
    await until(() => store.kept[0]?.bytes === 3 * chunkBytes);
    client.destroy();
    await until(() => store.abandoned === 1);
    expect(store.kept).toEqual([]);
  });

  test('cut off while the store is writing, nothing is kept either', async () => {
    let goOn = (): void => undefined;
    store.onAppend = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    const { client } = openPost();
    client.on('error', () => undefined);
    client.write(partHead('a.pdf'));
    client.write(pdf(chunkBytes));
    await until(() => store.kept.length === 1);
    client.destroy();
    await until(() => face.sockets.at(-1)?.destroyed === true);
    goOn();
    await until(() => store.abandoned === 1);
    expect(store.kept).toEqual([]);
  });

  test('one that stands still is given up', async () => {
    const { client, answer } = openPost();
    client.write(partHead('a.pdf'));
    client.write(pdf(chunkBytes));
    await until(() => store.kept.length === 1);
    const socket = face.sockets.at(-1);
    expect(socket?.timeout).toBe(30_000);
    socket?.emit('timeout');
    await expect(answer).rejects.toThrow();
    await until(() => store.abandoned === 1);
    expect(store.kept).toEqual([]);
  });

  test('a store that fails on the way is told, and what was begun is dropped', async () => {
    for (const [error, status, code] of [
      [new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'consultations' }), 503, 'SUBGRAPH_UNAVAILABLE'],
      [new HubError('FORBIDDEN'), 403, 'FORBIDDEN'],
      [new Error('inside'), 500, 'INTERNAL_SERVER_ERROR'],
    ] as const) {
      store = new MemoryStore();
      store.onAppend = async (position) => {
        if (position > 0) throw error;
      };
      const refused = await upload('a.pdf', pdf(4 * mebibyte));
      expect(refused).toMatchObject({ status, code });
      expect(refused.text).not.toContain('inside');
      expect({ kept: store.kept, abandoned: store.abandoned }).toEqual({ kept: [], abandoned: 1 });
    }
  });

  test('that what was begun can’t be dropped hides nothing', async () => {
    store.abandon = () => Promise.reject(new Error('away'));
    const cut = Buffer.concat([Buffer.from(partHead('a.pdf')), pdf(chunkBytes)]);
    expect(await post(cut)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(store.kept).toHaveLength(1);
  });

  test('no more is taken from the client than the store takes', async () => {
    let goOn = (): void => undefined;
    store.onAppend = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    const { client, answer } = openPost();
    client.write(partHead('a.pdf'));
    client.write(pdf(16 * mebibyte));
    client.end(formEnd);
    await until(() => store.kept.length === 1);
    await wait(200);
    expect(face.sockets.at(-1)?.bytesRead).toBeLessThan(chunkBytes + mebibyte);
    store.onAppend = async () => undefined;
    goOn();
    expect((await answer).status).toBe(201);
  });
});

describe('a file that is asked for', () => {
  const content = Buffer.concat([pdf(chunkBytes - 500), Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251))]);
  let id: string;
  const etag = `"${sha256(content).toString('hex')}"`;
  const modified = 'Mon, 02 Mar 2026 08:30:00 GMT';
  const give = async () => {
    id = (await upload('会议 “纪要”(一).pdf', content)).file.id;
  };
  const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  test('comes as something to keep, that no browser runs, and that each request asks for anew', async () => {
    await give();
    const response = await download(id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition':
        'attachment; filename="__ ____(_).pdf"; filename*=UTF-8\'\'%E4%BC%9A%E8%AE%AE%20%E2%80%9C%E7%BA%AA%E8%A6%81%E2%80%9D%28%E4%B8%80%29.pdf',
      'content-length': String(content.length),
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-type': 'application/pdf',
      etag,
      'last-modified': modified,
      'x-content-type-options': 'nosniff',
    });
    expect((await bodyOf(response)).equals(content)).toBe(true);
  });

  test('is not there for whoever may not see it, just as one that was never there', async () => {
    await give();
    const answers = [];
    for (const [file, by] of [
      [id, 'neighbour'],
      [id, 'agency'],
      [id, ''],
      [randomUUID(), 'member'],
      ['no-id', 'member'],
    ] as const) {
      const response = await download(file, { by });
      const { date, 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
      answers.push({ status: response.status, headers, text: await response.text() });
    }
    expect(answers[0]).toMatchObject({ status: 404, text: expect.stringContaining('NOT_FOUND') });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await download(id, { by: 'staff' })).status).toBe(200);
    expect((await download(id, { by: 'garbage' })).status).toBe(401);
  });

  test('is not there before it has arrived wholly', async () => {
    const { client } = openPost();
    client.on('error', () => undefined);
    let begun = '';
    const begin = store.begin.bind(store);
    store.begin = async (...given) => {
      const file = await begin(...given);
      begun = file.id;
      return file;
    };
    client.write(partHead('a.pdf'));
    client.write(pdf(chunkBytes));
    await until(() => begun !== '');
    expect((await download(begun)).status).toBe(404);
    client.destroy();
    await until(() => store.abandoned === 1);
  });

  test('comes in part', async () => {
    await give();
    const last = content.length - 1;
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=0-99', 0, 99],
      ['BYTES=10-', 10, last],
      ['bytes=-700', last - 699, last],
      [`bytes=-${content.length + 5}`, 0, last],
      [`bytes=${chunkBytes - 1}-${chunkBytes}`, chunkBytes - 1, chunkBytes],
      [`bytes=5-${content.length + 1_000}`, 5, last],
    ] as const) {
      const response = await download(id, { headers: { range } });
      expect({
        range,
        status: response.status,
        length: response.headers.get('content-length'),
        part: response.headers.get('content-range'),
        same: (await bodyOf(response)).equals(content.subarray(from, to + 1)),
      }).toEqual({
        range,
        status: 206,
        length: String(to - from + 1),
        part: `bytes ${from}-${to}/${content.length}`,
        same: true,
      });
    }
  });

  test('comes wholly where the range is several, of another unit or senseless', async () => {
    await give();
    for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-5', 'bytes=-', 'bytes', 'bytes=a-b']) {
      const response = await download(id, { headers: { range } });
      expect({ range, status: response.status, same: (await bodyOf(response)).equals(content) }).toEqual({
        range,
        status: 200,
        same: true,
      });
    }
  });

  test('has no part outside of it', async () => {
    await give();
    for (const range of [`bytes=${content.length}-`, `bytes=${content.length + 7}-${content.length + 9}`, 'bytes=-0']) {
      const response = await download(id, { headers: { range } });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${content.length}`);
      expect(await response.text()).toContain('RANGE_NOT_SATISFIABLE');
    }
    expect(store.reads).toBe(0);
  });

  test('is not sent again to who has it', async () => {
    await give();
    const later = 'Mon, 02 Mar 2026 09:00:00 GMT';
    const earlier = 'Mon, 02 Mar 2026 08:29:59 GMT';
    for (const [headers, status] of [
      [{ 'if-none-match': etag }, 304],
      [{ 'if-none-match': `"x", W/${etag}` }, 304],
      [{ 'if-none-match': '*' }, 304],
      [{ 'if-none-match': etag, range: 'bytes=0-1' }, 304],
      [{ 'if-none-match': '"x"' }, 200],
      [{ 'if-none-match': '"x"', 'if-modified-since': later }, 200],
      [{ 'if-modified-since': modified }, 304],
      [{ 'if-modified-since': later }, 304],
      [{ 'if-modified-since': earlier }, 200],
      [{ 'if-modified-since': 'yesterday' }, 200],
    ] as const) {
      const response = await download(id, { headers });
      expect({ headers, status: response.status }).toEqual({ headers, status });
      if (status === 304) expect(response.headers.get('etag')).toBe(etag);
      expect((await bodyOf(response)).length).toBe(status === 304 ? 0 : content.length);
    }
    // What one may no longer see is not confirmed either.
    expect((await download(id, { by: 'neighbour', headers: { 'if-none-match': etag } })).status).toBe(404);
  });

  test('goes on from where it broke off only if it is still the same', async () => {
    await give();
    for (const [ifRange, status] of [
      [etag, 206],
      [modified, 206],
      [`W/${etag}`, 200],
      ['"x"', 200],
      ['Mon, 02 Mar 2026 08:30:01 GMT', 200],
    ] as const) {
      const response = await download(id, { headers: { range: 'bytes=5-9', 'if-range': ifRange } });
      expect({ ifRange, status: response.status }).toEqual({ ifRange, status });
      await response.arrayBuffer();
    }
  });

  test('HEAD tells everything but the bytes, and reads none', async () => {
    await give();
    const response = await download(id, { method: 'HEAD', headers: { range: 'bytes=0-1' } });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': String(content.length),
      'content-type': 'application/pdf',
      etag,
    });
    expect((await bodyOf(response)).length).toBe(0);
    expect(store.reads).toBe(0);
    expect((await download(id, { method: 'HEAD', headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await download(id, { method: 'HEAD', by: 'neighbour' })).status).toBe(404);
  });

  test('that can’t be read is an error before the first byte, and a broken connection after it', async () => {
    await give();
    store.onRead = () => Promise.reject(new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'consultations' }));
    const response = await download(id);
    expect(response.status).toBe(503);
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.text()).toContain('SUBGRAPH_UNAVAILABLE');
    store.onRead = async (from) => {
      if (from > 0) throw new Error('inside');
    };
    const broken = await download(id);
    expect(broken.status).toBe(200);
    await expect(broken.arrayBuffer()).rejects.toThrow();
    store.onRead = async () => undefined;
    const read = store.read.bind(store);
    store.read = async (...given) => (await read(...given)).subarray(1);
    expect((await download(id)).status).toBe(500);
  });
});

describe('a reader', () => {
  const content = pdf(20 * mebibyte - 100);
  const open = async (id: string) => {
    const client = openGet(id);
    client.on('error', () => undefined);
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    return { client, response };
  };

  test('who reads slowly gets no more read for than fits the way', async () => {
    const { file } = await upload('a.pdf', content);
    const { response } = await open(file.id);
    let before = -1;
    while (before !== store.reads) {
      before = store.reads;
      await wait(200);
    }
    expect(store.readBytes).toBeLessThan(content.length / 2);
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  });

  test('who takes nothing is cut where too much lies for such, while others get all that they ask for', async () => {
    const bytes = 4 * mebibyte;
    const untaken = new HeldBytes({ bytes });
    const own = await startFace(
      new Proxy({} as FileStore, { get: (_, name: keyof FileStore) => store[name].bind(store) }),
      untaken,
    );
    const { file } = await upload('a.pdf', content);
    let most = 0;
    store.onRead = async () => {
      most = Math.max(most, untaken.bytes);
    };
    const idle = Array.from({ length: 100 }, () => {
      const client = httpRequest(`${own.url}/files/${file.id}`, { agent: false, headers: bearer('member') }).end();
      // Its head alone is read.
      client.on('error', () => undefined).on('response', (response) => response.on('error', () => undefined));
      return client;
    });
    const isOpen = () => own.sockets.filter(({ destroyed }) => !destroyed).length;
    await until(() => own.sockets.length === 100);
    for (let round = 0; round < 3; round += 1) {
      const answer = await fetch(`${own.url}/files/${file.id}`, { headers: bearer('member') });
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    }
    await expect.poll(isOpen).toBeLessThanOrEqual(bytes / (chunkBytes / 2) + 1);
    expect(most).toBeGreaterThan(bytes / 2);
    expect(most).toBeLessThanOrEqual(bytes);
    for (const client of idle) client.destroy();
    await expect.poll(() => untaken.bytes).toBe(0);
    await own.app.close();
  });

  test('who takes nothing for a while is cut, and nothing more is read', async () => {
    const untaken = new HeldBytes({ graceMs: 300, bytesPerSecond: 1e9 });
    const own = await startFace(
      new Proxy({} as FileStore, { get: (_, name: keyof FileStore) => store[name].bind(store) }),
      untaken,
    );
    const { file } = await upload('a.pdf', content);
    const client = httpRequest(`${own.url}/files/${file.id}`, { agent: false, headers: bearer('member') }).end();
    client.on('error', () => undefined).on('response', (response) => response.on('error', () => undefined));
    await until(() => own.sockets.at(-1)?.destroyed === true);
    expect(store.readBytes).toBeLessThan(content.length / 2);
    expect(untaken.bytes).toBe(0);
    await own.app.close();
  });

  test('who goes away ends the reading', async () => {
    const { file } = await upload('a.pdf', content);
    const { client, response } = await open(file.id);
    await once(response, 'readable');
    client.destroy();
    await until(() => face.sockets.at(-1)?.destroyed === true);
    const reads = store.reads;
    await wait(200);
    expect(store.reads).toBeLessThanOrEqual(reads + 1);
    expect(store.readBytes).toBeLessThan(content.length / 2);
  });

  test('who goes away before the first byte leaves nothing behind', async () => {
    const { file } = await upload('a.pdf', content);
    let goOn = (): void => undefined;
    store.onRead = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    const client = openGet(file.id);
    client.on('error', () => undefined);
    await until(() => store.reads === 1);
    client.destroy();
    await until(() => face.sockets.at(-1)?.destroyed === true);
    store.onRead = async () => undefined;
    goOn();
    await wait(200);
    expect(store.reads).toBeLessThanOrEqual(2);
  });
});

describe('the store behind the graph', () => {
  const schema = buildSchema(/* GraphQL */ `
    type Query {
      storedFile(id: ID!): File
      fileBytes(id: ID!, from: Int!, to: Int!): String
    }
    type File {
      id: ID!
      name: String!
      mediaType: String!
      bytes: Int!
      sha256: String!
      modified: String!
    }
    type Mutation {
      beginFile(input: BeginFileInput!): FilePayload
      appendFileChunk(input: AppendFileChunkInput!): FilePayload
      finishFile(input: FinishFileInput!): FilePayload
      abandonFile(input: AbandonFileInput!): FilePayload
    }
    input BeginFileInput { name: String! mediaType: String! }
    input AppendFileChunkInput { file: ID! position: Int! bytes: String! }
    input FinishFileInput { file: ID! sha256: String! bytes: Int! }
    input AbandonFileInput { file: ID! }
    type FilePayload { file: File userErrors: [UserError!]! }
    type UserError { code: String! path: [String!]! message: String! }
  `);
  const actor = actors['member'] ?? PUBLIC;
  /** What the subgraph answers in place of what it would. */
  let instead: ((query: string) => unknown) | undefined;
  const sent: string[] = [];
  const done = (id: string) => ({ file: { id }, userErrors: [] });
  const transport: Transport = {
    async send(subgraph, { query, variables }, as, { timeoutMs }) {
      expect({ subgraph, timeoutMs }).toEqual({ subgraph: 'consultations', timeoutMs: 5_000 });
      sent.push(query);
      const rootValue = {
        beginFile: async ({ input }: { input: { name: string; mediaType: string } }) =>
          done((await store.begin(as, input)).id),
        appendFileChunk: async ({ input }: { input: { file: string; position: number; bytes: string } }) => {
          await store.append(as, input.file, input.position, Buffer.from(input.bytes, 'base64'));
          return done(input.file);
        },
        finishFile: async ({ input }: { input: { file: string; sha256: string; bytes: number } }) => {
          await store.finish(as, input.file, input);
          return done(input.file);
        },
        abandonFile: async ({ input }: { input: { file: string } }) => {
          await store.abandon(as, input.file);
          return { file: null, userErrors: [] };
        },
        storedFile: async ({ id }: { id: string }) => {
          const file = await store.describe(as, id);
          return file && { ...file, modified: file.modified.toISOString() };
        },
        fileBytes: async ({ id, from, to }: { id: string; from: number; to: number }) =>
          (await store.read(as, id, from, to)).toString('base64'),
      };
      const result =
        instead?.(query) ?? (await graphql({ schema, source: query, rootValue, variableValues: { ...variables } }));
      return { result: result as never, statements: 1 };
    },
  };
  const graph = createFileStore(transport, 5_000, 'consultations');
  afterEach(() => {
    instead = undefined;
  });
  const told = (errors: object[], data: object | null = null) => {
    instead = () => ({ data, errors });
  };
  const broken = (code: string) => {
    instead = () => ({ data: { change: { file: null, userErrors: [{ code }] } } });
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'DONE',
      (error: HubError) => error.extensions?.['code'],
    );

  test('a file goes there and comes back', async () => {
    const other = await startFace(graph);
    try {
      const content = pdf(2 * chunkBytes + 5);
      const form = new FormData();
      form.append('file', new Blob([content]), '纪要.pdf');
      const headers = bearer('member');
      const response = await fetch(`${other.url}/files`, { method: 'POST', headers, body: form });
      expect(response.status).toBe(201);
      const { file } = (await response.json()) as { file: StoredFile };
      const back = await fetch(`${other.url}/files/${file.id}`, {
        headers: { ...headers, range: `bytes=7-${chunkBytes}` },
      });
      expect(back.headers.get('last-modified')).toBe('Mon, 02 Mar 2026 08:30:00 GMT');
      expect(Buffer.from(await back.arrayBuffer()).equals(content.subarray(7, chunkBytes + 1))).toBe(true);
      await graph.abandon(actor, file.id);
      expect(store.kept).toEqual([]);
      // Each text is compiled once: what changes stands in variables.
      expect(new Set(sent).size).toBe(6);
    } finally {
      await other.app.close();
    }
  });

  test('rules that are broken there become answers to the whole request', async () => {
    for (const [code, meaning] of [
      ['NOT_YOURS', 'FORBIDDEN'],
      ['NOT_FOUND', 'NOT_FOUND'],
      ['CONFLICT', 'CONFLICT'],
      ['TOO_LONG', 'BAD_USER_INPUT'],
    ] as const) {
      broken(code);
      const file = { name: 'a.pdf', mediaType: 'application/pdf', sha256: '', bytes: 1 };
      expect(await codeOf(graph.begin(actor, file))).toBe(meaning);
      expect(await codeOf(graph.append(actor, 'x', 0, Buffer.from('x')))).toBe(meaning);
      expect(await codeOf(graph.finish(actor, 'x', file))).toBe(meaning);
    }
  });

  test('known errors pass with their details, others as one, and none tells of the inside', async () => {
    const details = { subgraph: 'consultations' };
    told([{ message: '', extensions: { code: 'SUBGRAPH_UNAVAILABLE', details } }]);
    await expect(graph.describe(actor, 'x')).rejects.toMatchObject({
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', details },
    });
    told([{ message: 'select secret', extensions: { code: 'ODD' } }]);
    await expect(graph.read(actor, 'x', 0, 1)).rejects.not.toThrow(/secret/);
    expect(await codeOf(graph.read(actor, 'x', 0, 1))).toBe('INTERNAL_SERVER_ERROR');
    instead = () => ({ data: { change: null } });
    expect(await codeOf(graph.begin(actor, { name: 'a', mediaType: 'b' }))).toBe('INTERNAL_SERVER_ERROR');
  });

  test('an id that is none names no file, and one that is gone has no bytes', async () => {
    told([{ message: '', extensions: { code: 'BAD_USER_INPUT', details: { field: 'file' } } }], { file: null });
    expect(await graph.describe(actor, 'no-id')).toBeNull();
    instead = () => ({ data: { fileBytes: null } });
    expect(await codeOf(graph.read(actor, 'x', 0, 1))).toBe('NOT_FOUND');
  });

  test('a subgraph that can’t be reached is told as that', async () => {
    instead = () => {
      throw new Error('deadline');
    };
    expect(await codeOf(graph.describe(actor, 'x'))).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await codeOf(graph.append(actor, 'x', 0, Buffer.from('x')))).toBe('SUBGRAPH_UNAVAILABLE');
  });
});

describe('files of several subgraphs', () => {
  const kept = new Map<string, MemoryStore>([
    ['paper', new MemoryStore()],
    ['agreement', new MemoryStore()],
  ]);
  const down = new Map<string, FileStore>([
    ['agreement', kept.get('agreement') as FileStore],
    [
      'paper',
      new Proxy({} as FileStore, {
        get: () => () => Promise.reject(new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: 'consultations' })),
      }),
    ],
  ]);
  const send = async (url: string, query: string) => {
    const form = new FormData();
    form.append('file', new Blob([pdf(100)]), '协议.pdf');
    const response = await fetch(`${url}/files${query}`, { method: 'POST', headers: bearer('member'), body: form });
    return answerOf(response.status, await response.text());
  };

  test('a file goes where its record is, and is found by its id alone', async () => {
    const { app, url } = await startFace(kept);
    try {
      const paper = await send(url, '');
      const agreement = await send(url, '?for=agreement');
      expect([...kept.values()].map((one) => one.kept.length)).toEqual([1, 1]);
      for (const { file } of [paper, agreement])
        expect((await fetch(`${url}/files/${file.id}`, { headers: bearer('member') })).status).toBe(200);
      expect(await send(url, '?for=letter')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    } finally {
      await app.close();
    }
  });

  test('a subgraph that is down costs its own files and no more', async () => {
    const { app, url } = await startFace(down);
    try {
      const { file } = await send(url, '');
      expect((await fetch(`${url}/files/${file.id}`, { headers: bearer('member') })).status).toBe(200);
      expect((await fetch(`${url}/files/${randomUUID()}`, { headers: bearer('member') })).status).toBe(503);
      expect((await send(url, '?for=paper')).status).toBe(503);
    } finally {
      await app.close();
    }
  });
});
