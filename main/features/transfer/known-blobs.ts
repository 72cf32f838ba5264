import pLimit from 'p-limit';
import { parseReference, repositoryOf } from '../../../contract/reference.ts';
import type { Task } from '../../../contract/task.ts';
import { readImageList } from '../../foundation/engine/answers/image-answers.ts';
import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { placeOf, withRepository } from '../../foundation/registries/open-repository.ts';
import { findRemoteImage, type RemoteImage } from '../../foundation/registries/remote-image.ts';
import type { AccessFor } from './access-for.ts';
import type { ReadLayers } from './image-layers.ts';
import { type KnownBlob, SeenLayers } from './seen-layers.ts';

/** Milliseconds that a request to another registry may take. */
const answerWithin = 5000;
/** The most manifests kept in memory; the manifest of a digest never changes. */
const mostKept = 500;

/**
 * What the engine knows about the packed forms of its layers. In a push or pull an engine skips a layer only if it has seen its
 * packed form before, and no API tells which it has. But a pull or push leaves a digest on the image, and the registry still
 * has the manifest with that digest. What is learned this way is remembered.
 */
export class KnownBlobs {
  readonly #accessFor: AccessFor;
  readonly #readLayers: ReadLayers;
  readonly #met: SeenLayers;
  readonly #manifests = new Map<string, Promise<RemoteImage | undefined>>();

  constructor(accessFor: AccessFor, readLayers: ReadLayers, met = new SeenLayers()) {
    this.#accessFor = accessFor;
    this.#readLayers = readLayers;
    this.#met = met;
  }

  /** Every known packed form of the given layers, by unpacked digest; those seen in the registry `near` come first. */
  async of(engine: Engine, diffIds: ReadonlySet<string>, near: string, signal?: AbortSignal): Promise<Map<string, KnownBlob[]>> {
    const names = await this.#digestsOf(engine, diffIds);
    await Promise.all(names.map((name) => this.#learn(engine, name)));
    signal?.throwIfAborted();
    const met = this.#met.of(await this.#nameOf(engine), diffIds);
    const isRemembered = await this.#memoryOf(engine);
    return new Map(
      [...diffIds].map((diffId) => {
        const blobs = (met.get(diffId) ?? []).filter(({ from }) => isRemembered(from));
        return [diffId, blobs.sort((a, b) => Number(b.registry === near) - Number(a.registry === near))];
      }),
    );
  }

  /** Learns what the engine saw in a push or a pull. */
  async notice({ state, result }: Task, engine: Engine): Promise<void> {
    if (state !== 'succeeded') return;
    const moved = result?.kind === 'push' ? result.pushed : result?.kind === 'pull' && result.digest ? [result] : [];
    await Promise.all(moved.map(({ reference, digest }) => this.#learn(engine, `${nameOnly(reference)}@${digest}`)));
  }

  async #learn(engine: Engine, name: string): Promise<void> {
    const own = await this.#nameOf(engine);
    // registries limit how often they can be asked
    if (this.#met.hasLearnedFrom(own, name)) return;
    const image = await this.#manifest(engine, name);
    const { registry, repository } = placeOf(name);
    image?.diffIds.forEach((diffId, index) => {
      const digest = image.layers[index]?.digest;
      if (digest) this.#met.add({ engine: own, diffId, digest, registry, repository, from: name });
    });
  }

  // the same program with a different image store counts as another engine
  #nameOf(engine: Engine): Promise<string> {
    return infoOf(engine).then(
      ({ id, root }) => `${engine.candidate.address} ${id} ${root}`,
      () => engine.candidate.address,
    );
  }

  /** Whether the engine still knows what it met in an image: the containerd store forgets it with the image, whose id is its digest. */
  async #memoryOf(engine: Engine): Promise<(from: string) => boolean> {
    const { store } = await infoOf(engine).catch(() => ({ store: 'unpacked' }));
    if (store !== 'containerd') return () => true;
    const present = new Set((await engine.docker.listImages()).map(({ Id }) => Id));
    return (from) => present.has(from.slice(from.indexOf('@') + 1));
  }

  // `repository@digest` of each local image that shares a layer
  async #digestsOf(engine: Engine, diffIds: ReadonlySet<string>): Promise<string[]> {
    const images = await readImageList(engine);
    const named = images.filter(({ RepoDigests }) => RepoDigests.some(isDigestName));
    const limit = pLimit(4);
    const sharing = await Promise.all(
      named.map(({ Id, RepoDigests }) =>
        limit(async () => {
          const image = await this.#readLayers(engine, Id);
          return image?.diffIds.some((diffId) => diffIds.has(diffId)) ? RepoDigests.filter(isDigestName) : [];
        }),
      ),
    );
    return [...new Set(sharing.flat())];
  }

  #manifest(engine: Engine, name: string): Promise<RemoteImage | undefined> {
    const known = this.#manifests.get(name);
    if (known) return known;
    // a separate signal, as others may wait for the same answer
    const signal = AbortSignal.timeout(answerWithin);
    const asked = withRepository(
      name,
      this.#accessFor(engine),
      (repository, digest) => findRemoteImage(repository, digest, engine.platform, signal),
      signal,
    ).catch(() => {
      this.#manifests.delete(name); // unreachable now, or gone: asked again another time
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
