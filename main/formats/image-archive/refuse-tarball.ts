import { RefusedArchive } from '../refused-archive.ts';
import type { ArchiveIndex } from './archive-index.ts';
import type { SystemSigns } from './system-signs.ts';

/** Says what a tarball is that holds neither an image nor a system, and what can be done with it. */
export function refuseTarball(index: ArchiveIndex): RefusedArchive {
  if (isFolderCopy(index)) return folderCopy;
  if (isOfOldDocker(index)) return ofOldDocker;
  const signs = index.system;
  const kind = kinds.find(({ is }) => is(signs));
  return kind ? kind.say(signs) : ofSomethingElse(signs);
}

// `skopeo copy … dir:` writes the manifest itself where others have a list
const isFolderCopy = ({ members }: ArchiveIndex): boolean =>
  members.has('version') && /"(?:layers|manifests|fsLayers)"/.test(members.get('manifest.json')?.text?.toString('utf8') ?? '');

const folderCopy = new RefusedArchive(
  'This is a folder of skopeo, packed',
  'Its parts are an image, but lie there as “skopeo copy … dir:” keeps them, which no engine loads. Copy the image again, with “docker-archive:” in the place of “dir:”.',
);

const isOfOldDocker = ({ members }: ArchiveIndex): boolean =>
  members.has('repositories') && [...members.keys()].some((name) => /^[0-9a-f]{64}\/layer\.tar$/.test(name));

const ofOldDocker = new RefusedArchive(
  'The image was saved by a very old Docker',
  'Docker before 1.10 described images in another way, which Layerdeck does not read. Load it with docker load on an engine up to 20.10, and save it from there again.',
);

type Kind = { is(signs: SystemSigns): boolean; say(signs: SystemSigns): RefusedArchive };

const say = (title: string, reason: string) => () => new RefusedArchive(title, reason);

/** From the surest sign to the vaguest. */
const kinds: Kind[] = [
  {
    is: ({ files, firstNames }) => files === 0 && firstNames.length === 0,
    say: say('The tarball is empty', 'There is not a single file in it. Copy, download or save it again from where it came.'),
  },
  {
    is: ({ innerImage }) => innerImage !== undefined,
    say: ({ innerImage }) =>
      new RefusedArchive(
        'The image lies one folder too deep',
        `Somebody unpacked an image and packed its folder “${innerImage}” again. Unpack it, and pack what is in that folder without the folder.`,
      ),
  },
  {
    is: ({ dockerfile }) => dockerfile !== undefined,
    say: ({ dockerfile }) =>
      new RefusedArchive(
        'This is a project, not an image',
        `It holds a Dockerfile (“${dockerfile}”), from which an image can be built. Unpack it, and drop the folder here.`,
      ),
  },
  {
    is: ({ files, firstNames }) => files === 1 && firstNames.some((name) => /\.(?:tar|tgz|tar\.\w+|zip)$/i.test(name)),
    say: ({ firstNames }) =>
      new RefusedArchive(
        'There is another archive in this one',
        `It holds nothing but “${firstNames.find((name) => !name.endsWith('/'))}”. Unpack it once, and drop what comes out here.`,
      ),
  },
  {
    is: ({ hasWhiteouts, topNames }) => hasWhiteouts || topNames.size > 0,
    say: say(
      'This looks like a single layer of an image',
      'It holds some files of a system, but neither a whole system nor a description of an image. Save the whole image where it came from.',
    ),
  },
  {
    is: ({ firstNames }) => firstNames.some((name) => /^(?:_data\/|PG_VERSION$|base\/|ibdata1$|mysql\/|dump\.rdb$|WiredTiger$)/.test(name)),
    say: say(
      'These are data, perhaps of a volume',
      'A volume holds what a container has stored, not the image it was started from. It is restored into a volume, not loaded.',
    ),
  },
];

function ofSomethingElse({ firstNames }: SystemSigns): RefusedArchive {
  const names = firstNames.slice(0, 3).map((name) => `“${name.slice(0, 60)}”`);
  return new RefusedArchive(
    'This tarball holds no image',
    `It begins with ${names.join(', ')}. An image comes with a list of its layers, as “Save” or docker save write it; that is missing.`,
  );
}
