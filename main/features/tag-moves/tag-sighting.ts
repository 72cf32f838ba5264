import type { TaskKind } from '../../../contract/task.ts';

/** What an event told: from then on, an image had a name. Times in milliseconds since 1970. */
export type TagEvent = {
  name: string;
  /** By id or digest; undefined if the name was removed. */
  image?: string | undefined;
  at: number;
  /** Every move since the last list was told, so that the name was until then where it is known to have been. */
  isWatched: boolean;
  /** The engine told it from its memory, and may have told it before. */
  isRepeated?: boolean;
};

/** Names of a place as they were at some time between `began` and `ended`; without an image, a name that is not there. */
export type TagList = {
  names: readonly (readonly [name: string, image: string | undefined])[];
  began: number;
  ended: number;
  /** Names of which an event has told since it began: the list may be older than that. */
  skip: readonly string[];
  /** What events told without a name, since the list before. */
  hints: readonly Hint[];
  /** No event was missed since the list before. */
  isWatched: boolean;
  /** By which registries may know images, as far as this wasn't told before. */
  digests?: readonly (readonly [image: string, digest: string])[];
  /** There may be more names, of which it says nothing. */
  isPart?: boolean;
};

/** An event without the name that moved: an image lost one, or one came by way of a file or of a registry. */
export type Hint = { kind: 'lost' | 'came'; image?: string; name?: string; at: number };

/** What this app did to names, so that their moves can be told apart from others'. */
export type Doing = {
  kind: TaskKind;
  task: string;
  names: readonly string[];
  /** Where they lead afterwards, if that is known; null if they were removed. */
  image?: string | null;
  startedAt: number;
  endedAt: number;
};

/** What one place has told since it was last written down. */
export type Sighting = { place: string; now: number; events: readonly TagEvent[]; list?: TagList; doings: readonly Doing[] };

/** A name as the engine wrote it, in its two parts. */
export function splitName(name: string): [repository: string, tag: string] {
  const colon = name.lastIndexOf(':');
  return colon <= name.lastIndexOf('/') ? [name, ''] : [name.slice(0, colon), name.slice(colon + 1)];
}
