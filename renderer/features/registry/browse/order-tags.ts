/** A tag, and what it is sorted by. */
export type OrderedTag = { tag: string; key: string };

/** The most digits of a number in a tag that are compared as one; dates and hashes have fewer. */
const digits = 20;

/** A key by which versions follow each other as numbers: 1.10 comes after 1.9. */
export const orderedTag = (tag: string): OrderedTag => ({
  tag,
  key: tag.toLowerCase().replace(/\d+/g, (number) => number.padStart(digits, '0')),
});

// names come before versions, and the highest version before all others
const isBefore = (one: OrderedTag, other: OrderedTag): boolean => one.key > other.key || (one.key === other.key && one.tag > other.tag);

/** Puts further tags among those that are in order already: names first, then the highest versions. */
export function withTags(before: readonly OrderedTag[], tags: readonly string[]): OrderedTag[] {
  const more = tags.map(orderedTag).sort((one, other) => (isBefore(one, other) ? -1 : 1));
  const all: OrderedTag[] = [];
  let at = 0;
  for (const one of more) {
    for (let next = before[at]; next && isBefore(next, one); next = before[at]) {
      all.push(next);
      at += 1;
    }
    all.push(one);
  }
  return all.concat(before.slice(at));
}

/** Tags that are no images of their own: what cosign and others keep beside an image, under a name made of its digest. */
export function attachedTo(tag: string): { digest: string; what: 'signature' | 'attestation' | 'list' } | undefined {
  const [, algorithm, hash, end] = /^(sha256|sha512)-([0-9a-f]{64,128})(?:\.(sig|att|sbom))?$/.exec(tag) ?? [];
  if (hash === undefined) return undefined;
  return { digest: `${algorithm}:${hash}`, what: end === 'sig' ? 'signature' : end ? 'attestation' : 'list' };
}

/** The digests that tags hold a signature of; statements about an image and lists of what is about it sign nothing by themselves. */
export const signedDigests = (tags: readonly string[]): Set<string> =>
  new Set(
    tags.flatMap((tag) => {
      const about = attachedTo(tag);
      return about?.what === 'signature' ? [about.digest] : [];
    }),
  );
