import { isSecretName } from '../../../contract/secret-name.ts';
import { assignments } from '../../foundation/dockerfile/assignments.ts';
import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';

/**
 * Values that no log may show: of arguments whose names sound secret, and those that the Dockerfile itself gives to such arguments
 * and variables; a short one is likely a word like "test".
 */
export const secretsOfBuild = (args: Record<string, string> = {}, instructions: Instruction[]): string[] => [
  ...Object.entries(args).flatMap(([name, value]) => (isSecretName(name) ? [value] : [])),
  ...instructions
    .filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV')
    .flatMap(({ expanded }) => assignments(expanded))
    .flatMap(({ name, value = '' }) => (isSecretName(name) && value.length >= 8 ? [value] : [])),
];
