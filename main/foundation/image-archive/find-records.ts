import { mostFromFiles, parseBuildRecord, recordType } from '../formats/build-record.ts';
import { matchesDigest } from '../formats/digest.ts';
import { type ImageManifest, parseManifest } from '../formats/manifest.ts';
import { damaged, excessiveRecord, RefusedArchive } from '../formats/refused-archive.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { findMember } from './find-member.ts';
import type { FoundRecord } from './found-record.ts';
import { readText, textOf } from './refuse-json.ts';

/** Lists within lists: buildx writes two. */
const mostNested = 3;
/** Entries of all lists together; an engine remembers fewer builds. */
const mostEntries = 1000;

/**
 * The build records in a tarball, as `docker buildx history export` writes them: an OCI layout in which a record takes the place of an
 * image's configuration. Undefined unless everything that the layout lists is one; refuses what does not add up.
 */
export function findRecords(index: ArchiveIndex): FoundRecord[] | undefined {
  if (!index.members.has('index.json') || index.members.has('manifest.json')) return undefined;
  const manifests = manifestsOf(index);
  if (manifests.length === 0 || !manifests.every(({ config }) => config.mediaType === recordType)) return undefined;
  const [repeated] = index.repeated;
  if (repeated !== undefined) throw repeatedIn(repeated);
  if (manifests.length > mostFromFiles) throw tooManyBuilds;
  return manifests.map((manifest) => foundRecord(index, manifest));
}

/** Everything that the layout leads to; nothing if something can't be read, which is said where images are looked for. */
function manifestsOf(index: ArchiveIndex): ImageManifest[] {
  const found: ImageManifest[] = [];
  try {
    collect(index, textOf(index, 'index.json').text, { found, depth: 0, entries: 0 });
    return found;
  } catch (error) {
    if (error instanceof RefusedArchive) return [];
    throw error;
  }
}

type Collected = { found: ImageManifest[]; depth: number; entries: number };

function collect(index: ArchiveIndex, text: Buffer, collected: Collected): void {
  const read = readText('index.json', text, parseManifest);
  if (read.kind === 'image') collected.found.push(read);
  else {
    if (++collected.depth > mostNested) throw damaged('lists of build records are nested too deeply');
    for (const { digest } of read.manifests) {
      // a short list that names another many times has more entries than can ever be read
      if (++collected.entries > mostEntries) throw excessiveRecord(`there are more than ${mostEntries.toLocaleString('en')} build records`);
      collect(index, checkedText(index, digest), collected);
    }
    collected.depth--;
  }
}

function foundRecord(index: ArchiveIndex, { config, layers }: ImageManifest): FoundRecord {
  const text = checkedText(index, config.digest);
  const { logs } = readText(blobName(config.digest), text, parseBuildRecord);
  const blobs = layers.map(({ digest, size }) => {
    const member = findMember(index, blobName(digest));
    if (!member) throw partMissing;
    if (member.size !== size || member.isSparse) throw damaged('part of a build record doesn’t have the size that its list says');
    return { digest, offset: member.offset, size };
  });
  if (logs && !blobs.some(({ digest }) => digest === logs.digest)) throw partMissing;
  return { text, blobs };
}

function checkedText(index: ArchiveIndex, digest: string): Buffer {
  const { text } = textOf(index, blobName(digest));
  if (!matchesDigest(text, digest)) throw damaged('the description of a build was changed: its digest is different');
  return text;
}

const blobName = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

const repeatedIn = (name: string) =>
  new RefusedArchive('The file can’t be trusted', `It contains ${name} twice. No tool writes files like that; don’t use it.`);

const tooManyBuilds = new RefusedArchive(
  'The file holds too many builds',
  `Layerdeck keeps up to ${mostFromFiles} builds from files, and this one has more. Export fewer at once, by naming them to docker buildx history export.`,
);

const partMissing = new RefusedArchive(
  'Part of the build record is missing from the file',
  'The record names its log or something else that isn’t there. Export the build again, with docker buildx history export.',
);

/** For a file of which images are asked. */
export const recordsOnly = new RefusedArchive(
  'The file holds build records, not images',
  'They say how images were built. Drop the file on the window to see them among your builds.',
);
