import type { Failure } from '../../../../contract/failure.ts';

export const doubled = (platform: string): Failure => ({
  kind: 'invalid-input',
  title: `Two of the images are for ${platform}`,
  detail: 'A list has one image for each platform, as an engine couldn’t choose between two.',
  hint: 'Leave one of them out.',
});

export const nothingToJoin: Failure = {
  kind: 'invalid-input',
  title: 'A list needs two images at least',
  detail: 'With one platform there is nothing to choose from.',
  hint: 'Choose images for different platforms.',
};

export const isGone: Failure = {
  kind: 'not-found',
  title: 'One of the images is no longer there',
  detail: 'It was removed after you looked. The name stays where it was.',
  hint: 'Look again, then decide.',
};

export const hasMoved = (name: string): Failure => ({
  kind: 'in-use',
  title: `${name} has moved in the meantime`,
  detail: 'Somebody pushed to the tag or removed it after you looked.',
  hint: 'Look at where it is now, then decide again.',
});

export const notAList: Failure = {
  kind: 'not-found',
  title: 'There is no list with this digest any longer',
  detail: 'It was removed, or the registry never had it as a list.',
  hint: 'Read the tags again.',
};
