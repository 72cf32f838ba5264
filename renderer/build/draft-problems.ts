import type { Builder } from '../../contract/engine.ts';
import { isName, nameProblem } from '../connection/describe-reference.ts';
import type { BuildDraft, SecretDraft } from './build-draft.ts';
import { filledLabels, isGiven, typed } from './build-request.ts';

// Each says why what was typed cannot be used; what is empty is no problem here.

export const imageNameProblem = (text: string): string | undefined =>
  isName(text) && text.includes('@') ? 'A digest comes from the content; it cannot be chosen. Name a tag.' : nameProblem(text);

export const platformProblem = (text: string): string | undefined =>
  text.trim() === '' || (text.length <= 60 && /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(text.trim()))
    ? undefined
    : 'A platform is a system and a kind of processor, such as linux/arm64.';

export const variableProblem = (text: string): string | undefined =>
  text.trim() === '' || /^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(text.trim())
    ? undefined
    : 'The name of a variable has letters, digits and “_”, and begins with no digit.';

export const secretIdProblem = (text: string): string | undefined =>
  text.trim() === '' || /^[\w.-]{1,200}$/.test(text.trim()) ? undefined : 'An id has letters, digits, “_”, “.” and “-”.';

/** The first thing that keeps the build from starting, in words; undefined where nothing does. */
export function draftProblem(draft: BuildDraft, builder: Builder): string | undefined {
  const names = typed(draft.names);
  if (draft.dockerfile === '') return 'Choose a Dockerfile.';
  if (names.length === 0) return 'Give the image a name.';
  if (names.some(imageNameProblem)) return 'One of the names cannot be used.';
  return optionProblem(draft, builder);
}

/** The same for what is folded away. */
export function optionProblem(draft: BuildDraft, builder: Builder): string | undefined {
  if (platformProblem(draft.platform)) return 'The platform cannot be used.';
  if (typed(draft.cacheFrom).some(nameProblem)) return 'An image to take steps from has no proper name.';
  if (filledLabels(draft).some(({ name }) => name.trim() === '')) return 'A label has no name.';
  return builder === 'buildkit' ? draft.secrets.map(secretProblem).find(Boolean) : undefined;
}

function secretProblem(secret: SecretDraft): string | undefined {
  const { id, from, isFileLost, file, variable, isAsked } = secret;
  if (from === 'file' && isFileLost && !file) return `Choose the file of the secret ${id} again.`;
  if (secretIdProblem(id)) return 'The id of a secret cannot be used.';
  if (from === 'environment' && variableProblem(variable)) return 'The variable of a secret cannot be used.';
  if (isAsked) return undefined; // a step may do without, unless it says otherwise
  if (isGiven(secret) && id.trim() === '') return 'A secret has no id.';
  return id.trim() !== '' && !isGiven(secret) ? `Say where the secret ${id} lies.` : undefined;
}
