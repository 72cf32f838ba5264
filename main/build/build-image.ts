import { stat } from 'node:fs/promises';
import type { Builder } from '../../contract/engine.ts';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { buildClassic } from './build-classic.ts';
import { buildWithBuildKit } from './build-with-buildkit.ts';

/** What a build needs, with the grant already turned into a folder. */
export type BuildOrder = Omit<Extract<TaskRequest, { kind: 'build' }>, 'kind' | 'folder'> & { folder: string };

/** One builder of the engine; both report the same steps. */
export type BuildRun = (
  engine: Engine,
  order: BuildOrder,
  context: OperationContext,
) => Promise<{ imageId: string; cachedSteps: number; steps: number }>;

const builders: Record<Builder, BuildRun> = { buildkit: buildWithBuildKit, classic: buildClassic };

/** Builds a folder. Rejects unless the engine has named the image it made. */
export async function buildImage(
  engine: Engine,
  builder: Builder,
  order: BuildOrder,
  context: OperationContext,
): Promise<TaskResult & { kind: 'build' }> {
  await stat(order.folder); // a folder that has gone is this computer's to say: builders only miss a Dockerfile
  const { imageId, cachedSteps, steps } = await builders[builder](engine, order, context);
  return { kind: 'build', imageId, references: order.references, cachedSteps, steps };
}
