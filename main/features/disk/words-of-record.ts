import type { DescribedRecord } from '../../foundation/buildkit/kept-on-disk.ts';

/** BuildKit's own words for a record of its cache, made plain: the step of the Dockerfile where it is the result of one. */
export function wordsOfRecord({ type, ...record }: Pick<DescribedRecord, 'type' | 'description'>): string {
  const description = record.description.trim();
  for (const [pattern, say] of wordings) {
    const match = pattern.exec(description);
    if (match) return say(match);
  }
  return description || (type === 'regular' ? 'A layer of a base image' : type);
}

const wordings: [RegExp, (match: RegExpExecArray) => string][] = [
  [/^mount \/ from exec (?:\/bin\/sh -c )?(.+)$/s, ([, command]) => `RUN ${command}`],
  [
    /^cached mount (\S+) from exec (?:\/bin\/sh -c )?(.+?)(?: with id "(.*)")?$/s,
    ([, at, command]) => `The folder ${at} that RUN ${command} keeps`,
  ],
  [/^\[(?:\S+ )?\d+\/\d+\] (.+)$/s, ([, step = '']) => step],
  [/^pulled from (\S+)$/, ([, name]) => `The base ${name}`],
  [/^local source for context$/, () => 'Files of a folder that was built'],
  [/^local source for dockerfile$/, () => 'A Dockerfile that was built'],
  [/^local source for (.+)$/, ([, name]) => `Files that a build was sent: ${name}`],
  [/^git snapshot for (.+)$/, ([, url]) => `Files of the repository ${url}`],
  [/^http url (.+)$/, ([, url]) => `A file from ${url}`],
  // BuildKit before 0.10 does not say which
  [/^from local$|^fileop target$/, () => 'Files that a step copied or began with'],
];
