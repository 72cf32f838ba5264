import { randomBytes } from 'node:crypto';
import type { Failure } from '../../../../contract/failure.ts';
import type { RemovalRequest, RemovalWay } from '../../../../contract/registry-removal.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import { digestOf } from '../../../foundation/formats/digest.ts';
import { mediaTypes } from '../../../foundation/formats/manifest.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { type FoundManifest, Repository } from '../../../foundation/registries/repository.ts';
import { patiently } from '../patiently.ts';
import { findWay, removalError } from './find-way.ts';
import { planRemoval, type RemovalStep, type Stays } from './plan-removal.ts';
import type { RemovedBook, RemovedTag } from './removed-book.ts';
import { scanTags } from './scan-tags.ts';

type Result = TaskResult & { kind: 'remove-registry-tags' };

/** How many of the tags that should have stayed are looked at afterwards. */
const mostLookedAfter = 20;

/**
 * Removes tags from a registry, each if it is still where it was seen. What can't go stays, and says why; rejects only if nothing went.
 * When it is stopped, it tells what went by then.
 */
export function removeTags(access: Access, request: RemovalRequest, book: RemovedBook, context: OperationContext): Promise<Result> {
  const { registry, repository: name } = request;
  const { signal, report, log, id } = context;
  return withRegistry(
    registry,
    access,
    async (client) => {
      const repository = new Repository(client, name);
      const way = await findWay(repository, signal);
      report({ phase: 'comparing' });
      const scan = scanTags(repository, signal);
      let seen = await scan.next();
      for (; !seen.done; seen = await scan.next()) report({ phase: 'comparing', fraction: seen.value.done / seen.value.total });
      const scanned = seen.value;
      const { steps, stays } = planRemoval(request, scanned, way);
      const removal = new Removal(repository, way);
      for (const { tag, ...why } of stays) removal.refused.push({ tag, failure: stayWords(why) });
      for (const [at, step] of steps.entries()) {
        if (signal.aborted) break;
        report({ phase: 'removing', fraction: at / steps.length });
        await removal.do(step);
      }
      for (const { tag, digest } of removal.removed) log(`Removed ${tag} (${digest})`);
      for (const { tag, failure } of removal.refused) log(`${tag} stays: ${failure.title}`, { isError: true });
      const [first] = removal.refused;
      if (removal.removed.length === 0 && first) throw new FailureError(first.failure);
      if (removal.removed.length === 0) signal.throwIfAborted();
      book.add(id, { registry, repository: name, tags: removal.removed });
      const removed = removal.removed.map(({ tag, digest }) => ({ tag, digest }));
      return { kind: 'remove-registry-tags', registry, repository: name, removed, unasked: removal.unasked, refused: removal.refused };
    },
    { signal },
  );
}

/** What is done, and what came of it. Nothing in it is stopped half-way: a tag must not stay where it was led for a moment. */
class Removal {
  readonly #repository: Repository;
  readonly #way: RemovalWay;
  readonly removed: RemovedTag[] = [];
  /** Tags that the registry let go although nobody asked for it. */
  readonly unasked: string[] = [];
  readonly refused: { tag: string; failure: Failure }[] = [];

  constructor(repository: Repository, way: RemovalWay) {
    this.#repository = repository;
    this.#way = way;
  }

