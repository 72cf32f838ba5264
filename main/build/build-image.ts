import { stat } from 'node:fs/promises';
import type { BuildInputs } from '../../contract/build.ts';
import type { Builder } from '../../contract/engine.ts';
import { isSecretive } from '../../contract/secretive.ts';
import type { TaskResult } from '../../contract/task.ts';
import { FailureError, toFailure } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import type { Logins } from '../logins/logins.ts';
import { buildClassic } from './build-classic.ts';
import { buildWithBuildKit } from './build-with-buildkit.ts';
import type { ContextWitness } from './context-witness.ts';
import { assignments, type Instruction, readInstructions } from './explain/read-instructions.ts';
import { failureInDockerfile } from './failure-in-dockerfile.ts';
import { failureOfFile } from './failure-of-file.ts';
import { readDockerfileText } from './folder/dockerfile-text.ts';
import { LastOutput } from './last-output.ts';
import { namesHere } from './names-here.ts';
import { refuseWithoutBase } from './refuse-dockerfile.ts';
import { mayMissBase, withTagsAtHand } from './tags-at-hand.ts';
import { WithheldValues } from './withheld-values.ts';

/** What a build needs, with the grants already turned into paths. */
export type BuildOrder = Omit<BuildInputs, 'secrets' | 'dockerfileFrom'> & {
  folder: string;
  /** Relative to the folder with `/`, or whole where it lies outside of it. */
  dockerfile: string;
  secrets: OrderedSecret[];
  /** How the classic builder's tarball writes modes; see `Settings.classicModes`. */
  classicModes: 'docker-24' | 'docker-20';
};

/** Read only when the builder asks for it, and kept nowhere. */
export type OrderedSecret = { id: string } & ({ file: string } | { variable: string });

/** Gets an image from its registry. */
export type GetImage = (reference: string, context: OperationContext) => Promise<unknown>;

/** What a build needs of the other rooms. */
export type BuildHelp = {
  /** Is shown what is sent of the context. */
  witness: ContextWitness;
  getImage: GetImage;
  logins: Logins;
};

/** One builder of the engine; both report the same steps. What it learns of secrets, it adds to the withheld values. */
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
  await stat(order.folder); // a folder that has gone is this computer's to say: builders only miss a Dockerfile
  const instructions = readInstructions(await readDockerfileText(order.folder, order.dockerfile), order.args, builder);
  refuseWithoutBase(order.dockerfile, instructions);
  const withheld = new WithheldValues([...secretValues(order.args), ...secretDefaults(instructions)]);
  const output = new LastOutput(withheld.guard(context), instructions);
  try {
    const { imageId, cachedSteps, steps } = await builders[builder](engine, order, output.context, { ...help, withheld });
    return { kind: 'build', imageId, references: order.references, cachedSteps, steps };
  } catch (error) {
    const failure = toFailure(failureOfFile(error, order.folder), output.ofFailedStep());
    const place = { path: order.dockerfile, instructions, failed: output.failedInstruction() };
    const placed = failureInDockerfile(failure, place);
    const told = mayMissBase(placed) ? withTagsAtHand(placed, place, await namesHere(engine)) : placed;
    throw new FailureError(withheld.cleanAll(told));
  }
}

const secretValues = (args: Record<string, string> = {}): string[] =>
  Object.entries(args).flatMap(([name, value]) => (isSecretive(name) ? [value] : []));

/** What the Dockerfile itself gives to arguments and variables of such names; a short one is more likely a word like "test". */
const secretDefaults = (instructions: Instruction[]): string[] =>
  instructions
    .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
    .flatMap(({ expanded }) => assignments(expanded))
    .flatMap(({ name, value = '' }) => (isSecretive(name) && value.length >= 8 ? [value] : []));
