import { splitReference } from '../../../desk/image-name.ts';

/** One of two compared images: what it is called, and where it is ("on Docker", "in a file"). */
export type NamedSide = { name: string; place: string };

/** What tells two images apart in as few words as possible: their tags, their names, or where they are. */
export function sideNames([first, second]: [NamedSide, NamedSide]): [string, string] {
  if (first.name !== second.name) {
    const [one, other] = [splitReference(first.name), splitReference(second.name)];
    return one.repository === other.repository && one.tag && other.tag ? [one.tag, other.tag] : [first.name, second.name];
  }
  if (first.place !== second.place) return [`the one ${first.place}`, `the one ${second.place}`];
  return ['the first', 'the second'];
}
