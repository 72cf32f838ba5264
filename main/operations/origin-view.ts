import pLimit from 'p-limit';
import type { ImageSummary } from '../../contract/image.ts';
import type { ImageOrigin, NewerAnswer, NewerAsked } from '../../contract/origin.ts';
import { parseReference, repositoryKey } from '../../contract/reference.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { imageGone } from '../features/images/image-details.ts';
import type { Shelf } from '../features/images/shelf.ts';
import { askForNewer, type NewerQuestion } from '../features/origin/ask-for-newer.ts';
import { askRegistry } from '../features/origin/ask-registry.ts';
import { factsOfIdentity } from '../features/origin/facts-of-identity.ts';
import { factsOfLabels } from '../features/origin/facts-of-labels.ts';
import { localStatements } from '../features/origin/local-statements.ts';
import { madeBy } from '../features/origin/made-by.ts';
import type { NewerBook } from '../features/origin/newer-book.ts';
import { type KnownOrigin, originFacts } from '../features/origin/origin-facts.ts';
import { startsFrom } from '../features/origin/starts-from.ts';
import { factsOfStatement } from '../features/origin/statements.ts';
import type { AccessFor } from '../features/transfer/access-for.ts';
import { readIdentity } from '../foundation/engine/answers/identity-answers.ts';
import { inspectImage } from '../foundation/engine/answers/image-answers.ts';
import { infoOf } from '../foundation/engine/engine-info.ts';
import { toFailure } from '../foundation/failures/failure.ts';

type Parts = { history: Pick<BuildHistory, 'summaries'>; accessFor: AccessFor; newer: NewerBook };

/** How many registries' answers are waited for at the same time. */
const atOnce = 4;
/** How many of an image's digests are asked about: one in many repositories has one in each. */
const mostDigests = 10;

/** Where the images of engines come from, and what registries have in their place now. */
export class OriginView {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What is known without asking a registry. Rejects with `not-found` if the image is gone. */
  async look(shelf: Shelf, id: string): Promise<ImageOrigin> {
    const known = await this.#read(shelf, id);
    return { facts: originFacts(known), startsFrom: known.startsFrom };
  }

  /** The same with what registries say: whether they have it, what is attached to it, and whether it is signed. */
  async ask(shelf: Shelf, id: string, signal: AbortSignal | undefined): Promise<ImageOrigin> {
    const known = await this.#read(shelf, id);
    const { engine } = shelf.connection;
    const access = this.#parts.accessFor(engine);
    const digests = known.digests.slice(0, mostDigests);
    const registries = await Promise.all(
      digests.map((digest) =>
        askRegistry(digest, { platform: engine.platform, hasStatements: known.statements.length > 0 }, access, signal),
      ),
    );
    signal?.throwIfAborted();
    return { facts: originFacts({ ...known, registries }), startsFrom: known.startsFrom };
  }

  /** Asks what registries have now under the names of these images; names in repositories that don't know them are left out. */
  async askForNewer(shelf: Shelf, ids: readonly string[], signal: AbortSignal | undefined): Promise<NewerAsked> {
    const { engine } = shelf.connection;
    const access = this.#parts.accessFor(engine);
    const limit = pLimit(atOnce);
    const images = (shelf.images.list?.images ?? []).filter(({ id }) => ids.includes(id));
    const questions = images.flatMap((image) => newerQuestions(image, engine.platform));
    const failures: NewerAsked['failures'] = [];
    const ask = async (question: NewerQuestion): Promise<NewerAnswer[]> => {
      try {
        return [await askForNewer(question, access, signal)];
      } catch (error) {
        signal?.throwIfAborted();
        failures.push({ reference: question.reference, failure: toFailure(error) });
        return [];
      }
    };
    const answers = (await Promise.all(questions.map((question) => limit(() => ask(question))))).flat();
    this.#parts.newer.add(answers);
    return { answers, failures };
  }

  async #read({ connection: { engine }, images: { list }, layers }: Shelf, id: string): Promise<KnownOrigin> {
    const images = list?.images ?? [];
    const image = images.find((one) => one.id === id);
    if (!image) throw imageGone;
    const [facts, own, info, statements, identity, others] = await Promise.all([
      inspectImage(engine, id),
      layers.get(engine, id),
      infoOf(engine),
      localStatements(engine, id),
      // the rest is worth telling without it
      readIdentity(engine, id).catch(() => undefined),
      Promise.all(
        images
          .filter((one) => one.id !== id)
          .map(async (one) => ({
            id: one.id,
            name: one.references[0],
            chains: (await layers.get(engine, one.id))?.chains ?? [],
          })),
      ),
    ]);
    return {
      build: madeBy(this.#parts.history.summaries, id),
      digests: image.digests,
      digestsTell: engine.product === 'Docker' && info.store === 'unpacked',
      startsFrom: startsFrom(own?.chains ?? [], others),
      labels: factsOfLabels(facts.Config.Labels),
      noted: identity ? factsOfIdentity(identity) : [],
      statements: statements.flatMap(factsOfStatement),
    };
  }
}

/** What to ask about an image: its names in repositories that know it by a digest. */
function newerQuestions({ id, references, digests, createdAt }: ImageSummary, platform: string): NewerQuestion[] {
  const inRepository = new Map(digests.map((digest) => [repositoryKey(parseReference(digest)), digest.slice(digest.indexOf('@') + 1)]));
  return references.flatMap((reference): NewerQuestion[] => {
    const here = inRepository.get(repositoryKey(parseReference(reference)));
    return here === undefined ? [] : [{ reference, here, ids: [id, here], createdAt, platform }];
  });
}
