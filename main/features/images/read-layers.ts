import type { Asked } from '../../foundation/engine/answers/ask-for.ts';
import { type HistoryStep, inspectImage, readImageHistory } from '../../foundation/engine/answers/image-answers.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import { alignLayers, type StepLayer, stepsToAsk } from './history.ts';

export type ImageLayers = {
  /** The newest first. */
  steps: StepLayer[];
  /** The layers, the lowest first. */
  diffIds: string[];
};

type AskLayers = (id: string) => Promise<string[] | undefined>;

/** An image's steps and layers. If the history alone does not show which step made which, the steps' own images are inspected. */
export async function readImageLayers(engine: Asked, id: string, ask: AskLayers = (step) => layersOf(engine, step)): Promise<ImageLayers> {
  const [facts, history] = await Promise.all([inspectImage(engine, id), readHistory(engine, id)]);
  const diffIds = facts.RootFS.Layers;
  const counts = await countLayers(stepsToAsk(history, diffIds), diffIds, ask);
  return { steps: alignLayers(history, diffIds, counts), diffIds };
}

/** The history of an image; empty where Podman 5.8 breaks down over one that has a step without a date. */
async function readHistory(engine: Asked, id: string): Promise<HistoryStep[]> {
  try {
    return await readImageHistory(engine, id);
  } catch (error) {
    if (/nil pointer dereference/.test(String(error))) return [];
    throw error;
  }
}

async function countLayers(ids: string[], diffIds: string[], ask: AskLayers): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const layers = await ask(id);
    // a step's image ends with that step, so its layers must be the lowest ones of the whole image
    if (layers?.every((layer, place) => layer === diffIds[place])) counts.set(id, layers.length);
  }
  return counts;
}

/** The layers of an image; undefined if the engine has no image with that id. */
export async function layersOf(engine: Asked, id: string): Promise<string[] | undefined> {
  const found = await findImage(engine, id);
  return found?.RootFS.Layers;
}
