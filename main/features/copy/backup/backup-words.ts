import type { Failure } from '../../../../contract/failure.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';

export const isMissing = (name: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The registry doesn’t have it',
    detail: `Something names ${name}, and the registry has no such thing any longer, or never had it.`,
  });

export const foreign: Failure = {
  kind: 'not-found',
  title: 'One of its layers is kept elsewhere',
  detail: 'The image says where its maker gives the layer out, as Windows’ base layers do. It isn’t in the registry.',
};

export const tooMany: Failure = {
  kind: 'invalid-input',
  title: 'It has more tags than are read',
  detail: 'Layerdeck reads 100,000 tags of a repository.',
};

export const noTags: Failure = {
  kind: 'not-found',
  title: 'It has no tags',
  detail: 'A registry lists by tags alone what it has. Images without any, and layers of an image whose push was stopped, can’t be found.',
};

export const packedName = (name: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'A backup isn’t packed',
    detail: `Layers are packed already, and only an unpacked file can be gone on with. The name ${name} promises something else.`,
    hint: 'Choose a name that ends in “.tar”.',
  });

/** The words for a file whose end is lost with the disk's room don't fit: this one keeps what it has. */
export const diskFilledUp = (name: string): FailureError =>
  new FailureError({
    kind: 'no-space',
    title: 'The disk is full',
    detail: `It filled up while ${name} was written.`,
    hint: 'Free some space, then go on.',
  });

export const beingWritten = (name: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `${name} is being written`,
    detail: 'The backup is going on right now. Nothing was removed.',
    hint: 'Stop it first.',
  });

export const noBackup: Failure = {
  kind: 'bad-archive',
  title: 'The file isn’t a backup of a registry',
  detail: 'Nothing in it says which repositories and tags its images belong to.',
  hint: 'Load it into an engine instead, or choose another file.',
};

export const damagedBlob = (digest: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: 'The backup is damaged',
    detail: `${digest.slice(0, 19)} isn’t in the file as it was written.`,
    hint: 'Use another copy of the file.',
  });
