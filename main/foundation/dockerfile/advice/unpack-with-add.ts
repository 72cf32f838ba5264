import { posix } from 'node:path';
import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';

/** Archives that ADD unpacks by itself. */
const tarball = /\.(?:tar(?:\.(?:gz|bz2|xz))?|tgz|tbz2?|txz)$/i;

/** Advises ADD if a tarball is copied, unpacked and perhaps removed again, each in a separate layer. */
export const adviseUnpack = (instructions: Instruction[]): Advice[] =>
  instructions.flatMap((copy, place) => {
    const [source, ...more] = copy.sources;
    if (copy.keyword !== 'COPY' || copy.from !== undefined || !source || more.length > 0 || !tarball.test(source)) return [];
    const name = posix.basename(source);
    const after = instructions.slice(place + 1).filter(({ stage, keyword }) => stage === copy.stage && keyword === 'RUN');
    const unpacking = after.find(({ text }) => new RegExp(`\\btar\\b.*${escaped(name)}`).test(text));
    const to = unpacking && unpacksTo(unpacking, name);
    if (!unpacking || to === undefined) return [];
    const removing = after.find(({ text }) => /^RUN rm\b/.test(text) && text.includes(name));
    return makeAdvice(copy, removing ?? unpacking, `ADD ${source} ${to}`);
  });

/** The target folder; undefined if the command does something that ADD cannot. */
function unpacksTo({ text }: Instruction, name: string): string | undefined {
  const words = text.split(' ').slice(1);
  const [tar, flags = '', ...rest] = words;
  if (tar !== 'tar' || !/^-?[zjJvxpf]*x[zjJvxpf]*$/.test(flags)) return undefined;
  const known = /^(\S+)(?: -C (\S+))?$/.exec(rest.join(' '));
  return known?.[1]?.endsWith(name) ? (known[2] ?? './') : undefined;
}

const makeAdvice = (copy: Instruction, last: Instruction, suggestion: string): Advice => ({
  rule: 'unpack-with-add',
  line: copy.line,
  lastLine: last.lastLine,
  title: 'Let ADD unpack the archive',
  reason:
    'A copied archive stays in its layer: removing it in a later step makes nothing smaller. ADD unpacks an archive from the folder in one step and keeps only its content.',
  suggestion,
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
