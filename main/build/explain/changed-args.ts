import type { StepCause } from '../../../contract/explanation.ts';
import { isSecretive } from '../../../contract/secretive.ts';
import type { MadeBuild } from './made-build.ts';
import type { Instruction } from './read-instructions.ts';

/** Arguments that an instruction sees with another value than it did, came to see, or no longer sees. */
export function changedArgs(before: Instruction, after: Instruction): (StepCause & { kind: 'arg-changed' })[] {
  const names = [...new Set([...before.args.keys(), ...after.args.keys()])];
  return names.flatMap((name): (StepCause & { kind: 'arg-changed' })[] => {
    const [was, is] = [before.args.get(name), after.args.get(name)];
    if (was === is) return [];
    if (isSecretive(name)) return [{ kind: 'arg-changed', name }];
    return [{ kind: 'arg-changed', name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

const proxy = /^(?:https?|ftp|no|all)_proxy$/i;

/**
 * The classic builder leaves proxies out of what it compares of a RUN, but not that something was given at all: a RUN that
 * sees no other argument is another one with a proxy. Without their values, in which passwords may be.
 */
export function changedProxies(before: MadeBuild, after: MadeBuild, instruction: Instruction): StepCause[] {
  const seen = [...instruction.args.keys()].filter((name) => !instruction.hiddenArgs.includes(name));
  if (after.progress.builder !== 'classic' || instruction.keyword !== 'RUN' || seen.length > 0) return [];
  const [was, is] = [before, after].map(({ inputs }) => Object.keys(inputs.args ?? {}).filter((name) => proxy.test(name)));
  if (!was || !is || was.length > 0 === is.length > 0) return [];
  return [...was, ...is].map((name) => ({ kind: 'arg-changed', name }));
}
