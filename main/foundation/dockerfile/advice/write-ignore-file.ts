import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';
import type { AdviceFacts } from './advise.ts';
import { copiesAll } from './whole-context.ts';

const usual: [uses: RegExp, lines: string[]][] = [
  [/\b(?:npm|yarn|pnpm|bun)\b/, ['node_modules']],
  [/\b(?:pip3?|poetry|pipenv|uv)\b/, ['.venv', '**/__pycache__']],
  [/\b(?:cargo|mvn)\b/, ['target']],
];

/** Advises an ignore file if the whole folder is copied and nothing says what to leave out. */
export function adviseIgnoreFile(instructions: Instruction[], { hasIgnoreFile }: AdviceFacts): Advice[] {
  const copy = instructions.find(copiesAll);
  if (hasIgnoreFile || !copy) return [];
  const commands = instructions.filter(({ keyword }) => keyword === 'RUN').map(({ text }) => text);
  const own = usual.filter(([uses]) => commands.some((command) => uses.test(command))).flatMap(([, lines]) => lines);
  return [
    {
      rule: 'no-ignore-file',
      line: copy.line,
      lastLine: copy.lastLine,
      title: 'Say what doesn’t belong in the image',
      reason:
        'This copies everything in the folder, including its git history and files with passwords, and is built again when any of it changes. A file named .dockerignore lists what to leave out.',
      suggestion: ['.git', '.env', ...own].join('\n'),
    },
  ];
}
