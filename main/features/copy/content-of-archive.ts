import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { digestOf } from '../../foundation/formats/digest.ts';
import { type Descriptor, mediaTypes, parseManifest } from '../../foundation/formats/manifest.ts';
import { RefusedArchive } from '../../foundation/formats/refused-archive.ts';
import type { OpenedImage } from '../../foundation/image-archive/open-image-archive.ts';
import { missing } from '../../foundation/image-archive/refuse-json.ts';
import { type PlacedLayer, readChecked } from './checked-layer.ts';
import type { ContentBlob, ImageContent, ManifestBytes } from './image-content.ts';
import { lacksIt } from './only-there.ts';
import { openPacked, without } from './packed-layer.ts';

/** Gives the digest and size that a layer will have once packed. */
export type Pack = (layer: PlacedLayer, signal: AbortSignal) => Promise<{ digest: string; size: number }>;

/** A layer's packed form; `at` says where a registry has it. */
export type PackedThere = Descriptor & Pick<ContentBlob, 'at'>;

/** Packed forms of layers that are already known, by the digest of the unpacked bytes. */
export type KnownPacked = ReadonlyMap<string, PackedThere>;

/**
 * An image in a tarball, prepared for a registry. If the tarball holds it in a registry's form, its digest stays the same.
 * Unpacked layers are packed unless their packed form is known. Every layer that is read is checked against the image.
 */
export async function contentOfArchive(
  { config, layers, manifest, shown }: OpenedImage,
  known: KnownPacked,
  pack: Pack,
  signal: AbortSignal,
): Promise<ImageContent> {
  const ready: ContentBlob[] = [];
  for (const [at, layer] of layers.entries()) {
    const instruction = shown.layers[at]?.instruction;
    const placed = { ...layer, number: at + 1, of: layers.length, ...(instruction && { instruction }) };
    ready.push(await layerBlob(placed, known, pack, signal));
  }
  const configBlob: ContentBlob = {
    kind: 'config',
    digest: config.digest,
    size: config.bytes.length,
    mediaType: configTypeOf(manifest) ?? mediaTypes.config,
    open: async (from) => Readable.from([config.bytes.subarray(from)], { objectMode: false }),
  };
  const isUnchanged = manifest !== undefined && layers.every((layer, index) => layer.digest === ready[index]?.digest);
  const root = isUnchanged ? manifest : describe(configBlob, ready);
  const blobs = [...new Map([configBlob, ...ready].map((blob) => [blob.digest, blob])).values()];
  const image = { manifest: root, config: config.digest, layers: ready.map((blob) => blob.digest), platform: shown.platform };
  return { root, manifests: [root], images: [image], blobs };
}

async function layerBlob(layer: PlacedLayer, known: KnownPacked, pack: Pack, signal: AbortSignal): Promise<ContentBlob> {
  const { diffId, mediaType, size, packing } = layer;
  if (layer.isAbsent) return onlyThere(known.get(diffId), layer);
  if (packing === 'xz' || packing === 'bzip2') throw unusual(packing);
  if (packing !== 'none') {
    const digest = layer.digest ?? (await digestOfBytes(readChecked(layer, signal)));
    return { kind: 'layer', digest, size, mediaType, open: (from, until) => openFrom(layer, from, until) };
  }
  const there = known.get(diffId);
  const { digest, size: packedSize } = there ?? (await pack(layer, signal));
  const mediaTypeThere = there?.mediaType ?? mediaTypes.packedLayer;
  return { kind: 'layer', digest, size: packedSize, mediaType: mediaTypeThere, open: (from, until) => openPacked(layer, from, until) };
}

/** A layer that was left out for a registry that has it; without that one, it is nowhere. */
function onlyThere(there: PackedThere | undefined, { name }: PlacedLayer): ContentBlob {
  if (!there) throw missing(name);
  const { digest, size, mediaType, at } = there;
  const open = async () => {
    throw lacksIt(digest);
  };
  return { kind: 'layer', digest, size, mediaType, isOnlyThere: true, open, ...(at && { at }) };
}

async function digestOfBytes(bytes: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}

async function openFrom(layer: PlacedLayer, from: number, signal: AbortSignal): Promise<Readable> {
  const whole = readChecked(layer, signal);
  return Readable.from(from === 0 ? whole : without(whole, from), { objectMode: false });
}

// if the manifest stays the same, so must the configuration's media type
function configTypeOf(manifest: ManifestBytes | undefined): string | undefined {
  const found = manifest && parseManifest(manifest.bytes.toString('utf8'));
  return found?.kind === 'image' ? found.config.mediaType : undefined;
}

function describe(config: ContentBlob, layers: ContentBlob[]): ManifestBytes {
  const descriptor = ({ mediaType, digest, size }: ContentBlob): Descriptor => ({ mediaType, digest, size });
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.image, config: descriptor(config), layers: layers.map(descriptor) };
  const bytes = Buffer.from(JSON.stringify(manifest));
  return { digest: digestOf(bytes), mediaType: mediaTypes.image, bytes };
}

// there is no media type for it, so whoever pulls such a layer would take it for something else
const unusual = (packing: string): RefusedArchive =>
  new RefusedArchive(
    `A layer is packed with ${packing}`,
    'Registries don’t store layers like that. Load the file into an engine and push the image from there, which packs it again.',
  );
