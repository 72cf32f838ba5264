import type { Amount, ContextMap, ContextWarning, IgnoreFileUse } from '../../../../contract/context-map.ts';
import { bytes, count } from '../../../ui/format.ts';

/** "42.3 MB in 1,204 files" */
export const amountWords = ({ files, bytes: size }: Amount): string => `${bytes(size)} in ${count(files, 'file')}`;

/** What stays behind, and why. */
export function leftWords({ left, ignoreFile, ignoreFileUse }: Pick<ContextMap, 'left' | 'ignoreFile' | 'ignoreFileUse'>): string {
  if (left.files > 0) return `${amountWords(left)} ${left.files === 1 ? 'is' : 'are'} left out by ${ignoreFile}.`;
  return withoutFiles[ignoreFileUse](ignoreFile);
}

const withoutFiles: Record<IgnoreFileUse, (ignoreFile: string) => string> = {
  read: (ignoreFile) => `${ignoreFile} leaves nothing out.`,
  absent: () => 'Nothing is left out: the folder has no .dockerignore.',
  'not-read': (ignoreFile) =>
    `Nothing is left out: ${ignoreFile} isn’t a plain file in this folder, so the builder doesn’t read it. Replace it with a plain file.`,
};

const kinds: Record<ContextWarning['kind'], string> = {
  key: 'A private key or a password',
  environment: 'Settings that often hold passwords',
  git: 'The history of the project',
  dependencies: 'Packages installed on this computer',
  'build-output': 'Made by a build or a test, and can be made again',
  'large-file': 'A very large file',
};

export const warningWords = ({ kind }: ContextWarning): string => kinds[kind];
