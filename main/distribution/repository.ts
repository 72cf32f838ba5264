import type { Readable } from 'node:stream';
import { digestOf, type ImageIndex, type ImageManifest, parseManifest, understood } from '../formats/manifest.ts';
import type { Answer, RegistryClient } from './registry-client.ts';
import { notUnderstood, notWhatItsDigestSays } from './registry-error.ts';
import { wholeBody } from './whole-body.ts';

/** Bytes a manifest may have: what the specification asks registries to take. */
const longestManifest = 4 * 1024 * 1024;

export type FoundManifest = { digest: string; mediaType: string; bytes: Buffer; manifest: ImageManifest | ImageIndex };

/** A repository of a registry: manifests, blobs and tags. Every call rejects with `RegistryError` where it is refused. */
export class Repository {
  readonly client: RegistryClient;
  readonly name: string;

  /** `app` on Docker Hub is `library/app`. */
  constructor(client: RegistryClient, name: string) {
    this.client = client;
    this.name = client.registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name;
  }

  get pull(): string[] {
    return [`repository:${this.name}:pull`];
  }

  get push(): string[] {
    return [`repository:${this.name}:pull,push`];
  }

  /** The manifest of a tag or digest, checked against its digest; undefined where there is none. */
  async findManifest(reference: string, signal?: AbortSignal): Promise<FoundManifest | undefined> {
    const headers = { accept: understood };
    const url = `/v2/${this.name}/manifests/${reference}`;
    const answer = await this.client.request({ method: 'GET', url, scopes: this.pull, headers, accept: [200, 404], signal });
    const bytes = await wholeBody(answer, longestManifest);
    if (answer.statusCode === 404) return undefined;
    const digest = digestOf(bytes);
    if (reference.startsWith('sha256:') && reference !== digest) throw notWhatItsDigestSays(`${this.name}@${reference}`);
    const manifest = this.#understand(bytes.toString('utf8'));
    const said = [answer.headers['content-type']].flat()[0]?.split(';')[0];
    return { digest, mediaType: manifest.mediaType ?? said ?? '', bytes, manifest };
  }

  /** The same, rejecting where there is none. */
  async manifest(reference: string, signal?: AbortSignal): Promise<FoundManifest> {
    const found = await this.findManifest(reference, signal);
    if (found) return found;
    throw this.client.refuse('GET', `/v2/${this.name}/manifests/${reference}`, 404);
  }

  /** Gives a manifest a tag, or only its digest. Resolves to the digest that the registry now holds. */
  async putManifest(reference: string, { bytes, mediaType, digest }: Omit<FoundManifest, 'manifest'>, signal?: AbortSignal): Promise<void> {
    const url = `/v2/${this.name}/manifests/${reference}`;
    const headers = { 'content-type': mediaType };
    const { headers: said, body } = await this.client.request({
      ...{ method: 'PUT', url, scopes: this.push, headers, body: bytes },
      ...{ accept: [200, 201, 202], signal },
    });
    await body.dump();
    const stored = [said['docker-content-digest']].flat()[0];
    if (stored !== undefined && stored !== digest) throw notWhatItsDigestSays(`${this.name}:${reference}`);
  }

  async hasManifest(digest: string, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/manifests/${digest}`, { accept: understood }, signal);
  }

  async hasBlob(digest: string, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/blobs/${digest}`, {}, signal);
  }

  /** A small blob whole, such as an image's configuration; checked against its digest. */
  async blob(digest: string, longest: number, signal?: AbortSignal): Promise<Buffer> {
    const url = `/v2/${this.name}/blobs/${digest}`;
    const bytes = await wholeBody(await this.client.request({ method: 'GET', url, scopes: this.pull, accept: [200], signal }), longest);
    if (digestOf(bytes) !== digest) throw notWhatItsDigestSays(digest);
    return bytes;
  }

  /** The bytes of a blob from an offset on. Not checked: who knows the beginning checks the whole. */
  async readBlob(digest: string, from: number, signal?: AbortSignal): Promise<Readable> {
    const url = `/v2/${this.name}/blobs/${digest}`;
    const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
    const answer = await this.client.request({ method: 'GET', url, scopes: this.pull, headers, accept: [200, 206], signal });
    if (from > 0 && answer.statusCode === 200) return skip(answer.body, from);
    return answer.body;
  }

  /** At most `most` tags, in the registry's own order. */
  async tags(most: number, signal?: AbortSignal): Promise<string[]> {
    const tags: string[] = [];
    let next: string | undefined = `/v2/${this.name}/tags/list?n=1000`;
    while (next !== undefined && tags.length < most) {
      const answer: Answer = await this.client.request({ method: 'GET', url: next, scopes: this.pull, accept: [200], signal });
      const page = JSON.parse((await wholeBody(answer, longestManifest)).toString('utf8')) as { tags?: unknown };
      if (Array.isArray(page.tags)) tags.push(...page.tags.filter((tag) => typeof tag === 'string'));
      next = this.#nextPage(String(answer.headers.link ?? ''));
    }
    return tags.slice(0, most);
  }

  // a registry behind another server may call itself by an address that only that server knows
  #nextPage(link: string): string | undefined {
    const next = /<([^>]+)>;\s*rel="?next"?/.exec(link)?.[1];
    if (!next) return undefined;
    const { pathname, search } = new URL(next, this.client.origin);
    return pathname.startsWith('/v2/') ? `${pathname}${search}` : undefined;
  }

  #understand(text: string): ImageManifest | ImageIndex {
    try {
      return parseManifest(text);
    } catch (error) {
      throw notUnderstood(this.client.registry, error as Error);
    }
  }

  async #isThere(url: string, headers: Record<string, string>, signal?: AbortSignal): Promise<boolean> {
    const answer = await this.client.request({ method: 'HEAD', url, scopes: this.pull, headers, accept: [200, 404], signal });
    await answer.body.dump();
    return answer.statusCode === 200;
  }
}

// a registry that knows no ranges sends everything once more
function skip(body: Readable, bytes: number): Readable {
  let left = bytes;
  return body.map((chunk: Buffer) => {
    const kept = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - kept.length;
    return kept;
  });
}