  async do({ digest, tags, siblings, how }: RemovalStep): Promise<void> {
    const still = await this.#stillThere(tags, digest);
    if (still.length === 0) return;
    let found: FoundManifest;
    try {
      found = await patiently(() => this.#repository.manifest(digest));
    } catch (error) {
      this.#refuse(still, error);
      return;
    }
    // if one of the chosen tags has moved on, others may have moved here: then just the tags go that are still there
    if (how === 'image' && still.length === tags.length) await this.#removeImage(found, still, siblings);
    else for (const tag of still) await this.#removeTag(found, tag);
    if (how !== 'image') await this.#lookAfter(siblings);
  }

  /** As late as possible: registries know no condition for a removal. */
  async #stillThere(tags: readonly string[], digest: string): Promise<string[]> {
    const still: string[] = [];
    for (const tag of tags) {
      try {
        if ((await patiently(() => this.#repository.findDigest(tag))) === digest) still.push(tag);
        else this.refused.push({ tag, failure: stayWords({ why: 'moved' }) });
      } catch (error) {
        this.#refuse([tag], error);
      }
    }
    return still;
  }

  async #removeImage(found: FoundManifest, tags: string[], siblings: readonly string[]): Promise<void> {
    try {
      const going = await this.#leadingTo(siblings, found.digest);
      await patiently(() => this.#repository.remove(found.digest));
      const [first = ''] = tags;
      if ((await patiently(() => this.#repository.findDigest(first))) === found.digest) throw new FailureError(stillHasIt);
      for (const tag of [...tags, ...going]) this.#note(found, tag);
    } catch (error) {
      this.#refuse(tags, error);
    }
  }

  async #leadingTo(tags: readonly string[], digest: string): Promise<string[]> {
    const found: string[] = [];
    for (const tag of tags) if ((await patiently(() => this.#repository.findDigest(tag))) === digest) found.push(tag);
    return found;
  }

  async #removeTag(found: FoundManifest, tag: string): Promise<void> {
    try {
      if (this.#way === 'by-digest' || !(await this.#removeAlone(tag))) await this.#removeByPlaceholder(found, tag);
      if ((await patiently(() => this.#repository.findDigest(tag))) === found.digest) throw new FailureError(stillHasIt);
      this.#note(found, tag);
    } catch (error) {
      this.#refuse([tag], error);
    }
  }

  /** Whether the registry took it; some know a tag that isn't there, and then refuse one that is. */
  async #removeAlone(tag: string): Promise<boolean> {
    try {
      await patiently(() => this.#repository.remove(tag));
      return true;
    } catch (error) {
      if (error instanceof RegistryError && (error.status === 400 || error.status === 405)) return false;
      throw error;
    }
  }

  /** Leads the tag to an empty list that nothing else leads to, and removes that. If it can't be removed, the tag is led back. */
  async #removeByPlaceholder(found: FoundManifest, tag: string): Promise<void> {
    const placeholder = makePlaceholder();
    await patiently(() => this.#repository.putManifest(tag, placeholder));
    try {
      await patiently(() => this.#repository.remove(placeholder.digest));
    } catch (error) {
      await patiently(() => this.#repository.putManifest(tag, found));
      throw error;
    }
  }

  async #lookAfter(siblings: readonly string[]): Promise<void> {
    for (const tag of siblings.slice(0, mostLookedAfter)) {
      const digest = await patiently(() => this.#repository.findDigest(tag)).catch(() => 'unknown');
      if (digest === undefined) this.unasked.push(tag);
    }
  }

  #note({ digest, mediaType, bytes, manifest }: FoundManifest, tag: string): void {
    this.removed.push({ tag, digest, mediaType, bytes, isList: manifest.kind === 'index' });
  }

  #refuse(tags: readonly string[], error: unknown): void {
    const failure = toFailure(removalError(error, this.#repository));
    for (const tag of tags) this.refused.push({ tag, failure });
  }
}

/** An empty list: it needs nothing else in the registry. No two are alike. */
function makePlaceholder(): Pick<FoundManifest, 'digest' | 'mediaType' | 'bytes'> {
  const annotations = { 'app.layerdeck.placeholder': randomBytes(16).toString('hex') };
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [], annotations }));
  return { digest: digestOf(bytes), mediaType: mediaTypes.index, bytes };
}

function stayWords({ why, what = '' }: Pick<Stays, 'why' | 'what'>): Failure {
  switch (why) {
    case 'moved':
      return {
        kind: 'in-use',
        title: 'It has moved in the meantime',
        detail: 'Somebody pushed to the tag or removed it after you looked.',
        hint: 'Look at where it is now, then decide again.',
      };
    case 'unreadable':
      return {
        kind: 'registry-refused',
        title: 'It isn’t known where the tag leads',
        detail: 'The registry doesn’t say it, so that it isn’t sure to be what you saw.',
        hint: 'Try again later.',
      };
    case 'part-of-list':
      return {
        kind: 'in-use',
        title: `It is one of the platforms of ${what}`,
        detail: 'Without it, that tag would be broken.',
        hint: `Remove ${what} as well, or only the tag itself.`,
      };
    case 'further-tag':
      return {
        kind: 'in-use',
        title: `${what} has come to the same image in the meantime`,
        detail: 'It would have gone as well, and you hadn’t seen it.',
        hint: 'Look again, then decide.',
      };
    case 'unknown-tags':
      return {
        kind: 'registry-refused',
        title: 'It isn’t known which other tags would go',
        detail: `The registry doesn’t say where ${what} leads.`,
        hint: 'Remove only the tag itself, or try again later.',
      };
  }
}

const stillHasIt: Failure = {
  kind: 'registry-refused',
  title: 'The registry still has the tag',
  detail: 'It said that it removed the tag, but still leads to the same image.',
  hint: 'Tell the registry’s owner.',
};
