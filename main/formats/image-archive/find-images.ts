import { RefusedArchive } from '../refused-archive.ts';
import { unclearName } from '../tar/tar-member.ts';
import type { ArchiveIndex } from './archive-index.ts';
import { findDockerImages } from './docker-images.ts';
import { findMember } from './find-member.ts';
import type { FoundImage } from './found-image.ts';
import { findOciImages } from './oci-images.ts';

export type FoundImages = { format: 'docker' | 'oci'; images: FoundImage[] };

/** The images of a tarball, each once, also where two lists name it. Undefined where there is no list; refuses what does not add up. */
export function findImages(index: ArchiveIndex): FoundImages | undefined {
  const hasDocker = hasDockerList(index);
  const hasOci = index.members.has('index.json') && index.members.has('oci-layout');
  if (!hasDocker && !hasOci) return undefined;
  const [repeated] = index.repeated;
  if (repeated) throw ambiguous(repeated);
  refuseDetours(index);
  const images = new Map<string, FoundImage>();
  for (const image of [...(hasDocker ? findDockerImages(index) : []), ...(hasOci ? findOciImages(index) : [])]) {
    const same = images.get(image.config.digest);
    images.set(image.config.digest, same ? join(same, image) : image);
  }
  if (images.size === 0) throw new RefusedArchive('The file holds no image', 'It has a list of images, but the list is empty.');
  return { format: hasDocker ? 'docker' : 'oci', images: [...images.values()] };
}

// web pages and browser extensions have a manifest.json too: it is no list
const hasDockerList = (index: ArchiveIndex): boolean => {
  const member = findMember(index, 'manifest.json');
  return member !== undefined && (!member.text || /^[\s\uFEFF]*\[/.test(member.text.toString('utf8', 0, 100)));
};

// what an OCI layout tells of layers is more: digests and media types
function join(one: FoundImage, other: FoundImage): FoundImage {
  const richer = one.manifest ? one : other;
  return {
    ...richer,
    indexes: [...new Set([...one.indexes, ...other.indexes])],
    references: [...new Set([...one.references, ...other.references])],
  };
}

// what lies behind a link to a folder has two names, of which only one is seen here; no tool writes such files
function refuseDetours({ members }: ArchiveIndex): void {
  for (const list of ['manifest.json', 'index.json', 'oci-layout']) {
    const member = members.get(list);
    if (member && (member.kind !== 'file' || member.isSparse)) throw unclearName(`“${list}” is no ordinary file`);
  }
  if (![...members.values()].some(({ kind }) => kind === 'symlink')) return;
  for (const name of members.keys()) {
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      if (members.has(name.slice(0, slash))) throw unclearName('a file lies in a folder that is a link');
    }
  }
}

const ambiguous = (name: string): RefusedArchive =>
  new RefusedArchive(
    'The file is not to be trusted',
    `It has “${name}” twice, and it depends on the engine which one counts. No tool writes images like that; do not use it.`,
  );
