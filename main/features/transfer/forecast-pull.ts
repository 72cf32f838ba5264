import pLimit from 'p-limit';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { PullForecast } from '../../../contract/transfer.ts';
import { readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { withRepository } from '../../foundation/registries/open-repository.ts';
import { readRegistryFacts } from '../../foundation/registries/registry-facts.ts';
import { choosePlatform, listPlatforms, type RemoteImage, readRemoteImage } from '../../foundation/registries/remote-image.ts';
import type { ForecastParts } from './forecast-push.ts';
import type { ReadLayers } from './image-layers.ts';

/** What a pull would bring: the platforms with their sizes, and the layers the engine lacks. Fetches no layer. */
export function forecastPull(
  engine: Engine,
  { reference, platform: wanted, withSizes = false }: { reference: string; platform?: string | undefined; withSizes?: boolean | undefined },
  parts: ForecastParts,
  signal?: AbortSignal,
): Promise<PullForecast> {
  const access = parts.accessFor(engine);
  return withRepository(
    reference,
    access,
    async (repository, version) => {
      const found = await repository.manifest(version, signal);
      const [platforms, registry] = await Promise.all([
        listPlatforms(repository, found, withSizes, signal),
        readRegistryFacts(repository, access, signal),
      ]);
      const chosen = choosePlatform(platforms, wanted, engine.platform);
      if (!chosen)
        throw notForPlatform(
          reference,
          wanted ?? engine.platform,
          platforms.map(({ platform }) => platform),
        );
      const image = await readRemoteImage(repository, chosen.digest, signal);
      const isHere = await hasImage(engine, [image.config.digest, image.digest, found.digest]);
      const here = isHere
        ? new Set(image.layers.map(({ digest }) => digest))
        : await layersHere(engine, image, repository.client.registry, parts, signal);
      parts.pullSizes.note(image);
      const layers = image.layers.map(({ digest, size }) => ({ digest, size, isHere: here.has(digest) }));
      return {
        reference: withDefaultTag(reference),
        registry,
        digest: found.digest,
        platforms: platforms.map(({ digest: _, ...platform }) => platform),
        platform: chosen.platform,
        layers,
        toDownload: layers.reduce((sum, layer) => sum + (layer.isHere ? 0 : layer.size), 0),
        isHere,
      };
    },
    signal,
  );
}

async function hasImage(engine: Engine, ids: string[]): Promise<boolean> {
  const images = await readImageList(engine);
  return images.some(({ Id }) => ids.includes(Id));
}

// layers depend on those below: if one is missing, or the engine does not know its packed form, all above it are fetched again
async function layersHere(
  engine: Engine,
  image: RemoteImage,
  registry: string,
  { readLayers, knownBlobs }: ForecastParts,
  signal?: AbortSignal,
): Promise<Set<string>> {
  const [known, present] = await Promise.all([
    knownBlobs.of(engine, new Set(image.diffIds), registry, signal),
    commonLayers(engine, image.diffIds, readLayers),
  ]);
  const isKnown = ({ digest }: { digest: string }, index: number) =>
    known.get(image.diffIds[index] ?? '')?.some((blob) => blob.digest === digest);
  const missing = image.layers.findIndex((layer, index) => index >= present || !isKnown(layer, index));
  return new Set((missing === -1 ? image.layers : image.layers.slice(0, missing)).map(({ digest }) => digest));
}

/** How many of the lowest layers some image on the engine has in common. */
async function commonLayers(engine: Engine, diffIds: string[], readLayers: ReadLayers): Promise<number> {
  const images = await readImageList(engine, { all: true });
  const limit = pLimit(4);
  const all = await Promise.all(images.map(({ Id }) => limit(() => readLayers(engine, Id))));
  const common = all.map((local) => {
    const differs = diffIds.findIndex((diffId, index) => local?.diffIds[index] !== diffId);
    return differs === -1 ? diffIds.length : differs;
  });
  return Math.max(0, ...common);
}

const notForPlatform = (reference: string, wanted: string, there: string[]): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: `${reference} isn’t available for ${wanted}`,
    detail: `The registry has it for ${there.join(', ') || 'no platform at all'}.`,
    hint: 'Choose one of these, or another tag.',
  });
