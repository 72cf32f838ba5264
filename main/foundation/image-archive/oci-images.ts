import type { Packing } from '../../../contract/archive.ts';
import {
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  isAttestation,
  isImage,
  parseConfiguration,
  parseManifest,
  platformWords,
} from '../formats/manifest.ts';
import { readAsGo } from '../formats/read-as-go.ts';
import { damaged, excessive, RefusedArchive } from '../formats/refused-archive.ts';
import { annotatedName } from './annotated-name.ts';
import type { ArchiveIndex, IndexedMember } from './archive-index.ts';
import { isForeign } from './describe-image.ts';
import type { FileName } from './file-name.ts';
import { findMember } from './find-member.ts';
import type { FoundImage, FoundLayer, TopEntry } from './found-image.ts';
import type { Notes } from './notes.ts';
import { digestOfText, missing, readText, textOf } from './refuse-json.ts';

/** Lists within lists: containerd writes two, buildx three. */
const mostNested = 5;
const mostEntries = 10_000;

export type OciImages = {
  images: FoundImage[];
  topEntries: TopEntry[];
  /** What was left out because it is not an image, by the media types of its configurations. */
  others: string[];
};

/** The images that `index.json` of an OCI layout names, including those in lists for several platforms. */
export function findOciImages(index: ArchiveIndex, notes: Notes): OciImages {
  const { text } = textOf(index, 'index.json');
  const collected: Collected = { images: [], others: [], entries: 0, partial: 0 };
  const topEntries: TopEntry[] = [];
  for (const entry of readText('index.json', text, readIndex).manifests) {
    const first = collected.images.length;
    const partial = collected.partial;
    const name = annotatedName(entry.annotations);
    collect(index, entry, { indexes: [], names: name ? [name] : [], isTop: true }, collected, notes);
    const found = collected.images.slice(first);
    const images = found.map(({ config }) => config.digest);
    if (collected.partial > partial)
      topEntries.push(...found.map((image, at) => ({ ...entryOf(image), ...(name && at === 0 && { name }) })));
    else if (images.length > 0) topEntries.push({ descriptor: { ...entry }, ...(name && { name }), images });
  }
  return { ...collected, topEntries };
}

/** Whether a file is the list of an OCI layout, even if the marker file `oci-layout` is missing. */
export function isOciList(index: ArchiveIndex): boolean {
  const text = findMember(index, 'index.json')?.text;
  if (!text) return false;
  try {
    return readIndex(text.toString('utf8')).manifests.some(({ digest }) => findMember(index, blobName(digest)));
  } catch {
    return false;
  }
}

// docker's newer store fails at a list that names a platform whose layers are missing: it gets what is complete, without the list
const entryOf = ({ config, manifest }: FoundImage): TopEntry => ({
  descriptor: { mediaType: manifest?.mediaType, digest: manifest?.digest ?? '', size: manifest?.text.length },
  images: [config.digest],
});

type Entry = ImageIndex['manifests'][number];
type Above = { indexes: string[]; names: FileName[]; isTop: boolean };
type Collected = { images: FoundImage[]; others: string[]; entries: number; partial: number };

function collect(index: ArchiveIndex, entry: Entry, above: Above, collected: Collected, notes: Notes): void {
  if (above.indexes.length > mostNested) throw damaged('lists of images are nested too deeply');
  // a short list that names another many times, which does the same, has more entries than can ever be read
  if (++collected.entries > mostEntries) throw excessive(`there are more than ${mostEntries.toLocaleString('en')} images`);
  if (isAttestation(entry)) return;
  const name = blobName(entry.digest);
  // a file may hold only one platform of an image for several
  if (!above.isTop && !findMember(index, name)) return;
  const { text } = checkedText(index, name, entry.digest);
  const manifest = readText(name, text, (json) => (isArtifact(json) ? undefined : parseManifest(json)));
  if (manifest?.kind === 'index') {
    collectList(index, manifest, entry, above, collected, notes);
  } else if (!manifest || !isImage(manifest) || !manifest.layers.every(isLayer)) {
    collected.others.push(manifest?.config.mediaType ?? '');
  } else {
    const parts = findParts(index, manifest, above.isTop);
    const { mediaType, digest } = entry;
    const { indexes, names } = above;
    if (parts) collected.images.push({ ...parts, manifest: { text, digest, mediaType }, indexes, names });
  }
}

