import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import S3rver from '@20minutes/s3rver';
import accounts from '@20minutes/s3rver/lib/models/account.js';
import { WorkFolder } from './work-folder.ts';

/** The only login that it takes. */
export const s3Login = { key: 'team', secret: 'a+secret/of-the-team' };

type Part = { number: number; etag: string; size: number };
type Upload = { bucket: string; key: string; parts: Map<number, Part> };

/**
 * S3-compatible storage with a bucket, which checks the signature of each request: s3rver, but for three lists that distribution asks for.
 * s3rver has none of unfinished uploads, and leaves out folders that only have folders in them. `seen` has what each request asked for.
 */
export async function startS3({ host = '127.0.0.1', bucket = 'images' } = {}) {
  accounts.DUMMY_ACCOUNT.createKeyPair(s3Login.key, s3Login.secret);
  const folder = new WorkFolder();
  const configureBuckets = [{ name: bucket, configs: [] }];
  const inner = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder.path, configureBuckets });
  const { port } = await inner.run();
  const uploads = new Map<string, Upload>();
  const seen: string[] = [];
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    seen.push(`${request.method} ${request.url}`);
    const list = request.method === 'GET' ? listFor(url) : undefined;
    const onward = ask({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers }, (said) => {
      // whoever isn't let in gets no list either
      const own = list !== undefined && said.statusCode !== 403 && said.statusCode !== 404;
      if (own) {
        said.resume();
        void list(inner, uploads, url).then((text) => answer.writeHead(200, { 'content-type': 'application/xml' }).end(text));
        return;
      }
      answer.writeHead(said.statusCode ?? 502, said.headers);
      const parts: Buffer[] = [];
      said
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => notice(uploads, { request, url, said, body: Buffer.concat(parts) }));
      said.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    request.pipe(onward);
  }).listen(0, host);
  await once(server, 'listening');
  return {
    endpoint: `http://${host}:${(server.address() as AddressInfo).port}`,
    bucket,
    seen,
    /** The names of all objects in it. */
    keys: async (): Promise<string[]> => (await objectsIn(inner, bucket, '')).map(({ key }) => key),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await inner.close();
      folder[Symbol.dispose]();
    },
  };
}

type List = (inner: S3rver, uploads: Map<string, Upload>, url: URL) => Promise<string>;

function listFor({ searchParams }: URL): List | undefined {
  if (searchParams.has('uploads')) return listUploads;
  if (searchParams.has('uploadId')) return listParts;
  return searchParams.has('prefix') ? listObjects : undefined;
}

const objectsIn = async (inner: S3rver, bucket: string, prefix: string) => (await inner.store.listObjects(bucket, { prefix })).objects;

const bucketOf = ({ pathname }: URL): string => pathname.split('/')[1] ?? '';

async function listObjects(inner: S3rver, _: unknown, url: URL): Promise<string> {
  const prefix = url.searchParams.get('prefix') ?? '';
  const delimiter = url.searchParams.get('delimiter') ?? '';
  const most = Number(url.searchParams.get('max-keys') ?? 1000);
  const found = await objectsIn(inner, bucketOf(url), prefix);
  const endOf = (key: string) => (delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length));
  const folders = new Set(found.flatMap(({ key }) => (endOf(key) === -1 ? [] : key.slice(0, endOf(key) + 1))));
  const files = found.filter(({ key }) => endOf(key) === -1);
  const date = '<LastModified>2026-01-01T00:00:00.000Z</LastModified>';
  const all = [
    ...files.map(({ key, metadata }) => `<Contents><Key>${key}</Key>${date}<Size>${metadata['content-length']}</Size></Contents>`),
    ...[...folders].map((name) => `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`),
  ].slice(0, most);
  return `<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>${all.length}</KeyCount>${all.join('')}</ListBucketResult>`;
}

async function listUploads(_: unknown, uploads: Map<string, Upload>, url: URL): Promise<string> {
  const prefix = url.searchParams.get('prefix') ?? '';
  const found = [...uploads].filter(([, { bucket, key }]) => bucket === bucketOf(url) && key.startsWith(prefix));
  const entries = found.map(([id, { key }]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
  return `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${entries.join('')}</ListMultipartUploadsResult>`;
}

async function listParts(_: unknown, uploads: Map<string, Upload>, url: URL): Promise<string> {
  const parts = [...(uploads.get(url.searchParams.get('uploadId') ?? '')?.parts.values() ?? [])].sort((a, b) => a.number - b.number);
  const entries = parts.map(
    ({ number, etag, size }) => `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag><Size>${size}</Size></Part>`,
  );
  return `<ListPartsResult><IsTruncated>false</IsTruncated>${entries.join('')}</ListPartsResult>`;
}

type Noticed = { request: IncomingMessage; url: URL; said: IncomingMessage; body: Buffer };

/** Remembers what belongs to unfinished uploads. */
function notice(uploads: Map<string, Upload>, { request, url, said, body }: Noticed): void {
  if (said.statusCode !== 200) return;
  const id = url.searchParams.get('uploadId');
  if (request.method === 'POST' && url.searchParams.has('uploads')) {
    const [, made = ''] = /<UploadId>([^<]*)</.exec(String(body)) ?? [];
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    uploads.set(made, { bucket: bucketOf(url), key, parts: new Map() });
  } else if (request.method === 'PUT' && id !== null) {
    const number = Number(url.searchParams.get('partNumber'));
    const [, copied] = /<ETag>(?:&quot;|")?([0-9a-f]+)/.exec(String(body)) ?? [];
    const etag = copied ?? String(said.headers.etag ?? '').replaceAll('"', '');
    const size = Number(request.headers['x-amz-decoded-content-length'] ?? request.headers['content-length'] ?? 0);
    uploads.get(id)?.parts.set(number, { number, etag, size });
  } else if (id !== null) uploads.delete(id);
}
