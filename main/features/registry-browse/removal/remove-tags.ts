import { randomBytes } from 'node:crypto';
import type { Failure } from '../../../../contract/failure.ts';
import type { RemovalRequest, RemovalWay } from '../../../../contract/registry-removal.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import { digestOf } from '../../../foundation/formats/digest.ts';
import { mediaTypes } from '../../../foundation/formats/manifest.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { type FoundManifest, Repository } from '../../../foundation/registries/repository.ts';
import { patiently } from '../patiently.ts';
import { findWay, removalError } from './find-way.ts';
import { planRemoval, type RemovalStep } from './plan-removal.ts';
import type { RemovedBook, RemovedTag } from './removed-book.ts';
import { scanTags } from './scan-tags.ts';
import { stayWords, stillHasIt } from './stay-words.ts';

type Result = TaskResult & { kind: 'remove-registry-tags' };

/** How many tags are asked for at the same time, of those that an image has. */
const askedAtOnce = 6;
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
      for (const { tag, digest, placeholder } of removal.removed) {
        log(`Removed ${tag} (${digest})`);
        if (placeholder !== undefined) log(`${tag} is still there, and leads to an empty list: ${placeholder}`, { isError: true });
      }
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
  /** Digests of what has gone itself. */
  readonly #gone = new Set<string>();

  constructor(repository: Repository, way: RemovalWay) {
    this.#repository = repository;
    this.#way = way;
  }

  async do({ digest, tags, siblings, how, lists }: RemovalStep): Promise<void> {
    // a list that was to go may have stayed
    const list = how === 'image' ? lists.find((one) => !this.#gone.has(one.digest)) : undefined;
    if (list) {
      this.#refuse(tags, new FailureError(stayWords({ why: 'part-of-list', what: list.tag })));
      return;
    }
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
      const [first = ''] = tags;
      await patiently(() => this.#repository.remove(found.digest)).catch((error) => this.#unlessGone(first, error));
      if (await this.#leadsTo(first, found.digest)) throw new FailureError(stillHasIt);
      this.#gone.add(found.digest);
      for (const tag of [...tags, ...going]) this.#note(found, tag);
    } catch (error) {
      this.#refuse(tags, error);
    }
  }

  async #leadingTo(tags: readonly string[], digest: string): Promise<string[]> {
    const found = new Set<string>();
    await inParallel(tags, askedAtOnce, async (tag) => {
      if ((await patiently(() => this.#repository.findDigest(tag))) === digest) found.add(tag);
    });
    return tags.filter((tag) => found.has(tag));
  }

  async #removeTag(found: FoundManifest, tag: string): Promise<void> {
    try {
      // with many tags, this one's turn comes late
      if ((await patiently(() => this.#repository.findDigest(tag))) !== found.digest) throw new FailureError(stayWords({ why: 'moved' }));
      const isAlone = this.#way === 'alone' && (await this.#removeAlone(tag));
      const left = isAlone ? undefined : await this.#removeByPlaceholder(found, tag);
      if (await this.#leadsTo(tag, found.digest)) throw new FailureError(stillHasIt);
      this.#note(found, tag, left);
    } catch (error) {
      this.#refuse([tag], error);
    }
  }

  /** Whether the registry took it; some know a tag that isn't there, and then refuse one that is. */
  async #removeAlone(tag: string): Promise<boolean> {
    try {
      await patiently(() => this.#repository.remove(tag));
    } catch (error) {
      if (error instanceof RegistryError && (error.status === 400 || error.status === 405)) return false;
      await this.#unlessGone(tag, error);
    }
    return true;
  }

  /**
   * Leads the tag to an empty list that nothing else leads to, and removes that. If it can't be removed, the tag is led back; if that is
   * refused, too, gives the digest of the list.
   */
  async #removeByPlaceholder(found: FoundManifest, tag: string): Promise<string | undefined> {
    const placeholder = makePlaceholder();
    let isLed = false;
    try {
      await patiently(() => this.#repository.putManifest(tag, placeholder));
      isLed = true;
      await patiently(() => this.#repository.remove(placeholder.digest));
      return undefined;
    } catch (error) {
      // the registry may have done what it didn't say
      const unknown = isLed ? placeholder.digest : found.digest;
      const now = await patiently(() => this.#repository.findDigest(tag)).catch(() => unknown);
      if (now === undefined) return undefined;
      if (now === placeholder.digest && !(await this.#leadBack(found, tag))) return placeholder.digest;
      throw error;
    }
  }

  #leadBack(found: FoundManifest, tag: string): Promise<boolean> {
    return patiently(() => this.#repository.putManifest(tag, found)).then(
      () => true,
      () => false,
    );
  }

  /** Whether a tag leads there, as far as the registry says; what it said before counts otherwise. */
  async #leadsTo(tag: string, digest: string): Promise<boolean> {
    return (await patiently(() => this.#repository.findDigest(tag)).catch(() => undefined)) === digest;
  }

  /** An answer may get lost, or say that it is gone already: throws the error if the tag is there after all, or nobody knows. */
  async #unlessGone(tag: string, error: unknown): Promise<void> {
    const now = await patiently(() => this.#repository.findDigest(tag)).catch(() => 'unknown');
    if (now !== undefined) throw error;
  }

  async #lookAfter(siblings: readonly string[]): Promise<void> {
    for (const tag of siblings.slice(0, mostLookedAfter)) {
      const digest = await patiently(() => this.#repository.findDigest(tag)).catch(() => 'unknown');
      if (digest === undefined) this.unasked.push(tag);
    }
  }

  #note({ digest, mediaType, bytes, manifest }: FoundManifest, tag: string, placeholder?: string): void {
    this.removed.push({ tag, digest, mediaType, bytes, isList: manifest.kind === 'index', ...(placeholder && { placeholder }) });
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
