import { shortId } from '../ui/short-id.ts';

/** A name that every file system takes: "hello-web-1.4.2.tar". */
export function suggestFileName(references: string[]): string {
  const [first = 'images'] = references;
  if (references.length > 1 && !sameImageName(references)) return `${references.length}-images.tar`;
  const plain = first.startsWith('sha256:') ? `image-${shortId(first)}` : (first.split('/').pop() ?? first);
  return `${plain.replace(/[^\w.-]+/g, '-').slice(0, 120)}.tar`;
}

/** Several tags of one repository are one thing to a person. */
function sameImageName(references: string[]): boolean {
  const names = references.map((reference) => reference.split('/').pop()?.split(':')[0]);
  return new Set(names).size === 1;
}
