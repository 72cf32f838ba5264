import type { Advice } from '../../../../contract/advice.ts';
import { type Instruction, readInstructions } from '../read-instructions.ts';
import { adviseAddForCopy } from './add-for-copy.ts';
import { adviseCopyBeforeInstall } from './copy-before-install.ts';
import { adviseJoinedRuns } from './join-runs.ts';
import { adviseOnlyLast } from './only-last-counts.ts';
import { adviseSecrets } from './secret-in-arg.ts';
import { adviseSourceBeforeInstall } from './source-before-install.ts';
import { adviseUnpack } from './unpack-with-add.ts';
import { adviseUnpinnedBase } from './unpinned-base.ts';
import { adviseIgnoreFile } from './write-ignore-file.ts';

/** What is known besides the Dockerfile's text. */
export type AdviceFacts = {
  /** Whether an ignore file applies to this Dockerfile. */
  hasIgnoreFile: boolean;
  /** Steps of the last build, each with the first line of its instruction. */
  steps?: { line: number; seconds?: number; cached: boolean }[];
  /** The layers of the last build's image. */
  layers?: { line: number; bytes: number }[];
};

/** A rule for one kind of advice. Pure; gives no advice if it is not sure. */
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

/** Ways to make a Dockerfile better, in the order of its lines. It changes nothing. */
export function advise(dockerfile: string, facts: AdviceFacts): Advice[] {
  const instructions = readInstructions(dockerfile);
  return rules.flatMap((rule) => rule(instructions, facts)).sort((a, b) => a.line - b.line);
}
