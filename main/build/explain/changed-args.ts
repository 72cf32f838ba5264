import type { StepCause } from '../../../contract/explanation.ts';
import { isSecretive } from '../../../contract/secretive.ts';
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
