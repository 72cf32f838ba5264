import type { Builder } from '../../../../contract/engine.ts';
import { platform, secretId, variableName } from '../../../../contract/grammar.ts';
import { nameProblem, newNameProblem } from '../../../desk/describe-reference.ts';
import type { BuildDraft, SecretDraft } from './build-draft.ts';
import { filledLabels, isGiven, typed } from './build-request.ts';

// Each says why a text can’t be used; an empty one is no problem here.

export const platformProblem = (text: string): string | undefined =>
  text.trim() === '' || platform.test(text.trim()) ? undefined : 'A platform is a system and a kind of processor, such as linux/arm64.';

export const variableProblem = (text: string): string | undefined =>
  text.trim() === '' || variableName.test(text.trim())
    ? undefined
    : 'The name of a variable has letters, digits and “_”, and doesn’t begin with a digit.';

export const secretIdProblem = (text: string): string | undefined =>
  text.trim() === '' || secretId.test(text.trim()) ? undefined : 'An id has letters, digits, “_”, “.” and “-”.';

/** The first thing that keeps the build from starting; undefined if nothing does. */
export function draftProblem(draft: BuildDraft, builder: Builder): string | undefined {
  const names = typed(draft.names);
  if (draft.dockerfile === '') return 'Choose a Dockerfile.';
  if (names.length === 0) return 'Give the image a name.';
  if (names.some(newNameProblem)) return 'One of the names can’t be used.';
  return optionProblem(draft, builder);
}

/** The same for the options, which may be folded away. */
export function optionProblem(draft: BuildDraft, builder: Builder): string | undefined {
  if (platformProblem(draft.platform)) return 'The platform can’t be used.';
  if (typed(draft.cacheFrom).some(nameProblem)) return 'The name of an image to reuse steps from can’t be used.';
  if (filledLabels(draft).some(({ name }) => name.trim() === '')) return 'A label has no name.';
  return builder === 'buildkit' ? draft.secrets.map(secretProblem).find(Boolean) : undefined;
}

function secretProblem(secret: SecretDraft): string | undefined {
  const { id, from, isFileLost, file, variable, isAsked } = secret;
  if (from === 'file' && isFileLost && !file) return `Choose the file of the secret ${id} again.`;
  if (secretIdProblem(id)) return 'The id of a secret can’t be used.';
  if (from === 'environment' && variableProblem(variable)) return 'The variable of a secret can’t be used.';
  if (isAsked) return undefined; // a step may do without, unless it says otherwise
  if (isGiven(secret) && id.trim() === '') return 'A secret has no id.';
  return id.trim() !== '' && !isGiven(secret) ? `Say where the secret ${id} comes from.` : undefined;
}
