import type { BuildStep } from '../../../contract/build.ts';
import { imageExists } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import type { GetImage } from './build-image.ts';

/**
 * Pulls the cache source images that the engine lacks, as the classic builder looks only at its own images. If one cannot be
 * pulled, that is no failure: the build only takes longer. Returns a step for each attempt.
 */
export async function getCacheSources(
  engine: Engine,
  references: string[],
  context: OperationContext,
  getImage: GetImage,
): Promise<BuildStep[]> {
  const steps: BuildStep[] = [];
  for (const reference of references) {
    const isHere = await imageExists(engine, reference).catch((error) => {
      // pulling it anyway could take its name away from the image that has it
      context.log(`Continuing without looking for ${reference}: ${toFailure(error).title}`);
      return undefined;
    });
    context.signal.throwIfAborted();
    if (isHere === false) steps.push(await pullSource(reference, steps, context, getImage));
  }
  return steps;
}

async function pullSource(reference: string, before: BuildStep[], context: OperationContext, getImage: GetImage): Promise<BuildStep> {
  const id = `cache-from-${reference}`;
  const startedAt = Date.now();
  const step: BuildStep = { id, instruction: `get ${reference} to reuse its steps`, state: 'running', startedAt };
  const show = (now: BuildStep) => context.report({ phase: 'downloading', build: { builder: 'classic', steps: [...before, now] } });
  show(step);
  let bytes: BuildStep['bytes'];
  const pulling: OperationContext = {
    id: context.id,
    signal: context.signal,
    log: (text, options) => context.log(text, { ...options, step: id }),
    report: (progress) => {
      bytes = progress.bytes;
      show({ ...step, ...(bytes && { bytes }) });
    },
  };
  const end = () => ({ ...step, ...(bytes && { bytes }), seconds: (Date.now() - startedAt) / 1000 });
  try {
    await getImage(reference, pulling);
    return { ...end(), state: 'built' };
  } catch (error) {
    context.signal.throwIfAborted();
    const { title, cause } = toFailure(error);
    context.log(`Continuing without the steps of ${reference}: ${cause ?? title}`, { step: id });
    return { ...end(), state: 'cancelled' };
  }
}
