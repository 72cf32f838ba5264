import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { mediaTypes } from '../../main/foundation/formats/manifest.ts';

type Made = {
  /** When it says that it was built. */
  created?: string;
  platform?: string;
  /** Bytes of its only layer, about. */
  size?: number;
};

type Descriptor = { mediaType: string; digest: string; size: number };

const sha256 = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Puts small images into a real registry without an engine. */
export class Putting {
  readonly #at: string;
  readonly #headers: Record<string, string>;

  /** `headers` come with each request, such as a sign-in. */
  constructor(address: string, repository: string, headers: Record<string, string> = {}) {
    this.#at = `http://${address}/v2/${repository}`;
    this.#headers = headers;
  }

  /** Puts an image under tags, and gives its digest. */
  async image(tags: string[], made: Made = {}): Promise<string> {
    return this.manifest(tags, await this.#image(made));
  }

  /** Puts a list of an image for each platform. */
  async list(tags: string[], platforms: string[], made: Made = {}): Promise<string> {
    const manifests = [];
    for (const name of platforms) {
      const bytes = Buffer.from(JSON.stringify(await this.#image({ ...made, platform: name })));
      const [os, architecture, variant] = name.split('/');
      await this.#put(sha256(bytes), bytes, mediaTypes.image);
      const platform = { os, architecture, ...(variant && { variant }) };
      manifests.push({ mediaType: mediaTypes.image, digest: sha256(bytes), size: bytes.length, platform });
    }
    return this.manifest(tags, { schemaVersion: 2, mediaType: mediaTypes.index, manifests });
  }

  /** Puts any manifest under tags, and gives its digest. */
  async manifest(tags: string[], manifest: { mediaType: string; [member: string]: unknown }): Promise<string> {
    const bytes = Buffer.from(JSON.stringify(manifest));
    for (const tag of tags) await this.#put(tag, bytes, manifest.mediaType);
    return sha256(bytes);
  }

  async blob(bytes: Buffer | string, mediaType: string): Promise<Descriptor> {
    const whole = Buffer.from(bytes);
    const digest = sha256(whole);
    const begun = await fetch(`${this.#at}/blobs/uploads/`, { method: 'POST', headers: this.#headers });
    const url = new URL(begun.headers.get('location') ?? '', this.#at);
    url.searchParams.set('digest', digest);
    await expectOk(
      await fetch(url, {
        method: 'PUT',
        body: new Uint8Array(whole),
        headers: { ...this.#headers, 'content-type': 'application/octet-stream' },
      }),
    );
    return { mediaType, digest, size: whole.length };
  }

  async #image({ created = new Date().toISOString(), platform = 'linux/amd64', size = 1000 }: Made) {
    const tar = await tarOf(size);
    const [os, architecture, variant] = platform.split('/');
    const history = [{ created, created_by: 'COPY random /random' }];
    const rootfs = { type: 'layers', diff_ids: [sha256(tar)] };
    const text = JSON.stringify({ os, architecture, ...(variant && { variant }), created, config: {}, rootfs, history });
    const config = await this.blob(text, mediaTypes.config);
    const layers = [await this.blob(gzipSync(tar), mediaTypes.packedLayer)];
    return { schemaVersion: 2, mediaType: mediaTypes.image, config, layers };
  }

  async #put(reference: string, body: Buffer, type: string): Promise<void> {
    await expectOk(
      await fetch(`${this.#at}/manifests/${reference}`, {
        method: 'PUT',
        body: new Uint8Array(body),
        headers: { ...this.#headers, 'content-type': type },
      }),
    );
  }
}

async function tarOf(size: number): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'random' }, randomBytes(size));
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function expectOk(answer: Response): Promise<void> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
}
