import type { ImageInfo } from 'dockerode';
import pLimit from 'p-limit';
import { parseReference, repositoryOf } from '../../contract/reference.ts';
import { type Access, placeOf, withRepository } from '../distribution/open-repository.ts';
import { type RemoteImage, readRemoteImage } from '../distribution/remote-image.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { ReadLayers } from './image-layers.ts';

/** A layer as the engine has met it in a registry. */
export type KnownBlob = {
  /** Of the packed layer. */
  digest: string;
  size: number;
  registry: string;
  repository: string;
};

/** Milliseconds that all questions to further registries may take. */
const answerWithin = 5000;
/** Manifests kept in memory; what a digest stands for never changes. */
const mostKept = 500;

/**
 * What the engine knows of its layers' packed forms. An engine skips a layer in a push or pull only where it has met its
 * packed form before, and no API tells which. What it pulled and pushed leaves a digest on the image, though, and the
 * registry still has the manifest of that digest.
 */
export class KnownBlobs {
  readonly #access: Access;
  readonly #readLayers: ReadLayers;
  readonly #manifests = new Map<string, Promise<RemoteImage | undefined>>();

  constructor(access: Access, readLayers: ReadLayers) {
    this.#access = access;
    this.#readLayers = readLayers;
  }

  /** Every known packed form of the given layers, by unpacked digest; those met in the registry `near` first. */
  async of(engine: Engine, diffIds: ReadonlySet<string>, near: string, signal?: AbortSignal): Promise<Map<string, KnownBlob[]>> {
    const late = AbortSignal.timeout(answerWithin);
    const until = signal ? AbortSignal.any([signal, late]) : late;
    const names = await this.#digestsOf(engine, diffIds);
    const known = new Map<string, KnownBlob[]>();
    await Promise.all(
      names.map(async (name) => {
        const image = await this.#manifest(name, until);
        const { registry, repository } = placeOf(name);
        image?.diffIds.forEach((diffId, index) => {
          const layer = image.layers[index];
          if (!layer || !diffIds.has(diffId)) return;
          known.set(diffId, [...(known.get(diffId) ?? []), { digest: layer.digest, size: layer.size, registry, repository }]);
        });
      }),
    );
    signal?.throwIfAborted();
    for (const blobs of known.values()) blobs.sort((a, b) => Number(b.registry === near) - Number(a.registry === near));
    return known;
  }

  // `repository@digest` of each local image that shares a layer
  async #digestsOf(engine: Engine, diffIds: ReadonlySet<string>): Promise<string[]> {
    const images: ImageInfo[] = await engine.docker.listImages();
    const named = images.filter(({ RepoDigests }) => RepoDigests?.some(isDigestName));
    const limit = pLimit(4);
    const sharing = await Promise.all(
      named.map(({ Id, RepoDigests = [] }) =>
        limit(async () => {
          const image = await this.#readLayers(engine, Id);
          return image?.diffIds.some((diffId) => diffIds.has(diffId)) ? RepoDigests.filter(isDigestName) : [];
        }),
      ),
    );
    return [...new Set(sharing.flat())];
  }

  #manifest(name: string, signal: AbortSignal): Promise<RemoteImage | undefined> {
    const known = this.#manifests.get(name);
    if (known) return known;
    const asked = withRepository(name, this.#access, (repository, digest) => readRemoteImage(repository, digest, signal), signal).catch(
      () => {
        this.#manifests.delete(name); // unreachable now, or gone from there: asked again another time
        return undefined;
      },
    );
    this.#manifests.set(name, asked);
    for (const oldest of this.#manifests.keys()) if (this.#manifests.size > mostKept) this.#manifests.delete(oldest);
    return asked;
  }
}

const isDigestName = (text: string): boolean => {
  try {
    return parseReference(text).digest !== undefined && repositoryOf(parseReference(text)) !== '<none>';
  } catch {
    return false; // "<none>@<none>"
  }
};
