import { splitReference } from '../../../desk/image-name.ts';

/** One of two compared images: what it is called, and where it is ("on Docker", "in a file"). */
export type NamedSide = { name: string; place: string };

/** What tells two images apart in as few words as possible: their tags, their names, or where they are. */
export function sideNames([first, second]: [NamedSide, NamedSide]): [string, string] {
  if (first.name !== second.name) {
    const [one, other] = [splitReference(first.name), splitReference(second.name)];
    if (one.repository !== other.repository || !one.tag || !other.tag) return [first.name, second.name];
    // “2” alone says nothing in a sentence
    const isClear = one.tag.length > 2 && other.tag.length > 2;
    const last = one.repository.slice(one.repository.lastIndexOf('/') + 1);
    return isClear ? [one.tag, other.tag] : [`${last}:${one.tag}`, `${last}:${other.tag}`];
  }
  if (first.place !== second.place) return [`the one ${first.place}`, `the one ${second.place}`];
  return ['the first', 'the second'];
}
