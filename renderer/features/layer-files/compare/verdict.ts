import type { ComparedImage, ComparedPackages, CompareSummary } from '../../../../contract/compare.ts';
import type { FileChange } from '../../../../contract/layer-files.ts';
import { bytes, capitalised, count, grouped, listed } from '../../../ui/format.ts';
import { layerFork } from './layer-fork.ts';
import { settingDifferences } from './setting-differences.ts';

/** What is known so far of two images; `names` are as short as they can be. */
export type Compared = {
  names: [string, string];
  images: [ComparedImage, ComparedImage];
  summary?: CompareSummary | undefined;
  packages?: ComparedPackages | undefined;
};

/** Two images in one sentence, without a full stop. */
export function verdict(compared: Compared): string {
  const words = sentence(compared);
  // the name of an image keeps its letters
  return /^(?:they|the) /.test(words) ? capitalised(words) : words;
}

function sentence({ names, images, summary, packages }: Compared): string {
  const [first, second] = images;
  if (isSameImage(first, second)) return 'they are the same image';
  // the platform has words of its own
  const settings = settingDifferences({ ...first, platform: '' }, { ...second, platform: '' }).length;
  const rest = summary ? withFiles(names, summary, packages, settings) : layersAlone(names, images, settings);
  return first.platform === second.platform ? rest : `they are for ${listed([first.platform, second.platform])}, and ${rest}`;
}

function withFiles(names: Compared['names'], summary: CompareSummary, packages: Compared['packages'], settings: number): string {
  if (isSameInFiles(summary)) return sameFiles(summary, settings);
  if (summary.same === 0 && summary.totals.every(({ files }) => files > 0) && summary.files.changed === 0)
    return `${names[0]} and ${names[1]} have no file in common`;
  const differences = [
    ...packageWords(packages),
    ...fileWords(summary),
    ...(settings > 0 ? [`${count(settings, 'setting')} changed`] : []),
  ];
  return `${sizeWords(names, summary)}: ${differences.join(', ')}`;
}

/** By a digest that stands for one image; that of a list stands for several platforms. */
function isSameImage(first: ComparedImage, second: ComparedImage): boolean {
  if (first.platform !== second.platform || !haveSameLayers(first, second)) return false;
  return first.ids.some((id) => second.ids.includes(id));
}

/** Then all files and packages are the same, whether the layers were read or not. */
export const haveSameLayers = (first: ComparedImage, second: ComparedImage): boolean =>
  first.layers.length === second.layers.length && layerFork(first.layers, second.layers).common === first.layers.length;

/** What can be said before any layer was read. */
function layersAlone([one, other]: [string, string], [first, second]: [ComparedImage, ComparedImage], settings: number): string {
  const { common, first: next, second: otherNext } = layerFork(first.layers, second.layers);
  const above = (image: ComparedImage) => count(image.layers.length - common, 'more layer', 'more layers');
  if (!next && !otherNext)
    return settings === 0 ? 'they have the same layers and settings' : `they have the same layers; ${count(settings, 'setting')} changed`;
  if (common === 0) return `${one} and ${other} have no layer in common at the bottom`;
  if (!next) return `${other} goes on from ${one} with ${above(second)}`;
  if (!otherNext) return `${one} goes on from ${other} with ${above(first)}`;
  return `${one} and ${other} share ${count(common, 'layer')}, then diverge`;
}

const isSameInFiles = ({ files, folders }: CompareSummary): boolean =>
  [files, folders].every(({ added, changed, removed }) => added + changed + removed === 0);

function sameFiles({ onlyTimes }: CompareSummary, settings: number): string {
  if (settings > 0) return `the files are the same; ${count(settings, 'setting')} changed`;
  return onlyTimes > 0 ? 'the files are the same; only their times differ' : 'the files and settings are the same';
}

function sizeWords([one, other]: [string, string], { totals }: CompareSummary): string {
  const difference = totals[1].bytes - totals[0].bytes;
  if (difference === 0) return `${other} is as large as ${one}`;
  return `${other} is ${bytes(Math.abs(difference))} ${difference > 0 ? 'larger' : 'smaller'}`;
}

/** "3 packages updated"; where they differ in several ways, how many do. */
function packageWords(packages: ComparedPackages | undefined): string[] {
  if (!packages || packages.total === 0) return [];
  const { added, changed, removed } = packages.counts;
  const [only] =
    [added, changed, removed].filter((number) => number > 0).length === 1
      ? [added > 0 ? 'added' : changed > 0 ? 'updated' : 'removed']
      : [];
  return [only ? `${count(packages.total, 'package')} ${only}` : `${count(packages.total, 'package')} differ`];
}

/** "120 files added in /app, 3 changed"; folders count only where no file says enough. */
function fileWords({ files, folders, addedIn }: CompareSummary): string[] {
  const order: FileChange[] = ['added', 'changed', 'removed'];
  const ofFiles = order.filter((change) => files[change] > 0);
  if (ofFiles.length === 0) {
    const ofFolders = order.filter((change) => folders[change] > 0);
    return ofFolders.map((change, at) => `${at === 0 ? count(folders[change], 'folder') : grouped(folders[change])} ${change}`);
  }
  return ofFiles.map((change, at) => {
    const where = change === 'added' && addedIn !== undefined ? ` in ${addedIn}` : '';
    return `${at === 0 ? count(files[change], 'file') : grouped(files[change])} ${change}${where}`;
  });
}
