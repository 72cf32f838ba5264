import { posix } from 'node:path';
import { shownName } from '../formats/name-bytes.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';
import type { ArchiveIndex, IndexedMember } from './archive-index.ts';
import { cleanName } from './clean-name.ts';

/** The most links that one name may lead through; docker before 25 and podman write one. */
const mostLinks = 8;

/** The file of that name, following links as `docker save` writes them for layers that images share. Undefined if it is missing. */
export function findMember(index: ArchiveIndex, name: string): IndexedMember | undefined {
  let place = cleanName(name);
  for (let step = 0; step <= mostLinks; step++) {
    const member = place === undefined ? undefined : index.members.get(place);
    if (!member || place === undefined) return undefined;
    if (member.kind === 'file') return member;
    // a hard link names its target from the root of the tarball, a symbolic one from its own folder
    if (member.kind === 'hard-link') place = cleanName(member.linkName);
    else if (member.kind === 'symlink' && !member.linkName.startsWith('/')) {
      place = cleanName(posix.join(posix.dirname(place), member.linkName));
    } else return undefined;
  }
  throw new RefusedArchive(
    'The file is damaged',
    `“${shownName(name.slice(0, 80))}” in it is a link that leads back to itself. Save the image again.`,
  );
}
