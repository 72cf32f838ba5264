import type { Engine } from '../../../tools/engine/engine.ts';

/** The id of the image that a name points to; empty if there is none. */
export const imageId = async (engine: Engine, reference: string): Promise<string> =>
  // Podman has a line for each name of the image
  [...new Set((await engine.docker(['images', '--no-trunc', '--quiet', reference])).trim().split('\n'))].join('\n');

/** Every name of an image, in alphabetical order. */
export const namesOf = async (engine: Engine, id: string): Promise<string[]> =>
  (JSON.parse(await engine.docker(['image', 'inspect', '--format', '{{json .RepoTags}}', id])) as string[]).toSorted();

/** The ids of all images that have a row: those that are only steps of others have none. */
export const allImageIds = async (engine: Engine): Promise<string[]> => [
  ...new Set((await engine.docker(['images', '--no-trunc', '--quiet'])).split('\n').filter(Boolean)),
];

/** The commands of all containers, running or not, including those of builds. */
export const containerCommands = async (engine: Engine): Promise<string[]> =>
  (await engine.docker(['ps', '--all', '--no-trunc', '--format', '{{.Command}}'])).split('\n').filter(Boolean);
