import { isName } from '../../desk/describe-reference.ts';

/** Makes a name for an image from a file's name: "Alpine Root (3.20).tar.gz" becomes "alpine-root-3.20". */
export function suggestImageName(fileName: string): string {
  const plain = fileName
    .toLowerCase()
    .replace(/\.(?:tar|tgz|tzst|txz)(?:\.\w+)?$|\.(?:gz|zst|xz)$/, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]*-[._-]*|\.{2,}|_{3,}/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  return isName(plain) ? plain : 'imported';
}
