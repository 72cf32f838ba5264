import { posix } from 'node:path';
import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';
import type { AdviceFacts } from './advise.ts';
import { type Installer, installers } from './installers.ts';
import { copiesAll } from './whole-context.ts';

/** Advises to copy the manifest first, if all files are copied before packages are installed that only the manifest determines. */
export function adviseCopyBeforeInstall(instructions: Instruction[], facts: AdviceFacts): Advice[] {
  const stages = Map.groupBy(instructions, ({ stage }) => stage);
  return [...stages.values()].flatMap((stage) => adviseStage(stage, facts) ?? []);
}

function adviseStage(stage: Instruction[], facts: AdviceFacts): Advice | undefined {
  const copyAt = stage.findIndex(copiesAll);
  const copy = stage[copyAt];
  if (!copy) return undefined;
  for (const run of stage.slice(copyAt + 1)) {
    const found = run.keyword === 'RUN' && !/^RUN\s+--mount=\S*type=bind/i.test(run.text) ? installs(run) : undefined;
    if (found && !isPrepared(stage.slice(0, copyAt), found.installer)) return makeAdvice(copy, run, found, facts);
  }
  return undefined;
}

type Found = { installer: Installer; command: string };

function installs({ text }: Instruction): Found | undefined {
  for (const installer of installers) {
    const command = installer.command.exec(text)?.[0].trim();
    if (command) return { installer, command };
  }
  return undefined;
}

/** Whether the manifest was copied before everything else, or the tool has already run by then. */
const isPrepared = (before: Instruction[], { isManifest, command }: Installer): boolean =>
  before.some(
    ({ keyword, sources, text }) =>
      (keyword === 'RUN' && command.test(text)) ||
      (keyword !== 'FROM' && sources.some((source) => isManifest.test(posix.basename(source)))),
  );

function makeAdvice(copy: Instruction, run: Instruction, { installer, command }: Found, facts: AdviceFacts): Advice {
  const saves = savings(run, facts);
  return {
    rule: 'copy-before-install',
    line: copy.line,
    lastLine: run.lastLine,
    title: 'Install packages before you copy everything',
    reason: `A change to any file makes ${installer.name} install all packages again, although only ${nameOf(installer)} decides which ones. If you copy ${nameOf(installer)} first, the installed packages come from the cache.`,
    suggestion: [`COPY ${installer.manifests} ./`, `RUN ${flagsOf(run)}${command}`, copy.text].join('\n'),
    ...(saves && { saves }),
  };
}

/** What the cache would have saved in the last build: time, and a layer to store and move. */
function savings({ line }: Instruction, { steps = [], layers = [] }: AdviceFacts): Advice['saves'] {
  const step = steps.find((one) => one.line === line);
  if (!step || step.cached) return undefined;
  const bytes = layers.find((one) => one.line === line)?.bytes;
  return { ...(step.seconds !== undefined && { seconds: step.seconds }), ...(bytes !== undefined && { bytes }) };
}

const flagsOf = ({ text }: Instruction): string => /^RUN\s+((?:--\S+\s+)*)/i.exec(text)?.[1] ?? '';

const nameOf = ({ manifests }: Installer): string => manifests.split(' ').join(' and ');
