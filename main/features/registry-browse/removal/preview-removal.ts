import type { TagDetails } from '../../../../contract/registry-browse.ts';
import type { OldPart, OldRule, RemovalPart } from '../../../../contract/registry-removal.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { asTheyCome } from '../../../foundation/progress/as-they-come.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import { patiently } from '../patiently.ts';
import { chooseOld, type DatedTag } from './choose-old.ts';
import { findWay } from './find-way.ts';
import { removalItems } from './plan-removal.ts';
import { scanTags } from './scan-tags.ts';

/** How many tags are described in one go. */
const inOneGo = 100;

/** What goes with these tags, told while it is found out. */
export async function* previewRemoval(repository: Repository, tags: readonly string[], signal?: AbortSignal): AsyncGenerator<RemovalPart> {
  let way: Awaited<ReturnType<typeof findWay>>;
  try {
    way = await findWay(repository, signal);
  } catch (error) {
    signal?.throwIfAborted();
    // that it can't be reached is told as everywhere
    if (error instanceof RegistryError && error.status !== 401) throw error;
    yield { kind: 'impossible', failure: toFailure(error) };
    return;
  }
  const scan = scanTags(repository, signal);
  let step = await scan.next();
  for (; !step.done; step = await scan.next()) yield { kind: 'reading', ...step.value };
  const scanned = step.value;
  const unreadable = new Set(scanned.unreadable);
  const gone = tags.filter((tag) => !scanned.digests.has(tag) && !unreadable.has(tag));
  yield { kind: 'preview', way, items: removalItems(tags, scanned), gone, unreadable: scanned.unreadable };
}

/** The tags that a rule lets go. For that, what is under each of them is read; `describe` says it. */
export async function* findOld(
  repository: Repository,
  rule: OldRule,
  describe: (digest: string) => Promise<TagDetails>,
  signal?: AbortSignal,
): AsyncGenerator<OldPart> {
  const dated: DatedTag[] = [];
  let unreadable = 0;
  const tags = await repository.tags(100_000, signal);
  for (let at = 0; at < tags.length; at += inOneGo) {
    yield { kind: 'reading', done: at, total: tags.length };
    const works = tags.slice(at, at + inOneGo).map(async (tag): Promise<DatedTag | 'gone' | 'unreadable'> => {
      try {
        const digest = await patiently(() => repository.findDigest(tag, signal));
        if (digest === undefined) return 'gone';
        const { createdAt } = await describe(digest);
        return { tag, digest, ...(createdAt !== undefined && { createdAt }) };
      } catch {
        signal?.throwIfAborted();
        return 'unreadable';
      }
    });
    for await (const batch of asTheyCome(works)) {
      for (const one of batch) {
        if (one === 'unreadable') unreadable += 1;
        else if (one !== 'gone') dated.push(one);
      }
    }
  }
  yield { kind: 'found', ...chooseOld(dated, rule, Date.now()), unreadable };
}
