import { digestOf } from '../formats/digest.ts';
import { damaged, excessive, RefusedArchive } from '../formats/refused-archive.ts';
import type { ArchiveIndex, IndexedMember } from './archive-index.ts';
import { mostText } from './archive-index.ts';
import { findMember } from './find-member.ts';

/** The text of a description in the tarball. Refuses it if it is missing, too long or not JSON at all. */
export function textOf(index: ArchiveIndex, name: string): IndexedMember & { text: Buffer } {
  const member = findMember(index, name);
  if (!member) throw missing(name);
  const { text } = member;
  if (!text && member.size > mostText) throw excessive(`“${short(name)}” is longer than any description of an image`);
  if (!text) throw damaged(`“${short(name)}” isn’t a description of an image`);
  return { ...member, text };
}

/** Reads a description; `read` throws if it is not what it should be. A million names for one description take no more work than one. */
export function readText<T>(name: string, text: Buffer, read: (text: string) => T): T {
  return once(text, read, () => {
    try {
      return read(text.toString('utf8').replace(/^\uFEFF/, ''));
    } catch (error) {
      if (error instanceof RefusedArchive) throw error;
      throw damaged(`the description “${short(name)}” isn’t in the expected format`);
    }
  });
}

export const digestOfText = (text: Buffer): string => once(text, digestOf, () => digestOf(text));

const results = new WeakMap<Buffer, Map<unknown, unknown>>();

function once<T>(text: Buffer, key: unknown, make: () => T): T {
  const made = results.get(text) ?? new Map<unknown, unknown>();
  results.set(text, made);
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

/** For a missing part that the image's own description names. */
export const missing = (name: string): RefusedArchive =>
  new RefusedArchive(
    'Part of the image is missing from the file',
    `Its description names “${short(name)}”, which isn’t there. Save the image again, with all its layers.`,
  );

const short = (name: string): string => (name.length > 40 ? `${name.slice(0, 32)}…` : name);
