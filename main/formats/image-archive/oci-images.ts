import type { Packing } from '../../../contract/archive.ts';
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  isAttestation,
  isImage,
  parseConfiguration,
  parseManifest,
} from '../manifest.ts';
import { damaged, excessive } from '../refused-archive.ts';
import { annotatedName } from './annotated-name.ts';
import type { ArchiveIndex, IndexedMember } from './archive-index.ts';
import { findMember } from './find-member.ts';
import type { FoundImage, FoundLayer } from './found-image.ts';
import { digestOfText, missing, readText, textOf } from './refuse-json.ts';

/** Lists within lists: containerd writes two, buildx three. */
const mostNested = 5;
const mostEntries = 10_000;

/** The images that `index.json` of an OCI layout names, also those in lists for several platforms. */
export function findOciImages(index: ArchiveIndex): FoundImage[] {
  const { text } = textOf(index, 'index.json');
  const collected: Collected = { images: [], entries: 0 };
  collect(index, readText('index.json', text, readIndex), { indexes: [], references: [], isTop: true }, collected);
  return collected.images;
}

type Above = { indexes: string[]; references: string[]; isTop: boolean };
type Collected = { images: FoundImage[]; entries: number };

function collect(index: ArchiveIndex, list: ImageIndex, above: Above, collected: Collected): void {
  if (above.indexes.length > mostNested) throw damaged('lists of images lie in lists without end');
  for (const entry of list.manifests) {
    // a short list that names another one many times, which does the same, has more entries than can ever be read
    if (++collected.entries > mostEntries) throw excessive(`there are more than ${mostEntries.toLocaleString('en')} images`);
    if (isAttestation(entry)) continue;
    const name = blobName(entry.digest);
    // of an image for several platforms, a file may hold only one
    if (!above.isTop && !findMember(index, name)) continue;
    const { text } = checkedText(index, name, entry.digest);
    const manifest = readText(name, text, parseManifest);
    const references = [...above.references, ...namesOf(entry)];
    if (manifest.kind === 'index') {
      collect(index, manifest, { indexes: [...above.indexes, entry.digest], references, isTop: false }, collected);
    } else if (isImage(manifest)) {
      const parts = findParts(index, manifest, above.isTop);
      const { mediaType } = entry;
      if (parts)
        collected.images.push({ ...parts, manifest: { text, digest: entry.digest, mediaType }, indexes: above.indexes, references });
    }
  }
}

function findParts(index: ArchiveIndex, manifest: ImageManifest, isTop: boolean): Pick<FoundImage, 'config' | 'layers'> | undefined {
  const { digest } = manifest.config;
  const name = blobName(digest);
  if (!isTop && !findMember(index, name)) return undefined;
  const { text, offset, size } = checkedText(index, name, digest);
  const diffIds = readText(name, text, parseConfiguration).rootfs.diff_ids;
  if (diffIds.length !== manifest.layers.length) throw damaged('an image has another number of layers than its configuration says');
  return { config: { digest, text, offset, size }, layers: manifest.layers.map((layer, at) => findLayer(index, layer, diffIds[at] ?? '')) };
}

function findLayer(index: ArchiveIndex, { digest, mediaType, size: told }: Descriptor, diffId: string): FoundLayer {
  const member = findMember(index, blobName(digest));
  if (!member) throw missing(digest);
  if (member.size !== told || member.isSparse) throw damaged('a layer has another size than its image says');
  const { offset, size } = member;
  return { offset, size, digest, diffId, mediaType, packing: packingOf(mediaType, member) };
}

const packingOf = (mediaType: string, { packing }: IndexedMember): Packing => (/zstd$/.test(mediaType) ? 'zstd' : packing);

/** A description among the blobs, whose digest is its name. */
function checkedText(index: ArchiveIndex, name: string, digest: string): IndexedMember & { text: Buffer } {
  const member = textOf(index, name);
  if (digest.startsWith('sha256:') && digestOfText(member.text) !== digest) {
    throw damaged('the description of an image was changed: its digest is another one');
  }
  return member;
}

const blobName = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

function readIndex(json: string): ImageIndex {
  const manifest = parseManifest(json);
  if (manifest.kind !== 'index') throw damaged('the list of images is none');
  return manifest;
}

function namesOf({ annotations }: Descriptor): string[] {
  const name = annotatedName(annotations);
  return name ? [name] : [];
}
