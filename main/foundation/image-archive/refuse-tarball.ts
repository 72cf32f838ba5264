import { shownName } from '../formats/name-bytes.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';
import type { ArchiveIndex } from './archive-index.ts';
import type { SystemSigns } from './system-signs.ts';

/** For a tarball with neither an image nor a system: says what it is, and what can be done with it. */
export function refuseTarball(index: ArchiveIndex): RefusedArchive {
  if (isFolderCopy(index)) return folderCopy;
  const signs = index.system;
  const kind = kinds.find(({ is }) => is(signs));
  return kind ? kind.say(signs) : ofSomethingElse(signs);
}

// `skopeo copy … dir:` writes the manifest itself where others write a list
const isFolderCopy = ({ members }: ArchiveIndex): boolean =>
  members.has('version') && /"(?:layers|manifests|fsLayers)"/.test(members.get('manifest.json')?.text?.toString('utf8') ?? '');

const folderCopy = new RefusedArchive(
  'This is a packed skopeo folder',
  'Its parts make up an image, but in the layout of “skopeo copy … dir:”, which no engine loads. Copy the image again, with “docker-archive:” instead of “dir:”.',
);

type Kind = { is(signs: SystemSigns): boolean; say(signs: SystemSigns): RefusedArchive };

const say = (title: string, reason: string) => () => new RefusedArchive(title, reason);

/** From the surest sign to the vaguest. */
const kinds: Kind[] = [
  {
    is: ({ files, firstNames }) => files === 0 && firstNames.length === 0,
    say: say('The tarball is empty', 'There isn’t a single file in it. Copy, download or save it again.'),
  },
  {
    is: ({ innerImage }) => innerImage !== undefined,
    say: ({ innerImage }) =>
      new RefusedArchive(
        'The image is one folder too deep',
        `Somebody unpacked an image and packed its folder “${innerImage}” again. Unpack it and pack the contents of that folder without the folder itself.`,
      ),
  },
  {
    is: ({ dockerfile }) => dockerfile !== undefined,
    say: ({ dockerfile }) =>
      new RefusedArchive(
        'This is a project, not an image',
        `It holds a Dockerfile (“${dockerfile}”), from which an image can be built. Unpack it and drop the folder here.`,
      ),
  },
  {
    is: ({ files, firstNames }) => files === 1 && firstNames.some((name) => /\.(?:tar|tgz|tar\.\w+|zip)$/i.test(name)),
    say: ({ firstNames }) =>
      new RefusedArchive(
        'There is another archive in this one',
        `It holds nothing but “${firstNames.find((name) => !name.endsWith('/'))}”. Unpack it once and drop the result here.`,
      ),
  },
  {
    is: ({ hasWhiteouts, topNames }) => hasWhiteouts || topNames.size > 0,
    say: say(
      'This looks like a single layer of an image',
      'It holds some files of a system, but neither a whole system nor a description of an image. Save the whole image where this came from.',
    ),
  },
  {
    is: ({ firstNames }) => firstNames.some((name) => /^(?:_data\/|PG_VERSION$|base\/|ibdata1$|mysql\/|dump\.rdb$|WiredTiger$)/.test(name)),
    say: say(
      'This is data, perhaps from a volume',
      'A volume holds what a container has stored, not the image it was started from. It is restored into a volume, not loaded.',
    ),
  },
];

function ofSomethingElse({ firstNames }: SystemSigns): RefusedArchive {
  const names = firstNames.slice(0, 3).map((name) => `“${shownName(name.slice(0, 60))}”`);
  return new RefusedArchive(
    'This tarball holds no image',
    `It begins with ${names.join(', ')}. An image comes with a list of its layers, as “Save” or docker save writes it; that list is missing.`,
  );
}
