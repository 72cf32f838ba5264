import type { CacheGroup, CacheItem, CleanUpItem, ComesBack, ImageItem } from '../../../contract/disk.ts';
import type { FreedSpace } from '../../../contract/image.ts';
import { imageName } from '../../desk/image-name.ts';
import { bytes, count, dayAndMonth, duration, listed } from '../../ui/format.ts';

/** What it is called. */
export function titleOf(item: CleanUpItem): string {
  switch (item.kind) {
    case 'image':
      return item.formerly !== undefined ? `Untagged, was ${item.formerly}` : imageName(item);
    case 'container':
      return item.name;
    case 'cache':
      return `${groups[item.group]}${item.isOld ? ', not used for two weeks' : ''}`;
  }
}

const groups: Record<CacheGroup, string> = {
  steps: 'Results of build steps',
  mounts: 'Folders that build steps keep',
  sources: 'Files that builds were sent',
  own: 'What the builder needs for itself',
};

/** What more there is to know: why it may go, or why not. */
export function whyOf(item: CleanUpItem): string {
  switch (item.kind) {
    case 'image':
      return whyImage(item);
    case 'container':
      return item.stays ? `A container of ${item.image} that runs` : `A container of ${item.image} that doesn’t run`;
    case 'cache':
      return `Build cache, ${count(item.records.length, 'part')}`;
  }
}

function whyImage({ references, usedBy, formerly, keptUntil }: ImageItem): string {
  if (usedBy.length > 0) return `In use by ${usedBy.length > 2 ? count(usedBy.length, 'container') : listed(usedBy)}`;
  if (keptUntil !== undefined) return `A tag has left it. Kept for undo until ${dayAndMonth(keptUntil)}`;
  if (formerly !== undefined) return 'A newer build took its name';
  if (references.length === 0) return 'Nothing calls it by a name any more';
  return references.length > 1 ? `${count(references.length, 'name')}, no container uses it` : 'No container uses it';
}

/** How it can be had again, in a few words, and how sure that is. */
export function backWords(item: CleanUpItem): { words: string; sureness: 'sure' | 'stated' | 'unknown' } {
  if (item.kind === 'cache') return { words: cacheWords(item), sureness: 'sure' };
  if (item.kind === 'container') return { words: 'Not at all: what it wrote is nowhere else', sureness: 'unknown' };
  return comesBackWords(item.comesBack);
}

const cacheWords = ({ group }: CacheItem): string =>
  group === 'mounts'
    ? 'Filled again by the next build'
    : group === 'sources'
      ? 'Sent again by the next build'
      : 'Made again by the next build';

export function comesBackWords(back: ComesBack): { words: string; sureness: 'sure' | 'stated' | 'unknown' } {
  switch (back.how) {
    case 'registry':
      return { words: `The same from ${hostWords(back.registry)}`, sureness: back.isSure ? 'sure' : 'stated' };
    case 'build': {
      const time = back.seconds === undefined ? '' : ` in ${duration(back.seconds)}`;
      return { words: `Built${time} from “${back.folder}”`, sureness: 'stated' };
    }
    case 'unknown':
      return {
        words: back.mayBeAt === undefined ? 'Nowhere else, as far as known' : `Perhaps at ${hostWords(back.mayBeAt)}`,
        sureness: 'unknown',
      };
  }
}

export const hostWords = (registry: string): string => (registry === 'docker.io' ? 'Docker Hub' : registry);

/** "2.3 GB", "up to 2.3 GB", "nothing", or that it isn't known. */
export function freedWords(freed: FreedSpace | undefined): string {
  if (!freed) return 'not known';
  if (freed.bytes === 0) return '0\u00a0B';
  return `${freed.isAtMost ? 'up to ' : ''}${bytes(freed.bytes)}`;
}

/** Why less is freed than it takes up; nothing if all of it is. */
export function restWords({ size, freed, kind }: CleanUpItem): string | undefined {
  if (!freed) return undefined;
  if ((freed.inCache ?? 0) > 0) return `the build cache holds ${bytes(freed.inCache ?? 0)}`;
  if (freed.bytes >= size) return undefined;
  return kind === 'cache' ? `of ${bytes(size)}, images hold the rest` : `of ${bytes(size)}, the rest is shared`;
}

/** Whether it is lost for good once it is gone, as far as is known. */
export const isLostForGood = (item: CleanUpItem): boolean =>
  item.kind === 'container' || (item.kind === 'image' && item.comesBack.how === 'unknown');
