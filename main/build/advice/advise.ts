import type { Advice } from '../../../contract/advice.ts';
import { type Instruction, readInstructions } from '../explain/read-instructions.ts';
import { adviseAddForCopy } from './add-for-copy.ts';
import { adviseCopyBeforeInstall } from './copy-before-install.ts';
import { adviseIgnoreFile } from './ignore-file.ts';
import { adviseJoinedRuns } from './join-runs.ts';
import { adviseOnlyLast } from './only-last-counts.ts';
import { adviseSecrets } from './secret-in-arg.ts';
import { adviseSourceBeforeInstall } from './source-before-install.ts';
import { adviseUnpack } from './unpack-with-add.ts';
import { adviseUnpinnedBase } from './unpinned-base.ts';

/** What is known beside the Dockerfile's text. */
export type AdviceFacts = {
  /** Whether there is an ignore file that counts for this Dockerfile. */
  hasIgnoreFile: boolean;
  /** Steps of the last build, each with the first line of its instruction. */
  steps?: { line: number; seconds?: number; cached: boolean }[];
  /** Layers of the image that the last build made. */
  layers?: { line: number; bytes: number }[];
};

/** One piece of advice's rule: pure, and silent where it is not sure. */
export type AdviceRule = (instructions: Instruction[], facts: AdviceFacts) => Advice[];

const rules: AdviceRule[] = [
  adviseCopyBeforeInstall,
  adviseSourceBeforeInstall,
  adviseJoinedRuns,
  adviseUnpack,
  adviseOnlyLast,
  adviseAddForCopy,
  adviseUnpinnedBase,
  adviseIgnoreFile,
  adviseSecrets,
];

/** How a Dockerfile could be made better, in the order of its lines. It changes nothing. */
export function advise(dockerfile: string, facts: AdviceFacts): Advice[] {
  const instructions = readInstructions(dockerfile);
  return rules.flatMap((rule) => rule(instructions, facts)).sort((a, b) => a.line - b.line);
}
