import type { Advice } from '../../../contract/advice.ts';
import type { Instruction } from '../explain/read-instructions.ts';

/** Of several of these in a stage, each takes the place of the one before it. */
const kinds = [
  ['CMD', 'CMD says what a container of the image does when it starts.'],
  ['ENTRYPOINT', 'ENTRYPOINT says what a container of the image starts.'],
  ['HEALTHCHECK', 'HEALTHCHECK says how a container of the image is looked after.'],
] as const;

/** Instructions that count once and are written more often, as if they ran one after the other. */
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
        reason: `${words} Each takes the place of the one before it, and none of them runs while the image is built: that is what RUN is for.`,
        suggestion: all.every(isPreparation) ? all.map(({ text }) => text.replace(/^CMD/, 'RUN')).join('\n') : last.text,
      };
    }),
  );

// what nobody starts a container for
const isPreparation = ({ text }: Instruction): boolean =>
  /^CMD (?:mkdir|cp|mv|rm|chmod|chown|ln|touch|tar|apt-get|apk|pip3?|npm) /.test(text);
