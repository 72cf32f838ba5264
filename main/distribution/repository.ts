import type { Readable } from 'node:stream';
import { digestOf, matchesDigest } from '../formats/digest.ts';
import { type ImageIndex, type ImageManifest, parseManifest, understood } from '../formats/manifest.ts';
import { readPages } from './read-pages.ts';
import type { RegistryClient } from './registry-client.ts';
import { notUnderstood, notWhatItsDigestSays, troubleAt } from './registry-error.ts';

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
    const asked = { method: 'GET', url, scopes: this.pull, headers, accept: [200, 404], signal } as const;
    const { bytes, ...answer } = await this.client.read(asked, longestManifest);
    if (answer.statusCode === 404) return undefined;
    const isDigest = reference.includes(':');
    if (isDigest) demandDigest(bytes, reference, `${this.client.registry}/${this.name}@${reference}`);
    const manifest = this.#understand(bytes.toString('utf8'));
    const said = [answer.headers['content-type']].flat()[0]?.split(';')[0]?.trim().toLowerCase() ?? '';
    const isMeantOtherwise = manifest.mediaType !== undefined && said !== manifest.mediaType && !generalTypes.has(said);
    // what is one thing to who reads the header and another to who reads the text is not to be trusted
    if (isMeantOtherwise) throw notUnderstood(this.client.registry, new Error(`${said} holds ${manifest.mediaType}`));
    return { digest: isDigest ? reference : digestOf(bytes), mediaType: manifest.mediaType ?? said, bytes, manifest };
  }

  /** The same, rejecting where there is none. */
  async manifest(reference: string, signal?: AbortSignal): Promise<FoundManifest> {
    const found = await this.findManifest(reference, signal);
    if (found) return found;
    throw this.client.refuse('GET', `/v2/${this.name}/manifests/${reference}`, 404);
  }

  /** Gives a manifest a tag, or only its digest. Resolves to whether the registry lists it by itself with what it is about. */
  async putManifest(
    reference: string,
    { bytes, mediaType, digest }: Omit<FoundManifest, 'manifest'>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const url = `/v2/${this.name}/manifests/${reference}`;
    const headers = { 'content-type': mediaType };
    const { statusCode, headers: said } = await this.client.tell({
      ...{ method: 'PUT', url, scopes: this.push, headers, body: bytes },
      ...{ accept: [200, 201, 202], signal },
    });
    const stored = [said['docker-content-digest']].flat()[0];
    // it may keep what has a digest of another kind under one of its own
    const isOther = stored !== undefined && stored !== digest && stored !== digestOf(bytes);
    if (isOther) throw notWhatItsDigestSays(`${this.client.registry}/${this.name}:${reference}`);
    // the specification knows 201 alone; whoever says less is asked whether it has it
    if (statusCode !== 201 && !(await this.hasManifest(stored ?? digest, signal)))
      throw troubleAt('PUT', new URL(url, this.client.origin).href, 'odd', 'it said that it took a manifest, and does not have it');
    return said['oci-subject'] !== undefined;
  }

  async hasManifest(digest: string, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/manifests/${digest}`, { accept: understood }, signal);
  }

  /** Whether it is there; one that the registry says has another size is not. */
  async hasBlob({ digest, size }: { digest: string; size?: number }, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/blobs/${digest}`, {}, signal, size);
  }

  /** A small blob whole, such as an image's configuration; checked against its digest. */
  async blob(digest: string, longest: number, signal?: AbortSignal): Promise<Buffer> {
    const url = `/v2/${this.name}/blobs/${digest}`;
    const { bytes } = await this.client.read({ method: 'GET', url, scopes: this.pull, accept: [200], signal }, longest);
    demandDigest(bytes, digest, digest);
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
    return readPages(this.client, { url: `/v2/${this.name}/tags/list?n=1000`, member: 'tags', scopes: this.pull, most, signal });
  }

  #understand(text: string): ImageManifest | ImageIndex {
    try {
      return parseManifest(text);
    } catch (error) {
      throw notUnderstood(this.client.registry, error as Error);
    }
  }

  async #isThere(url: string, headers: Record<string, string>, signal?: AbortSignal, size?: number): Promise<boolean> {
    const answer = await this.client.tell({ method: 'HEAD', url, scopes: this.pull, headers, accept: [200, 404], signal });
    const length = [answer.headers['content-length']].flat()[0];
    const isOther = size !== undefined && length !== undefined && Number(length) !== size;
    return answer.statusCode === 200 && !isOther;
  }
}

/** What says nothing of what it is about; plain file servers give everything such a type. */
const generalTypes = new Set(['', 'application/json', 'application/octet-stream', 'text/plain']);

function demandDigest(bytes: Buffer, digest: string, what: string): void {
  if (!matchesDigest(bytes, digest)) throw notWhatItsDigestSays(what);
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
