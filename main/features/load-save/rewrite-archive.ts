import { rewriteTar } from '../../foundation/formats/tar/rewrite-tar.ts';
import type { TarMember } from '../../foundation/formats/tar/tar-member.ts';
import { type ArchiveIndex, isList } from '../../foundation/image-archive/archive-index.ts';
import { cleanName } from '../../foundation/image-archive/clean-name.ts';
import type { FoundImages } from '../../foundation/image-archive/found-image.ts';
import { suitcaseNoteName } from '../../foundation/image-archive/suitcase-note.ts';
import { WatchedArchive } from './watched-archive.ts';

/**
 * An archive without its lists of images and without the layers that are left out, followed by what `append` makes of the images
 * that were in it. Every layer is checked, left out or not; if one doesn't match its image, it throws before the end.
 */
export function rewriteArchive(
  tarball: AsyncIterable<Buffer>,
  leftOut: ReadonlySet<string> | undefined,
  append: (found: FoundImages) => Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const watched = new WatchedArchive();
  return rewriteTar(tarball, {
    isLeftOut: (member) => isOwnList(member) || leftOut?.has(cleanName(member.name) ?? '') || leadsNowhereYet(member, watched.index),
    see: watched.see.bind(watched),
    append: async () => append(await watched.finish()),
  });
}

// the lists are Layerdeck's own, and so is the note that says for whom a file was packed
const isOwnList = ({ name, kind }: TarMember): boolean => {
  const place = cleanName(name) ?? '';
  return kind !== 'folder' && (isList(place) || place === suitcaseNoteName);
};

// docker creates a hard link as soon as it comes, and refuses the whole file if the target has not come yet
const leadsNowhereYet = ({ kind, linkName }: TarMember, { members, isFull }: ArchiveIndex): boolean =>
  kind === 'hard-link' && !isFull && !members.has(cleanName(linkName) ?? '');
