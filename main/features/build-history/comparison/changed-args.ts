import type { StepCause } from '../../../../contract/explanation.ts';
import { isSecretName } from '../../../../contract/secret-name.ts';
import type { Instruction } from '../../../foundation/dockerfile/read-instructions.ts';
import type { MadeBuild } from './made-build.ts';

/** Arguments whose value changed for an instruction, or that it newly sees or no longer sees. */
export function changedArgs(before: Instruction, after: Instruction): (StepCause & { kind: 'arg-changed' })[] {
  const names = [...new Set([...before.args.keys(), ...after.args.keys()])];
  return names.flatMap((name): (StepCause & { kind: 'arg-changed' })[] => {
    const [was, is] = [before.args.get(name), after.args.get(name)];
    if (was === is) return [];
    if (isSecretName(name) || [was, is].some(isDigest)) return [{ kind: 'arg-changed', name }];
    return [{ kind: 'arg-changed', name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

// stands for a value that is not stored because it contains a secret
const isDigest = (value: string | undefined): boolean => value !== undefined && /^[0-9a-f]{64}$/.test(value);

const proxy = /^(?:https?|ftp|no|all)_proxy$/i;

/**
 * The classic builder ignores proxies when it compares RUNs, but not that any argument was given at all: a RUN that sees no
 * other argument counts as changed when a proxy is added. The values are left out, as they may contain passwords.
 */
export function changedProxies(before: MadeBuild, after: MadeBuild, instruction: Instruction): StepCause[] {
  const seen = [...instruction.args.keys()].filter((name) => !instruction.hiddenArgs.includes(name));
  if (after.progress.builder !== 'classic' || instruction.keyword !== 'RUN' || seen.length > 0) return [];
  const [was, is] = [before, after].map(({ inputs }) => Object.keys(inputs.args ?? {}).filter((name) => proxy.test(name)));
  if (!was || !is || was.length > 0 === is.length > 0) return [];
  return [...was, ...is].map((name) => ({ kind: 'arg-changed', name }));
}
