import type { Advice } from '../../contract/advice.ts';
import { type AdviceFacts, advise } from '../../main/foundation/dockerfile/advice/advise.ts';

/** All the advice on a Dockerfile. */
export const adviseOn = (lines: string[], facts: Partial<AdviceFacts> = {}): Advice[] =>
  advise(`${lines.join('\n')}\n`, { hasIgnoreFile: true, ...facts });

/** Which rules apply to a Dockerfile, each with the first and the last line that it means. */
export const rules = (lines: string[], facts: Partial<AdviceFacts> = {}) =>
  adviseOn(lines, facts).map(({ rule, line, lastLine }) => [rule, line, lastLine]);

/** The first advice on a Dockerfile. */
export const first = (lines: string[], facts: Partial<AdviceFacts> = {}) => adviseOn(lines, facts)[0];
