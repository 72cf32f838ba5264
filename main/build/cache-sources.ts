import type { BuildStep } from '../../contract/build.ts';
import { toFailure } from '../engine/failure.ts';
import { imageExists } from '../engine/find-image.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import type { GetImage } from './build-image.ts';

/**
 * Gets those of the images to take steps from that the engine lacks, as the classic builder looks only among its own.
 * One that cannot be got is no failure: the build then only takes longer. Returns a step for each that was tried.
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
      // to get it all the same could take its name from the image that has it
      context.log(`Goes on without looking for ${reference}: ${toFailure(error).title}`);
      return undefined;
    });
    context.signal.throwIfAborted();
    if (isHere === false) steps.push(await getOne(reference, steps, context, getImage));
  }
  return steps;
}

async function getOne(reference: string, before: BuildStep[], context: OperationContext, getImage: GetImage): Promise<BuildStep> {
  const id = `cache-from-${reference}`;
  const startedAt = Date.now();
  const step: BuildStep = { id, instruction: `get ${reference} to take steps from`, state: 'running', startedAt };
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
    context.log(`Goes on without the steps of ${reference}: ${cause ?? title}`, { step: id });
    return { ...end(), state: 'cancelled' };
  }
}
