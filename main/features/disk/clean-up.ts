import type { CleanUpChoice, CleanUpResult, GoneImage, ImageItem } from '../../../contract/disk.ts';
import type { FreedSpace } from '../../../contract/image.ts';
import { removeCacheRecords } from '../../foundation/buildkit/kept-on-disk.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';

type ChosenImage = CleanUpChoice['images'][number];

/** What else a clean-up needs to know, read before anything is gone. */
export type CleanUpHelp = {
  /** The images that were chosen, by id. */
  images: ReadonlyMap<string, Pick<ImageItem, 'formerly' | 'comesBack'>>;
  freed(choice: CleanUpChoice): Promise<FreedSpace | undefined>;
  /** Removes an image. Rejects if it is used by now, or has other names. */
  removeImage(image: ChosenImage): Promise<void>;
};

/**
 * Removes just these things, as far as nothing uses them any more. What stays is told with why. If it is
 * stopped, what is gone by then is told all the same, as it may have to be brought back; rejects only if nothing is, or the engine goes.
 */
export async function cleanUp(
  engine: Engine,
  choice: CleanUpChoice,
  { images: known, freed, removeImage }: CleanUpHelp,
  { signal, report, log }: OperationContext,
): Promise<CleanUpResult> {
  const total = choice.containers.length + choice.images.length + (choice.records.length > 0 ? 1 : 0);
  const kept: CleanUpResult['kept'] = [];
  let done = 0;
  let left = 0;
  const attempt = async (what: string, remove: () => Promise<void>): Promise<boolean> => {
    if (signal.aborted) {
      left++;
      return false;
    }
    report({ phase: 'removing', fraction: done++ / total });
    try {
      await remove();
      log(`Removed ${what}`);
      return true;
    } catch (error) {
      if (signal.aborted) {
        left++;
        return false;
      }
      const failure = toFailure(error);
      if (failure.kind === 'engine-lost') throw error;
      kept.push({ what, why: failure.title });
      log(`${what} stays: ${failure.title}. ${failure.detail}`, { isError: true });
      return false;
    }
  };
  const containers: string[] = [];
  // without force, so that one that was started meanwhile stays
  for (const id of choice.containers)
    if (await attempt(`the container ${id.slice(0, 12)}`, () => engine.docker.getContainer(id).remove())) containers.push(id);
  const images: ChosenImage[] = [];
  for (const image of choice.images) if (await attempt(nameOf(image), () => removeImage(image))) images.push(image);
  const records: string[] = [];
  if (choice.records.length > 0) {
    const isAsked = await attempt('parts of the build cache', async () => {
      for await (const { id } of removeCacheRecords(engine, choice.records, signal)) records.push(id);
    });
    // BuildKit says nothing of what it keeps
    const left = choice.records.length - records.length;
    const why = 'A build or another part uses it, or it was gone already';
    if (isAsked && left > 0) kept.push({ what: left === 1 ? 'One part of the build cache' : `${left} parts of the build cache`, why });
  }
  if (left > 0) {
    if (containers.length + images.length + records.length === 0) signal.throwIfAborted();
    kept.push({ what: left === 1 ? 'One thing' : `${left} things`, why: 'The clean-up was stopped before that' });
  }
  const all = await freed({ containers, images, records });
  const gone = images.map((image): GoneImage => {
    const { formerly, comesBack = { how: 'unknown' } } = known.get(image.id) ?? {};
    return { ...image, ...(formerly !== undefined && { formerly }), comesBack };
  });
  return {
    kind: 'clean-up',
    ...(all && { freed: all }),
    gone: { images: gone, records: records.length, containers: containers.length },
    kept,
  };
}

const nameOf = ({ id, references }: ChosenImage): string => references[0] ?? `the untagged image ${id.slice(7, 19)}`;
