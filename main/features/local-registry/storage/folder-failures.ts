import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';

// what can be wrong with a folder in which a registry keeps its images, each with its next step

const causeOf = (error: unknown) => (error === undefined ? {} : { cause: error instanceof Error ? error.message : String(error) });

export const folderGone = (path: string, error?: unknown): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The folder with the registry’s images isn’t there',
    detail: `The registry keeps them in ${path}. The disk may not be plugged in, or the folder was moved.`,
    hint: 'Plug the disk in or put the folder back, then start the registry. Or keep its images somewhere else.',
    ...causeOf(error),
  });

export const folderNotWritable = (path: string, error?: unknown): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: 'You may not write in that folder',
    detail: `${path} belongs to somebody else, so neither Layerdeck nor the registry can keep images there.`,
    hint: 'Choose a folder of your own, or ask the owner of this one.',
    ...causeOf(error),
  });

export const folderReadOnly = (path: string, error?: unknown): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: 'Nothing can be written to that disk',
    detail: `The disk with ${path} is protected from changes, and a registry writes even where nothing is pushed to it.`,
    hint: 'Take the protection off, or choose a folder on another disk.',
    ...causeOf(error),
  });

export const folderFull = (path: string, needed: string, free: string): FailureError =>
  new FailureError({
    kind: 'no-space',
    title: 'The registry’s images don’t fit on that disk',
    detail: `They take ${needed}, and only ${free} are free where ${path} is. Nothing was copied.`,
    hint: 'Free some space there, or choose a folder on another disk.',
  });

/** While something was pushed. */
export const folderIsFull = (path: string, error: unknown): FailureError =>
  new FailureError({
    kind: 'no-space',
    title: 'The disk with the registry’s images is full',
    detail: `The registry keeps them in ${path}, and had no room for what was pushed.`,
    hint: 'Free some space there or in the registry, then push again. Or keep its images somewhere else.',
    ...causeOf(toFailure(error).cause),
  });

/** While it was copied. */
export const folderGotFull = (path: string, error: unknown): FailureError =>
  new FailureError({
    kind: 'no-space',
    title: 'That disk is full',
    detail: `The registry’s images didn’t fit in ${path}. What was copied was removed again, and the registry keeps them where they were.`,
    hint: 'Free some space there, or choose a folder on another disk.',
    ...causeOf(error),
  });

export const folderNotSeen = (path: string, error?: unknown): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The engine doesn’t see that folder',
    detail: `Its containers don’t find what is in ${path}. The engine runs in a virtual machine that doesn’t share this folder, or on another computer.`,
    hint: 'Choose a folder that is shared with the engine. Docker Desktop lists them in its settings under “File sharing”.',
    ...causeOf(error),
  });

export const folderInUse = (path: string, by: string): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `The container ${by} uses that folder`,
    detail: `It works on the files in ${path}. Two registries that write there damage each other’s images.`,
    hint: `Stop ${by}, or choose another folder.`,
  });

export const hasAnotherDocker = (path: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'Something else is called “docker” in that folder',
    detail: `A registry keeps its images in a folder of this name, and the one in ${path} isn’t a registry’s.`,
    hint: 'Choose another folder, or make an empty one in it.',
  });

export const hasRegistryAlready = (path: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'A registry’s images are in that folder by now',
    detail: `Nothing is copied into ${path}, where it would be mixed with them.`,
    hint: 'Choose the folder again to use the images that are there, or choose another one.',
  });

export const unexpectedFile = (name: string): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: 'The engine sent something that no registry keeps',
    detail: `It was “${name.slice(0, 200)}”. Nothing was changed.`,
    hint: 'Back up the registry into a file instead, and restore it there.',
  });
