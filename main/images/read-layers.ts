import type Docker from 'dockerode';
import { findImage } from '../engine/find-image.ts';
import { alignLayers, type HistoryStep, type StepLayer, stepsToAsk } from './history.ts';

export type ImageLayers = {
  /** Newest first. */
  steps: StepLayer[];
  /** Of the layers, the lowest first. */
  diffIds: string[];
};

type AskLayers = (id: string) => Promise<string[] | undefined>;

/** An image's steps and layers. Where the history alone does not tell which step made which, the steps' own images are asked. */
export async function readImageLayers(
  engine: { docker: Docker },
  id: string,
  ask: AskLayers = (step) => layersOf(engine, step),
): Promise<ImageLayers> {
  const image = engine.docker.getImage(id);
  const [facts, history] = await Promise.all([image.inspect(), image.history() as Promise<HistoryStep[] | null>]);
  const diffIds = facts.RootFS?.Layers ?? [];
  const counts = await countLayers(stepsToAsk(history ?? [], diffIds), diffIds, ask);
  return { steps: alignLayers(history ?? [], diffIds, counts), diffIds };
}

async function countLayers(ids: string[], diffIds: string[], ask: AskLayers): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const layers = await ask(id);
    // the image of a step ends where the step ended: what it has must be the lowest part of the whole
    if (layers?.every((layer, place) => layer === diffIds[place])) counts.set(id, layers.length);
  }
  return counts;
}

/** The layers of an image; undefined where the engine has none of that id. */
export async function layersOf(engine: { docker: Docker }, id: string): Promise<string[] | undefined> {
  const found = await findImage(engine, id);
  return found && (found.RootFS?.Layers ?? []);
}
