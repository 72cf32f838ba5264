import { recordType } from '../formats/build-record.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';
import { unclearName } from '../formats/tar/tar-member.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { findDockerImages } from './docker-images.ts';
import { findMember } from './find-member.ts';
import { recordsOnly } from './find-records.ts';
import type { FoundImage, FoundImages, TopEntry } from './found-image.ts';
import { type DiffIdAt, findLegacyImages, isLegacy } from './legacy-images.ts';
import { Notes } from './notes.ts';
import { findOciImages, isOciList, type OciImages } from './oci-images.ts';

/**
 * The images of a tarball, each once, even if two lists name it. Undefined if there is no list; refuses what does not add up.
 * Images saved before Docker 1.10 are found only if the digests of their layers are given.
 */
export function findImages(index: ArchiveIndex, diffIdAt?: DiffIdAt): FoundImages | undefined {
  const hasDocker = hasDockerList(index);
  const hasOci = index.members.has('index.json') && (index.members.has('oci-layout') || isOciList(index));
  const isOld = isLegacy(index);
  if (!hasDocker && !hasOci && !isOld) return undefined;
  const [repeated] = index.repeated;
  if (repeated) throw ambiguous(repeated);
  refuseDetours(index);
  const notes = new Notes();
  if (isOld) return diffIdAt && findLegacyImages(index, diffIdAt, notes);
  const docker = hasDocker ? findDockerImages(index, notes) : [];
  const oci = hasOci ? readOci(index, docker, notes) : nothing;
  const images = new Map<string, FoundImage>();
  for (const image of [...docker, ...oci.images]) {
    const same = images.get(image.config.digest);
    images.set(image.config.digest, same ? join(same, image) : image);
  }
  if (images.size === 0) throw noImage(oci.others);
  if (oci.others.length > 0) notes.noImage();
  const named = giveNamesOnce([...images.values()], notes);
  return { format: hasDocker ? 'docker' : 'oci', images: named, topEntries: entriesOf(oci, docker, named), notes: notes.sentences };
}

const nothing: OciImages = { images: [], topEntries: [], others: [] };

// the first docker 25 wrote a second list that does not add up, next to the usual one that does
function readOci(index: ArchiveIndex, docker: FoundImage[], notes: Notes): OciImages {
  try {
    return findOciImages(index, notes);
  } catch (error) {
    if (docker.length === 0 || !(error instanceof RefusedArchive)) throw error;
    notes.secondList();
    return nothing;
  }
}

// web pages and browser extensions have a manifest.json too, which is not a list
const hasDockerList = (index: ArchiveIndex): boolean => {
  const member = findMember(index, 'manifest.json');
  return member !== undefined && (!member.text || /^[\s\uFEFF]*\[/.test(member.text.toString('utf8', 0, 100)));
};

// an OCI layout says more about layers: digests and media types
function join(one: FoundImage, other: FoundImage): FoundImage {
  const { docker } = { ...other, ...one };
  const names = new Map([...one.names, ...other.names].map((name) => [name.docker, name]));
  return {
    ...(one.manifest ? one : other),
    indexes: [...new Set([...one.indexes, ...other.indexes])],
    names: [...names.values()],
    ...(docker && { docker }),
  };
}

/** If several images have one name, docker gives it to the last and Podman to the first; those of one list, for several platforms, share it. */
function giveNamesOnce(images: FoundImage[], notes: Notes): FoundImage[] {
  const last = new Map(images.flatMap((image) => image.names.map((name) => [name.docker, image] as const)));
  return images.map((image) => {
    const names = image.names.filter((name) => {
      const holder = last.get(name.docker);
      const isOwn = holder === image || image.indexes.some((list) => holder?.indexes.includes(list));
      if (!isOwn) notes.sharedName(name.docker);
      return isOwn;
    });
    return { ...image, names };
  });
}

/** The entries of an OCI layout that lead to the images, with the images' names; none if docker's list says more. */
function entriesOf({ images, topEntries }: OciImages, docker: FoundImage[], all: FoundImage[]): TopEntry[] {
  const there = new Set(images.map(({ config }) => config.digest));
  if (!docker.every(({ config }) => there.has(config.digest))) return [];
  const namesOf = new Map(all.map(({ config, names }) => [config.digest, names]));
  const isListed = new Set<string>();
  return topEntries.flatMap(({ name, ...entry }) => {
    const given = entry.images.flatMap((digest) => namesOf.get(digest) ?? []);
    const { digest } = entry.descriptor;
    if (entry.images.length > 1) return [{ ...entry, ...(given.some((held) => held.docker === name?.docker) && name && { name }) }];
    // an image gets all of its names at once, including those of docker's list
    if (isListed.has(digest)) return [];
    isListed.add(digest);
    return given.length === 0 ? [entry] : given.map((own) => ({ ...entry, name: own }));
  });
}

// what lies behind a link to a folder has two names, only one of which is seen here; no tool writes such files
function refuseDetours({ members }: ArchiveIndex): void {
  for (const list of ['manifest.json', 'index.json', 'oci-layout', 'repositories']) {
    const member = members.get(list);
    if (member && (member.kind !== 'file' || member.isSparse)) throw unclearName(`“${list}” isn’t an ordinary file`);
  }
  if (![...members.values()].some(({ kind }) => kind === 'symlink')) return;
  for (const name of members.keys()) {
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      if (members.has(name.slice(0, slash))) throw unclearName('a file is in a folder that is really a link');
    }
  }
}

function noImage(others: string[]): RefusedArchive {
  if (others.length === 0) return new RefusedArchive('The file holds no image', 'It has a list of images, but the list is empty.');
  if (others.includes(recordType)) return recordsOnly;
  const what = others.some((type) => /helm/.test(type)) ? 'a Helm chart' : 'something else that registries store, such as a signature';
  return new RefusedArchive(
    'The file holds no image',
    `What is in it is ${what}. An engine has no use for that; open it with the program that made it.`,
  );
}

const ambiguous = (name: string): RefusedArchive =>
  new RefusedArchive(
    'The file can’t be trusted',
    `It contains “${name}” twice, and engines disagree about which one counts. No tool writes images like that; don’t use it.`,
  );
