import pLimit from 'p-limit';
import type { ListEntry, ListPart, ListPreview } from '../../../../contract/image-list.ts';
import { checkMayPush } from '../../../foundation/registries/blobs/check-may-push.ts';
import type { Access } from '../../../foundation/registries/open-repository.ts';
import { readRegistryFacts } from '../../../foundation/registries/registry-facts.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import { contentOfRegistry } from '../content-of-registry.ts';
import { type ListedPlatform, proposeTag, slotOf, wordsOf } from './list-descriptor.ts';
import { withPlaces } from './open-sources.ts';
import { type ListChild, readPart } from './read-part.ts';

/** How many blobs are looked for at the same time. */
const atOnce = 6;

/** What the engine tells of an image, and what pushing it under a tag beside the list would send. */
export type EngineImage = {
  platform: ListedPlatform;
  push(tag: string): Promise<{ size?: number; toSend?: number; replaces?: string }>;
};

type Asked = { into: string; parts: readonly ListPart[] };

/** What a list of these images would hold, and what has to move for it. Changes nothing. */
export function previewList(
  { into, parts }: Asked,
  access: Access,
  engineImage: (reference: string) => Promise<EngineImage>,
  signal: AbortSignal = new AbortController().signal,
): Promise<ListPreview> {
  const there = parts.filter(({ from }) => from === 'registry').map(({ reference }) => reference);
  return withPlaces(
    [into, ...there],
    access,
    async ([target, ...sources]) => {
      if (!target) throw new Error('no target');
      const { repository, version: tag } = target;
      await checkMayPush(repository, signal);
      const entries: ListEntry[] = [];
      for (const { from, reference } of parts) {
        if (from === 'engine') {
          entries.push(await engineEntry(reference, await engineImage(reference), tag));
          continue;
        }
        const source = sources.shift();
        if (!source) continue;
        const children = await readPart(source.repository, source.version, signal);
        for (const child of children) entries.push(await entryOf(child, reference, repository, signal));
      }
      const [facts, replaces] = await Promise.all([readRegistryFacts(repository, access, signal), whatIsThere(repository, tag, signal)]);
      // the same image may come by two names
      const unique = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
      return { entries: unique, target: facts, ...(replaces && { replaces }) };
    },
    signal,
  );
}

async function engineEntry(reference: string, { platform, push }: EngineImage, tag: string): Promise<ListEntry> {
  const words = wordsOf(platform);
  const name = proposeTag(tag, words);
  const { replaces, ...bytes } = await push(name);
  const key = engineKey(reference);
  return {
    key,
    platform: words,
    slot: slotOf(platform),
    from: reference,
    way: 'push',
    statements: 0,
    ...bytes,
    tag: { name, ...(replaces && { replaces }) },
  };
}

/** By what an image of the engine is chosen, which has no digest of a registry yet. */
export const engineKey = (reference: string): string => `engine ${reference}`.slice(0, 300);

async function entryOf(child: ListChild, from: string, target: Repository, signal: AbortSignal): Promise<ListEntry> {
  const { listed, platform, slot, statements, source } = child;
  const key = listed.digest;
  const entry = { key, platform, slot, from: from.split('@')[0] ?? from, statements: statements.length };
  const content = await contentOfRegistry(source, key, {}, signal);
  const layers = content.blobs.filter(({ kind }) => kind === 'layer');
  const size = layers.reduce((sum, blob) => sum + blob.size, 0);
  const isNear = source.client.registry === target.client.registry;
  if (isNear && source.name === target.name) return { ...entry, size, way: 'there-already', toSend: 0 };
  if (isNear) return { ...entry, size, way: 'mount', toSend: 0 };
  const limit = pLimit(atOnce);
  const missing = await Promise.all(layers.map((blob) => limit(async () => ((await target.hasBlob(blob, signal)) ? 0 : blob.size))));
  return { ...entry, size, way: 'send', toSend: missing.reduce((sum, bytes) => sum + bytes, 0) };
}

async function whatIsThere(repository: Repository, tag: string, signal: AbortSignal): Promise<ListPreview['replaces']> {
  const digest = await repository.findDigest(tag, signal);
  if (digest === undefined) return undefined;
  // a name may lead to what is no image, and can move nevertheless
  const children = await readPart(repository, digest, signal).catch(() => []);
  signal.throwIfAborted();
  return { digest, platforms: children.map(({ platform, slot }) => ({ platform, slot })) };
}
