import { stat } from 'node:fs/promises';
import type { Builder } from '../../../contract/engine.ts';
import type { TaskResult } from '../../../contract/task.ts';
import type { BuildOrder } from '../../foundation/context/build-order.ts';
import type { ContextWitness } from '../../foundation/context/context-witness.ts';
import { readDockerfileText } from '../../foundation/dockerfile/dockerfile-text.ts';
import { readInstructions } from '../../foundation/dockerfile/read-instructions.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { blameLogin } from '../../foundation/registries/logins/login-for-engine.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';
import { WithheldValues } from '../../foundation/secrets/withheld-values.ts';
import { buildClassic } from './build-classic.ts';
import { buildWithBuildKit } from './build-with-buildkit.ts';
import { failureInDockerfile } from './failure-in-dockerfile.ts';
import { failureOfFile } from './failure-of-file.ts';
import { LastOutput } from './last-output.ts';
import { listImageNames } from './list-image-names.ts';
import { refuseWithoutBase } from './refuse-dockerfile.ts';
import { secretsOfBuild } from './secrets-of-build.ts';
import { mayMissBase, suggestLocalTags } from './suggest-local-tags.ts';

/** Pulls an image from its registry. */
export type GetImage = (reference: string, context: OperationContext) => Promise<unknown>;

/** What a build needs from other rooms. */
export type BuildHelp = {
  /** Sees everything that is sent from the context. */
  witness: ContextWitness;
  getImage: GetImage;
  logins: Logins;
  /** Called with BuildKit's own name for the build, before it begins. */
  noteRef?(ref: string): void;
};

/** One of the engine's builders; both report steps in the same form. Adds every secret it reads to the withheld values. */
export type BuildRun = (
  engine: Engine,
  order: BuildOrder,
  context: OperationContext,
  help: BuildHelp & { withheld: WithheldValues },
) => Promise<{ imageId: string; cachedSteps: number; steps: number }>;

const builders: Record<Builder, BuildRun> = { buildkit: buildWithBuildKit, classic: buildClassic };

/** Builds a folder. Rejects unless the engine has named the image it made. */
export async function buildImage(
  engine: Engine,
  builder: Builder,
  order: BuildOrder,
  context: OperationContext,
  help: BuildHelp,
): Promise<TaskResult & { kind: 'build' }> {
  await stat(order.folder); // checked here because builders report a missing folder only as a missing Dockerfile
  const instructions = readInstructions(await readDockerfileText(order.folder, order.dockerfile), order.args, builder);
  refuseWithoutBase(order.dockerfile, instructions);
  const withheld = new WithheldValues(secretsOfBuild(order.args, instructions));
  const output = new LastOutput(withheld.guard(context), instructions);
  try {
    const { imageId, cachedSteps, steps } = await builders[builder](engine, order, output.context, { ...help, withheld });
    return { kind: 'build', imageId, references: order.references, cachedSteps, steps };
  } catch (error) {
    const failure = toFailure(failureOfFile(error, order.folder), output.ofFailedStep());
    const place = { path: order.dockerfile, instructions, failed: output.failedInstruction() };
    const placed = failureInDockerfile(failure, place);
    const complete = mayMissBase(placed) ? suggestLocalTags(placed, place, await listImageNames(engine)) : placed;
    throw new FailureError(withheld.cleanAll(await blameLogin(engine, help.logins, complete)));
  }
}
