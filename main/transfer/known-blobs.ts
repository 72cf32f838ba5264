import type { ImageInfo } from 'dockerode';
import pLimit from 'p-limit';
import { parseReference, repositoryOf } from '../../contract/reference.ts';
import type { Task } from '../../contract/task.ts';
import { type Access, placeOf, withRepository } from '../distribution/open-repository.ts';
import { findRemoteImage, type RemoteImage } from '../distribution/remote-image.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { ReadLayers } from './image-layers.ts';
import { type KnownBlob, MetLayers } from './met-layers.ts';

/** Milliseconds that a question to a further registry may take. */
const answerWithin = 5000;
/** Manifests kept in memory; what a digest stands for never changes. */
const mostKept = 500;

/**
 * What the engine knows of its layers' packed forms. An engine skips a layer in a push or pull only where it has met its
 * packed form before, and no API tells which. What it pulled and pushed leaves a digest on the image, though, and the
 * registry still has the manifest of that digest; what was once learnt so is remembered.
 */
export class KnownBlobs {
  readonly #access: Access;
  readonly #readLayers: ReadLayers;
  readonly #met: MetLayers;
  readonly #manifests = new Map<string, Promise<RemoteImage | undefined>>();
  readonly #names = new WeakMap<Engine, Promise<string>>();

  constructor(access: Access, readLayers: ReadLayers, met = new MetLayers()) {
    this.#access = access;
    this.#readLayers = readLayers;
    this.#met = met;
  }

  /** Every known packed form of the given layers, by unpacked digest; those met in the registry `near` first. */
  async of(engine: Engine, diffIds: ReadonlySet<string>, near: string, signal?: AbortSignal): Promise<Map<string, KnownBlob[]>> {
    const names = await this.#digestsOf(engine, diffIds);
    await Promise.all(names.map((name) => this.#learn(engine, name)));
    signal?.throwIfAborted();
    const met = this.#met.of(await this.#nameOf(engine), diffIds);
    return new Map(
      [...diffIds].map((diffId) => {
        const blobs = met.get(diffId) ?? [];
        return [diffId, blobs.sort((a, b) => Number(b.registry === near) - Number(a.registry === near))];
      }),
    );
  }

  /** Learns what a push or a pull has shown the engine. */
  async notice({ state, result }: Task, engine: Engine): Promise<void> {
    if (state !== 'succeeded') return;
    const moved = result?.kind === 'push' ? result.pushed : result?.kind === 'pull' && result.digest ? [result] : [];
    await Promise.all(moved.map(({ reference, digest }) => this.#learn(engine, `${nameOnly(reference)}@${digest}`)));
  }

  async #learn(engine: Engine, name: string): Promise<void> {
    const own = await this.#nameOf(engine);
    // registries count how often they are asked
    if (this.#met.hasLearnt(own, name)) return;
    const image = await this.#manifest(engine, name);
    const { registry, repository } = placeOf(name);
    image?.diffIds.forEach((diffId, index) => {
      const digest = image.layers[index]?.digest;
      if (digest) this.#met.add({ engine: own, diffId, digest, registry, repository, from: name });
    });
  }

  // the same program with another store of images is another engine
  #nameOf(engine: Engine): Promise<string> {
    const known = this.#names.get(engine);
    if (known) return known;
    const asked = (engine.docker.info() as Promise<{ ID?: string; DockerRootDir?: string }>).then(
      ({ ID = '', DockerRootDir = '' }) => `${engine.candidate.address} ${ID} ${DockerRootDir}`,
      () => engine.candidate.address,
    );
    this.#names.set(engine, asked);
    return asked;
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

  #manifest({ platform }: Engine, name: string): Promise<RemoteImage | undefined> {
    const known = this.#manifests.get(name);
    if (known) return known;
    // its own: others may wait for the same answer
    const signal = AbortSignal.timeout(answerWithin);
    const asked = withRepository(
      name,
      this.#access,
      (repository, digest) => findRemoteImage(repository, digest, platform, signal),
      signal,
    ).catch(() => {
      this.#manifests.delete(name); // unreachable now, or gone from there: asked again another time
      return undefined;
    });
    this.#manifests.set(name, asked);
    for (const oldest of this.#manifests.keys()) if (this.#manifests.size > mostKept) this.#manifests.delete(oldest);
    return asked;
  }
}

const nameOnly = (reference: string): string => repositoryOf(parseReference(reference));

const isDigestName = (text: string): boolean => {
  try {
    return parseReference(text).digest !== undefined;
  } catch {
    return false; // "<none>@<none>"
  }
};
