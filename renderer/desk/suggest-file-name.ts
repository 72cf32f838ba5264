import { shortId } from '../ui/format.ts';

export type SavePacking = 'plain' | 'gzip' | 'zstd';

const endings: Record<SavePacking, string> = { plain: '.tar', gzip: '.tar.gz', zstd: '.tar.zst' };

/** What a file that is packed so ends in. */
export const fileEnding = (packing: SavePacking): string => endings[packing];

/** A name that every file system takes: "hello-web-1.4.2.tar". Its ending says how the file is packed. */
export function suggestFileName(references: string[], packing: SavePacking = 'plain', images = references.length): string {
  const [first = 'images'] = references;
  const ending = endings[packing];
  if (images > 1 && !sameImageName(references)) return `${images}-images${ending}`;
  const plain = first.startsWith('sha256:') ? `image-${shortId(first)}` : (first.split('/').pop() ?? first);
  return `${plain.replace(/[^\w.-]+/g, '-').slice(0, 120)}${ending}`;
}

/** Several tags of one repository are one thing to a person. */
function sameImageName(references: string[]): boolean {
  const names = references.map((reference) => reference.split('/').pop()?.split(':')[0]);
  return new Set(names).size === 1;
}
