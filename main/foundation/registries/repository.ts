import type { Readable } from 'node:stream';
import { digest as digestForm } from '../../../contract/grammar.ts';
import { digestOf, matchesDigest } from '../formats/digest.ts';
import { type ImageIndex, type ImageManifest, parseManifest, understood } from '../formats/manifest.ts';
import { notUnderstood, notWhatItsDigestSays, troubleAt } from './errors/registry-error.ts';
import { readPages } from './read-pages.ts';
import type { RegistryClient } from './registry-client.ts';

/** The most bytes in a manifest: the size that the specification asks registries to accept. */
const longestManifest = 4 * 1024 * 1024;
/** Milliseconds that a removal may take: the plain registry looks through all tags of the repository for it. */
const removesWithin = 120_000;

export type FoundManifest = { digest: string; mediaType: string; bytes: Buffer; manifest: ImageManifest | ImageIndex };

/** A repository in a registry: manifests, blobs and tags. Every call rejects with `RegistryError` if it is refused. */
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

  // token servers give of it what one may
  get #removal(): string[] {
    return [`repository:${this.name}:pull,push,delete`];
  }

  /** The manifest of a tag or digest, checked against its digest; undefined if there is none. */
  async findManifest(reference: string, signal?: AbortSignal): Promise<FoundManifest | undefined> {
    const headers = { accept: understood };
    const url = `/v2/${this.name}/manifests/${reference}`;
    const asked = { method: 'GET', url, scopes: this.pull, headers, accept: [200, 404], signal } as const;
    const { bytes, ...answer } = await this.client.read(asked, longestManifest);
    if (answer.statusCode === 404) return undefined;
    const isDigest = reference.includes(':');
    if (isDigest) requireDigest(bytes, reference, `${this.client.registry}/${this.name}@${reference}`);
    const manifest = this.#understand(bytes.toString('utf8'));
    const said = [answer.headers['content-type']].flat()[0]?.split(';')[0]?.trim().toLowerCase() ?? '';
    const isMeantOtherwise = manifest.mediaType !== undefined && said !== manifest.mediaType && !generalTypes.has(said);
    // a manifest whose header says one thing and whose text another is not to be trusted
    if (isMeantOtherwise) throw notUnderstood(this.client.registry, new Error(`${said} holds ${manifest.mediaType}`));
    return { digest: isDigest ? reference : digestOf(bytes), mediaType: manifest.mediaType ?? said, bytes, manifest };
  }

  /** The same, but rejects if there is none. */
  async manifest(reference: string, signal?: AbortSignal): Promise<FoundManifest> {
    const found = await this.findManifest(reference, signal);
    if (found) return found;
    throw this.client.refuse('GET', `/v2/${this.name}/manifests/${reference}`, 404);
  }

  /** Stores a manifest under a tag or only its digest. Resolves to whether the registry itself lists it with its subject. */
  async putManifest(
    reference: string,
    { bytes, mediaType, digest }: Omit<FoundManifest, 'manifest'>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const url = `/v2/${this.name}/manifests/${reference}`;
    const headers = { 'content-type': mediaType };
    const accept = [200, 201, 202];
    const { statusCode, headers: said } = await this.client.tell({
      method: 'PUT',
      url,
      scopes: this.push,
      headers,
      body: bytes,
      accept,
      signal,
    });
    const stored = [said['docker-content-digest']].flat()[0];
    // it may store a manifest with another kind of digest under a digest of its own
    const isOther = stored !== undefined && stored !== digest && stored !== digestOf(bytes);
    if (isOther) throw notWhatItsDigestSays(`${this.client.registry}/${this.name}:${reference}`);
    // the specification only has 201; after any other status, check that the manifest is there
    if (statusCode !== 201 && !(await this.hasManifest(stored ?? digest, signal)))
      throw troubleAt('PUT', new URL(url, this.client.origin).href, 'odd', 'it said that it accepted a manifest, but does not have it');
    return said['oci-subject'] !== undefined;
  }

  /** The digest of what is under a tag, without downloading it if the registry says it; undefined if nothing is. */
  async findDigest(tag: string, signal?: AbortSignal): Promise<string | undefined> {
    return (await this.findTagged(tag, signal))?.digest;
  }

  /** The same with the media type that the registry tells. */
  async findTagged(tag: string, signal?: AbortSignal): Promise<Pick<FoundManifest, 'digest' | 'mediaType'> | undefined> {
    const url = `/v2/${this.name}/manifests/${tag}`;
    const asked = { method: 'HEAD', url, scopes: this.pull, headers: { accept: understood }, accept: [200, 404], signal } as const;
    const { statusCode, headers } = await this.client.tell(asked);
    if (statusCode === 404) return undefined;
    const digest = [headers['docker-content-digest']].flat()[0];
    const mediaType = [headers['content-type']].flat()[0]?.split(';')[0]?.trim().toLowerCase() ?? '';
    return digest !== undefined && digestForm.test(digest) ? { digest, mediaType } : this.findManifest(tag, signal);
  }

  /** Removes what is under a digest, with all its tags, or a tag alone where the registry can. Rejects with its refusal. */
  async remove(reference: string, signal?: AbortSignal): Promise<void> {
    const url = `/v2/${this.name}/manifests/${reference}`;
    await this.client.tell({ method: 'DELETE', url, scopes: this.#removal, accept: [200, 202, 204], answerWithin: removesWithin, signal });
  }

  async hasManifest(digest: string, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/manifests/${digest}`, { accept: understood }, signal);
  }

  /** Whether a blob is there; not if the registry reports a different size. */
  async hasBlob({ digest, size }: { digest: string; size?: number }, signal?: AbortSignal): Promise<boolean> {
    return this.#isThere(`/v2/${this.name}/blobs/${digest}`, {}, signal, size);
  }

  /** A complete small blob, such as an image's configuration, checked against its digest. */
  async blob(digest: string, longest: number, signal?: AbortSignal): Promise<Buffer> {
    const url = `/v2/${this.name}/blobs/${digest}`;
    const { bytes } = await this.client.read({ method: 'GET', url, scopes: this.pull, accept: [200], signal }, longest);
    requireDigest(bytes, digest, digest);
    return bytes;
  }

  /** A blob's bytes, starting at an offset. Not checked, as only the caller has all bytes. */
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

/** Media types that say nothing about the content; plain file servers use them for everything. */
const generalTypes = new Set(['', 'application/json', 'application/octet-stream', 'text/plain']);

/** Whether a media type doesn't tell a list from an image. */
export const saysNothing = (mediaType: string): boolean => generalTypes.has(mediaType);

function requireDigest(bytes: Buffer, digest: string, what: string): void {
  if (!matchesDigest(bytes, digest)) throw notWhatItsDigestSays(what);
}

// a registry without support for ranges sends everything again
function skip(body: Readable, bytes: number): Readable {
  let left = bytes;
  return body.map((chunk: Buffer) => {
    const kept = chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - kept.length;
    return kept;
  });
}
