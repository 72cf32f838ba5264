import type { Advice } from '../../../../contract/advice.ts';
import { isReference, parseReference, repositoryOf } from '../../../../contract/reference.ts';
import type { Instruction } from '../read-instructions.ts';

/** Advises a fixed version for a base image that may be a different one tomorrow. */
export function adviseUnpinnedBase(instructions: Instruction[]): Advice[] {
  const stages = new Set<string>();
  return instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'FROM') return [];
    const from = instruction.from ?? '';
    const isOwn = stages.has(from.toLowerCase());
    stages.add(instruction.stage.toLowerCase());
    return isOwn || !isUnpinned(from, instruction.text) ? [] : makeAdvice(instruction, from);
  });
}

function isUnpinned(from: string, text: string): boolean {
  if (from === 'scratch' || !isReference(from)) return false;
  const { tag, digest } = parseReference(from);
  // an argument without a default may supply the tag
  return digest === undefined && (tag === 'latest' || (tag === undefined && !text.includes('$')));
}

function makeAdvice({ line, lastLine, text }: Instruction, from: string): Advice {
  const repository = repositoryOf(parseReference(from));
  const isWritten = text.includes(from);
  return {
    rule: 'unpinned-base',
    line,
    lastLine,
    title: `Say which version of ${repository.split('/').pop()}`,
    reason: `${from.includes(':latest') ? '“latest”' : 'Without a tag it'} is whatever was published last. The next build may start from another version, and fail or behave differently although you changed nothing.`,
    ...(isWritten && { suggestion: text.replace(from, `${repository}:VERSION`) }),
  };
}
