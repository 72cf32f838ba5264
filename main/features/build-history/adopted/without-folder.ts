import type { BuildOrigin } from '../../../../contract/build-record.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';

/** Why something can't be done with a build whose folder is not known. */
export const withoutFolder = (origin: BuildOrigin): FailureError => (origin === 'file' ? fromFile : ofAnotherTool);

const fromFile = new FailureError({
  kind: 'invalid-input',
  title: 'This build comes from a file',
  detail: 'The file has its steps, but not the folder it was made from.',
  hint: 'Build again where it was built, or drop its folder on this window.',
});

const ofAnotherTool = new FailureError({
  kind: 'invalid-input',
  title: 'This build was made by another tool',
  detail: 'The engine remembers its steps, but not the folder it was made from.',
  hint: 'Build again where it was built, or drop its folder on this window.',
});
