import type { Asked } from './answers/ask-for.ts';
import { type ImageInspect, inspectImage } from './answers/image-answers.ts';

/** The engine's image with a name or an id; undefined if the engine says it has none. Rejects at any other answer. */
export const findImage = (engine: Asked, name: string, signal?: AbortSignal): Promise<ImageInspect | undefined> =>
  inspectImage(engine, name, signal).catch((error: { statusCode?: number }) => {
    if (error.statusCode === 404) return undefined;
    throw error;
  });

/** Whether the engine has an image. Rejects if its answer is unclear. */
export const imageExists = async (engine: Asked, name: string): Promise<boolean> => (await findImage(engine, name)) !== undefined;
