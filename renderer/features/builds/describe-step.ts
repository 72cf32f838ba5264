import { describeInstruction } from '../../../contract/instruction.ts';

/** The builder's own work, in plain words. */
const internal: [pattern: RegExp, words: string][] = [
  [/^(?:load|transferring) build definition|^load remote bake/i, 'Read the Dockerfile'],
  [/^(?:load|transferring) build context/i, 'Send the folder'],
  [/^load \.dockerignore/i, 'Read .dockerignore'],
  [/^load metadata for (\S+)/i, 'Look up $1'],
  [/^resolve image config for (\S+)/i, 'Look up $1'],
  [/^(?:exporting to (?:image|oci|docker)|exporting layers)/i, 'Put the layers together'],
  [/^writing image/i, 'Write the image'],
  [/^naming to (\S+)/i, 'Name it $1'],
  [/^importing cache/i, 'Look at the cache'],
];

/** A step in plain words, without the registry and digest that the builder writes out. */
export function describeStep(instruction: string): string {
  const short = shortened(instruction);
  for (const [pattern, words] of internal) {
    const match = pattern.exec(short);
    if (match) return words.replace('$1', match[1] ?? '');
  }
  return describeInstruction(short);
}

/** `FROM docker.io/library/node:22@sha256:…` as one would write it. */
export const shortened = (instruction: string): string =>
  instruction.replace(/\bdocker\.io\/(?:library\/)?/g, '').replace(/@sha256:[0-9a-f]{64}/g, '');
