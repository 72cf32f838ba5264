import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export type Reply = { status: number; headers?: OutgoingHttpHeaders; body?: string | Buffer };

/** What a hook makes the registry do instead of its usual answer. */
export type Oddity =
  | Reply
  /** The connection ends before any answer, or the answer, or what is sent up, ends after so many bytes. */
  | { cutAfter: number }
  /** Milliseconds before the usual answer. */
  | { delay: number }
  /** Nothing ever comes. */
  | { silent: true };

export type FakeRequest = { method: string; url: string; path: string; headers: IncomingHttpHeaders };
/** `nth` counts the requests of a method for a path, from 1 on. */
export type Hook = (request: FakeRequest, nth: number) => Oddity | undefined;

const digestBy = (algorithm: string, bytes: Buffer | string): string => `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
const sha256 = (bytes: Buffer | string): string => digestBy('sha256', bytes);

/** What a registry holds, and how it answers (distribution-spec 1.1). It checks digests as real ones do. */
export class FakeRegistry {
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, { bytes: Buffer; type: string }>();
  readonly uploads = new Map<string, Buffer[]>();

  /** Keeps a blob and gives its descriptor. */
  addBlob(bytes: Buffer | string, mediaType = 'application/octet-stream', algorithm = 'sha256') {
    const whole = Buffer.from(bytes);
    const digest = digestBy(algorithm, whole);
    this.blobs.set(digest, whole);
    return { mediaType, digest, size: whole.length };
  }

  /** Keeps a manifest under a tag and its digest, which it gives. */
  addManifest(repository: string, tag: string, manifest: object | string, type: string): string {
    const bytes = Buffer.from(typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    for (const name of [tag, sha256(bytes), digestBy('sha512', bytes)]) this.manifests.set(`${repository}:${name}`, { bytes, type });
    return sha256(bytes);
  }

  reply(request: FakeRequest, body: Buffer): Reply {
    if (request.path === '/v2/') return { status: 200, headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: '{}' };
    const [, repository = '', kind = '', reference = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs\/uploads|blobs|tags)\/(.*)$/.exec(request.path) ?? [];
    if (kind === 'manifests')
      return request.method === 'PUT' ? this.#put(request, repository, reference, body) : this.#manifest(repository, reference);
    if (kind === 'tags') return this.#tags(repository);
    if (kind === 'blobs') return this.#blob(request, reference);
    if (kind === 'blobs/uploads')
      return reference === '' ? this.#begin(request, repository) : this.#upload(request, repository, reference, body);
    return refusal(404, 'NOT_FOUND');
  }

  #manifest(repository: string, reference: string): Reply {
    const kept = this.manifests.get(`${repository}:${reference}`);
    return kept ? { status: 200, headers: { 'content-type': kept.type }, body: kept.bytes } : refusal(404, 'MANIFEST_UNKNOWN');
  }

  #put({ headers }: FakeRequest, repository: string, reference: string, bytes: Buffer): Reply {
    const digest = sha256(bytes);
    for (const name of [reference, digest]) this.manifests.set(`${repository}:${name}`, { bytes, type: headers['content-type'] ?? '' });
    return { status: 201, headers: { 'docker-content-digest': digest } };
  }

  #tags(repository: string): Reply {
    const names = [...this.manifests.keys()]
      .filter((name) => name.startsWith(`${repository}:`))
      .map((name) => name.slice(repository.length + 1));
    const tags = names.filter((name) => !name.includes(':')).sort();
    return names.length === 0 ? refusal(404, 'NAME_UNKNOWN') : { status: 200, body: JSON.stringify({ name: repository, tags }) };
  }

  #blob({ headers }: FakeRequest, digest: string): Reply {
    const bytes = this.blobs.get(digest);
    if (!bytes) return refusal(404, 'BLOB_UNKNOWN');
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    if (from === 0) return { status: 200, body: bytes };
    return { status: 206, headers: { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }, body: bytes.subarray(from) };
  }

  #begin({ url }: FakeRequest, repository: string): Reply {
    if (this.blobs.has(new URL(url, 'http://x').searchParams.get('mount') ?? '')) return { status: 201 };
    const id = randomBytes(8).toString('hex');
    this.uploads.set(id, []);
    return { status: 202, headers: { location: `/v2/${repository}/blobs/uploads/${id}` } };
  }

  #upload({ method, url, headers }: FakeRequest, repository: string, id: string, body: Buffer): Reply {
    const parts = this.uploads.get(id);
    if (!parts) return refusal(404, 'BLOB_UPLOAD_UNKNOWN');
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const place = { location: `/v2/${repository}/blobs/uploads/${id}`, range: `0-${Math.max(0, length - 1)}` };
    if (method === 'GET') return { status: 204, headers: place };
    if (method === 'DELETE') {
      this.uploads.delete(id);
      return { status: 204 };
    }
    const from = /^(\d+)-/.exec(headers['content-range'] ?? '')?.[1];
    // what came with this request is in the list already
    if (from !== undefined && Number(from) !== length - body.length) return refusal(416, 'BLOB_UPLOAD_INVALID');
    if (method === 'PATCH') return { status: 202, headers: place };
    const bytes = Buffer.concat(parts);
    const digest = new URL(url, 'http://x').searchParams.get('digest') ?? '';
    if (digestBy(digest.split(':')[0] ?? '', bytes) !== digest) return refusal(400, 'DIGEST_INVALID');
    this.blobs.set(digest, bytes);
    this.uploads.delete(id);
    // containerd wants the digest as well
    return { status: 201, headers: { location: `/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest } };
  }
}

