import type { MovedNames } from '../../contract/moved-names.ts';

/** Says that the version has changed, and what becomes of the image that has the old name. */
export const MovedNote = ({ from, before, now }: MovedNames) => (
  <p className="sm t2" role="status">
    {origins[from]} has changed since the last build, so the new image is called <span className="mono">{now}</span>.{' '}
    <span className="mono">{before}</span> stays as it is.
  </p>
);

const origins: Record<MovedNames['from'], string> = {
  folder: 'The folder’s name',
  VERSION: 'The version in VERSION',
  'package.json': 'The version in package.json',
  'git tag': 'The git tag',
  'git commit': 'The git commit',
};
