import type { RemoteLook, RepositoriesPart, TagAnswer, TagDetails, TagsPart } from '../../../contract/registry-browse.ts';
import type { OldPart, OldRule, RemovalPart } from '../../../contract/registry-removal.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import { asTheyCome } from '../../foundation/progress/as-they-come.ts';
import { listReferrers } from '../../foundation/registries/referrers.ts';
import { Repository } from '../../foundation/registries/repository.ts';
import { describeTagged } from './describe-tagged.ts';
import { listRepositories, repositoriesIn, unlistedHub } from './list-repositories.ts';
import { listTags } from './list-tags.ts';
import type { OpenRegistries } from './open-registries.ts';
import { patiently } from './patiently.ts';
import { type ReceiptPart, readReceipt } from './receipt-of-registry.ts';
import { findOld, previewRemoval } from './removal/preview-removal.ts';
import { kindOf } from './what-it-is.ts';

/** How many descriptions are kept; each is about one digest, of which nothing ever changes. */
const mostKept = 2000;
/** How much of what is attached to an image is named. */
const mostAttached = 100;

type Place = { registry: string; repository: string };
type Asked = Place & { tags: string[]; depth: 'digest' | 'all' };

/** Looks through registries: what is in them, without getting any of it. */
export class RegistryBrowse {
  readonly #open: OpenRegistries;
  readonly #platform: () => string;
  readonly #described = new Map<string, TagDetails>();

  /** `platform`: that of the engine, whose size and date are told of a list. */
  constructor(open: OpenRegistries, platform: () => string) {
    this.#open = open;
    this.#platform = platform;
  }

  /** `names`: those of images on the engine, for registries that give no list. */
  async *repositories(registry: string, names: readonly string[], signal?: AbortSignal): AsyncGenerator<RepositoriesPart> {
    const known = repositoriesIn(registry, names);
    if (registry === 'docker.io') yield unlistedHub(known);
    else yield* this.#open.follow(registry, (client) => listRepositories(client, known, signal), signal);
  }

  /** The layers of these repositories. */
  receipt(registry: string, repositories: readonly string[], now: number, signal?: AbortSignal): AsyncGenerator<ReceiptPart> {
    return this.#open.follow(registry, (client) => readReceipt(client, repositories, { now, signal }), signal);
  }

  tags({ registry, repository }: Place, signal?: AbortSignal): AsyncGenerator<TagsPart> {
    return this.#open.follow(registry, (client) => listTags(new Repository(client, repository), signal), signal);
  }

  /** What is under each of these tags; one that can't be read says so, and takes no other with it. */
  details({ registry, repository: name, tags, depth }: Asked, signal?: AbortSignal): AsyncGenerator<TagAnswer[]> {
    const stop = new AbortController();
    const until = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const answers = this.#open.follow(
      registry,
      (client) => {
        const repository = new Repository(client, name);
        return asTheyCome(tags.map((tag) => this.#answer(repository, tag, depth, until)));
      },
      until,
    );
    return endingWith(answers, () => stop.abort());
  }

  /** One image, with what made its layers, and what is attached to it. */
  look({ registry, repository: name, digest }: Place & { digest: string }, signal?: AbortSignal): Promise<RemoteLook> {
    return this.#open.with(
      registry,
      async (client) => {
        const repository = new Repository(client, name);
        const [{ details, image }, referrers] = await Promise.all([
          patiently(() => describeTagged(repository, digest, this.#platform(), signal)),
          // not every registry knows of such things, and the image is worth a look without
          listReferrers(repository, digest, signal).catch(() => []),
        ]);
        signal?.throwIfAborted();
        this.#keep(repository, details);
        const layers = image?.layers.map(({ size }, at) => ({ size, instruction: image.instructions[at] ?? '' })) ?? [];
        const attached = referrers.slice(0, mostAttached).map((one) => ({ ...one, kind: kindOf(one.artifactType) }));
        return { ...details, layers, attached };
      },
      signal,
    );
  }

  /** What goes with these tags. */
  previewRemoval({ registry, repository, tags }: Place & { tags: string[] }, signal?: AbortSignal): AsyncGenerator<RemovalPart> {
    return this.#open.follow(registry, (client) => previewRemoval(new Repository(client, repository), tags, signal), signal);
  }

  /** The tags that a rule lets go. */
  findOld({ registry, repository: name, rule }: Place & { rule: OldRule }, signal?: AbortSignal): AsyncGenerator<OldPart> {
    return this.#open.follow(
      registry,
      (client) => {
        const repository = new Repository(client, name);
        return findOld(repository, rule, (digest) => this.#describe(repository, digest, signal), signal);
      },
      signal,
    );
  }

  async #answer(repository: Repository, tag: string, depth: Asked['depth'], signal: AbortSignal): Promise<TagAnswer> {
    try {
      const digest = await patiently(() => repository.findDigest(tag, signal));
      if (digest === undefined) return { tag, isGone: true };
      if (depth === 'digest') return { tag, details: this.#described.get(keyOf(repository, digest)) ?? { digest } };
      return { tag, details: await this.#describe(repository, digest, signal) };
    } catch (error) {
      signal.throwIfAborted();
      return { tag, failure: toFailure(error) };
    }
  }

  async #describe(repository: Repository, digest: string, signal: AbortSignal | undefined): Promise<TagDetails> {
    const known = this.#described.get(keyOf(repository, digest));
    if (known) return known;
    const { details } = await patiently(() => describeTagged(repository, digest, this.#platform(), signal));
    this.#keep(repository, details);
    return details;
  }

  #keep(repository: Repository, details: TagDetails): void {
    const key = keyOf(repository, details.digest);
    this.#described.delete(key);
    this.#described.set(key, details);
    const [oldest] = this.#described.keys();
    if (this.#described.size > mostKept && oldest !== undefined) this.#described.delete(oldest);
  }
}

const keyOf = ({ client, name }: Repository, digest: string): string => `${client.registry}/${name}@${digest}`;

/** Whoever stops listening ends what is still on its way. */
async function* endingWith<T>(values: AsyncIterable<T>, end: () => void): AsyncGenerator<T> {
  try {
    yield* values;
  } finally {
    end();
  }
}