function collectList(index: ArchiveIndex, list: ImageIndex, self: Entry, above: Above, collected: Collected, notes: Notes): void {
  const below = { indexes: [...above.indexes, self.digest], names: above.names, isTop: false };
  const before = collected.images.length;
  let missed: RefusedArchive | undefined;
  for (const entry of list.manifests) {
    try {
      collect(index, entry, below, collected, notes);
    } catch (error) {
      if (!(error instanceof MissingLayer)) throw error;
      missed ??= error;
      collected.partial++;
      if (entry.platform) notes.noPlatform(platformWords(entry.platform));
    }
  }
  // some tools store the descriptions of all platforms but the layers of one
  if (missed && collected.images.length === before) throw missed;
}

function findParts(index: ArchiveIndex, manifest: ImageManifest, isTop: boolean): Pick<FoundImage, 'config' | 'layers'> | undefined {
  const { digest } = manifest.config;
  const name = blobName(digest);
  if (!isTop && !findMember(index, name)) return undefined;
  const { text, offset, size } = checkedText(index, name, digest);
  const diffIds = readText(name, text, parseConfiguration).rootfs.diff_ids;
  if (diffIds.length !== manifest.layers.length) throw damaged('an image doesn’t have as many layers as its configuration says');
  const layers = manifest.layers.map((layer, at) => findLayer(index, layer, diffIds[at] ?? ''));
  return { config: { name, digest, text, offset, size }, layers };
}

function findLayer(index: ArchiveIndex, { digest, mediaType, size: told, urls }: Descriptor, diffId: string): FoundLayer {
  const name = blobName(digest);
  const member = findMember(index, name);
  // Windows layers must not be redistributed: engines get them from where the image says
  const isElsewhere = (urls?.length ?? 0) > 0 && isForeign(mediaType);
  if (!member && isElsewhere) return { name, offset: 0, size: 0, digest, diffId, mediaType, packing: 'none', isAbsent: true };
  if (!member) throw new MissingLayer(digest);
  if (member.size !== told || member.isSparse) throw damaged('a layer doesn’t have the size that its image says');
  const { offset, size } = member;
  return { name, offset, size, digest, diffId, mediaType, packing: packingOf(mediaType, member) };
}

const packingOf = (mediaType: string, { packing }: IndexedMember): Packing => (/zstd$/.test(mediaType) ? 'zstd' : packing);

/** For a layer of one platform; other platforms may be complete. */
class MissingLayer extends RefusedArchive {
  constructor(digest: string) {
    const { title, reason } = missing(digest);
    super(title, reason);
  }
}

// as OCI had it for a while: a manifest of blobs without a configuration
function isArtifact(json: string): boolean {
  const { config, manifests, mediaType } = (readAsGo(json) ?? {}) as Record<string, unknown>;
  return mediaType === 'application/vnd.oci.artifact.manifest.v1+json' && config === undefined && manifests === undefined;
}

// signatures look like images, except that their layers are JSON
const isLayer = ({ mediaType }: Descriptor): boolean => mediaType === '' || /tar|octet-stream/.test(mediaType);

/** A description among the blobs, whose digest is its name. */
function checkedText(index: ArchiveIndex, name: string, digest: string): IndexedMember & { text: Buffer } {
  const member = textOf(index, name);
  if (digest.startsWith('sha256:') && digestOfText(member.text) !== digest) {
    throw damaged('the description of an image was changed: its digest is different');
  }
  return member;
}

const blobName = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

function readIndex(json: string): ImageIndex {
  const list = parseManifest(json.replace(/^\uFEFF/, ''));
  if (list.kind !== 'index') throw damaged('the list of images isn’t one');
  return list;
}
