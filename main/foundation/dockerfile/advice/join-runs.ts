import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';
import { packageManagers } from './package-managers.ts';

/** Advises to join RUNs: a package list apart from the install that uses it, a clean-up that comes too late, many small steps in a row. */
export function adviseJoinedRuns(instructions: Instruction[]): Advice[] {
  const advised = [...separateUpdates(instructions), ...lateCleanups(instructions)];
  const isAdvised = ({ line }: Instruction) => advised.some((one) => line >= one.line && line <= one.lastLine);
  return [
    ...advised,
    ...smallSteps(instructions)
      .filter((chain) => !chain.some(isAdvised))
      .map(adviseChain),
  ];
}

function separateUpdates(instructions: Instruction[]): Advice[] {
  return packageManagers.flatMap(({ update, install }) =>
    instructions.flatMap((run, place) => {
      if (!isPlainRun(run) || !update.test(run.text) || install.test(run.text)) return [];
      const user = instructions
        .slice(place + 1)
        .find((later) => later.stage === run.stage && later.keyword === 'RUN' && install.test(later.text));
      return !user || update.test(user.text) ? [] : adviseUpdate(run, user);
    }),
  );
}

const adviseUpdate = (run: Instruction, user: Instruction): Advice => ({
  rule: 'join-runs',
  line: run.line,
  lastLine: user.lastLine,
  title: 'Update and install in one step',
  reason:
    'The list of packages can come from the cache when it’s months old, and the install after it then asks for versions that are gone. In one step, both are always from the same day.',
  suggestion: `${run.text} && ${commandOf(user)}`,
});

const cleanup: [cleans: RegExp, made: RegExp][] = [
  [/\brm -\w*r\w* \/var\/lib\/apt\/lists\b|\bapt(?:-get)? clean\b/, /\bapt(?:-get)?\b[^&|;]*\b(?:install|update)\b/],
  [/\b(?:yum|dnf|microdnf|zypper) clean\b/, /\b(?:yum|dnf|microdnf|zypper)\b[^&|;]*\binstall\b/],
  [/\bapk del\b/, /\bapk\b[^&|;]*\badd\b/],
  [/\brm -\w*r\w* (?:\/root|~)\/\.cache\b|\bpip3? cache purge\b/, /\bpip3?\b[^&|;]*\binstall\b/],
  [/\bnpm cache clean\b/, /\bnpm (?:ci|install|i)\b/],
];

/** Finds clean-ups in a later layer: the image keeps what the earlier layer holds. */
function lateCleanups(instructions: Instruction[]): Advice[] {
  return instructions.flatMap((run, place) => {
    const before = instructions[place - 1];
    if (!isPlainRun(run) || !before || !isPlainRun(before) || before.stage !== run.stage || !isLastStage(run, instructions)) return [];
    const isLate = cleanup.some(
      ([cleans, made]) => cleans.test(run.text) && made.test(before.text) && !cleans.test(before.text) && !made.test(run.text),
    );
    if (!isLate) return [];
    return {
      rule: 'join-runs' as const,
      line: before.line,
      lastLine: run.lastLine,
      title: 'Clean up in the same step',
      reason:
        'A step can’t make earlier layers smaller: the files it removes are only hidden and still move with the image. In the same step, they never get into a layer.',
      suggestion: `${before.text} && ${commandOf(run)}`,
    };
  });
}

const small =
  /^(?:mkdir|chmod|chown|ln|echo|touch|useradd|groupadd|adduser|addgroup|usermod|mv|cp|sed|rm|install|printf|apk add|apt-get install -y)\b/;
const fewest = 3;

/** Chains of short steps in the final stage, none of which is worth a layer. */
function smallSteps(instructions: Instruction[]): Instruction[][] {
  const chains: Instruction[][] = [[]];
  for (const instruction of instructions) {
    const chain = chains.at(-1) as Instruction[];
    const continues = chain.length === 0 || chain.at(-1)?.stage === instruction.stage;
    if (isPlainRun(instruction) && continues && isSmall(instruction) && isLastStage(instruction, instructions)) chain.push(instruction);
    else if (chain.length > 0) chains.push([]);
  }
  return chains.filter((chain) => chain.length >= fewest);
}

const isSmall = (run: Instruction): boolean => {
  const command = commandOf(run);
  return command.length <= 160 && command.split(/&&|;/).every((part) => small.test(part.trim()));
};

const adviseChain = (chain: Instruction[]): Advice => ({
  rule: 'join-runs',
  line: chain[0]?.line ?? 1,
  lastLine: chain.at(-1)?.lastLine ?? 1,
  title: `Join these ${chain.length} steps`,
  reason: 'Each step makes a layer that is stored, checked and moved separately. Small steps that belong together are better as one.',
  suggestion: `RUN ${chain.map(commandOf).join(' \\\n && ')}`,
});

/** Whether a RUN has no flags and is plain text for the shell. */
const isPlainRun = ({ keyword, text }: Instruction): boolean =>
  keyword === 'RUN' && !/^RUN\s+(?:--|\[)/i.test(text) && !text.includes('<<');

const commandOf = ({ text }: Instruction): string => text.replace(/^RUN\s+/i, '');

// the layers of earlier stages are left behind anyway
const isLastStage = ({ stage }: Instruction, instructions: Instruction[]): boolean => instructions.at(-1)?.stage === stage;
