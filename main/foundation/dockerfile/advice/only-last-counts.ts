import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';

/** Instructions of which each replaces the one before it in the same stage. */
const kinds = [
  ['CMD', 'CMD says what a container does when it starts.'],
  ['ENTRYPOINT', 'ENTRYPOINT says which program a container starts.'],
  ['HEALTHCHECK', 'HEALTHCHECK says how to check that a container works.'],
] as const;

/** Points out instructions that count only once but are repeated, as if they ran one after the other. */
export const adviseOnlyLast = (instructions: Instruction[]): Advice[] =>
  [...Map.groupBy(instructions, ({ stage }) => stage).values()].flatMap((stage) =>
    kinds.flatMap(([keyword, words]) => {
      const all = stage.filter((one) => one.keyword === keyword);
      const [first, last] = [all[0], all.at(-1)];
      if (!first || !last || first === last) return [];
      return {
        rule: 'only-last-counts' as const,
        line: first.line,
        lastLine: last.lastLine,
        title: `Only the last ${keyword} counts`,
        reason: `${words} Each one replaces the one before it, and none of them runs while the image is built: that’s what RUN is for.`,
        suggestion: all.every(isPreparation) ? all.map(({ text }) => text.replace(/^CMD/, 'RUN')).join('\n') : last.text,
      };
    }),
  );

// commands that nobody starts a container for
const isPreparation = ({ text }: Instruction): boolean =>
  /^CMD (?:mkdir|cp|mv|rm|chmod|chown|ln|touch|tar|apt-get|apk|pip3?|npm) /.test(text);