const refusal = (status: number, code: string): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll('_', ' ') }] }),
});

/** Runs such a registry, for what no real one does on demand: odd answers, cuts and refusals. What real ones can do is tested with real ones. */
export async function startFakeRegistry(hook: Hook = () => undefined) {
  const registry = new FakeRegistry();
  const seen: (FakeRequest & { body: Buffer })[] = [];
  const times = new Map<string, number>();
  const server = createServer(async (request, answer) => {
    const about = aboutOf(request);
    const { socket } = request;
    const nth = (times.get(`${about.method} ${about.path}`) ?? 0) + 1;
    times.set(`${about.method} ${about.path}`, nth);
    const odd: Partial<Reply & { cutAfter: number; delay: number; silent: true }> = hook(about, nth) ?? {};
    const upload = registry.uploads.get(/\/blobs\/uploads\/([^/]+)$/.exec(about.path)?.[1] ?? '');
    const body = await receive(request, odd.cutAfter, upload);
    seen.push({ ...about, body });
    if (odd.silent) return;
    if (odd.delay) await wait(odd.delay);
    if (odd.cutAfter !== undefined && (upload || odd.cutAfter === 0)) socket.destroy();
    else send(answer, odd.status === undefined ? registry.reply(about, body) : { ...odd, status: odd.status }, about.method, odd.cutAfter);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    registry,
    seen,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function aboutOf({ method = 'GET', url = '/', headers }: IncomingMessage): FakeRequest {
  return { method, url, path: url.replace(/\?.*$/s, ''), headers };
}

function send(answer: ServerResponse, { status, headers, body = '' }: Reply, method: string, cutAfter = Number.POSITIVE_INFINITY): void {
  answer.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  if (method === 'HEAD') answer.end();
  else if (Buffer.byteLength(body) <= cutAfter) answer.end(body);
  else answer.write(Buffer.from(body).subarray(0, cutAfter), () => answer.socket?.destroy());
}

/** The body that is sent; what an upload sent before a cut stays with the registry. */
async function receive(request: IncomingMessage, cutAfter = Number.POSITIVE_INFINITY, upload?: Buffer[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part);
      upload?.push(part);
      length += part.length;
      if (length >= cutAfter) break;
    }
  } catch {
    // the sender has gone
  }
  return Buffer.concat(parts);
}
