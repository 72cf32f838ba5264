import type Docker from 'dockerode';
import { readVolumeLabels } from '../../foundation/engine/answers/volume-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** The volume that keeps the images of Layerdeck's own registry. */
export const volume = 'layerdeck-registry';
/** And the one that keeps only who may sign in, if its images are in a folder. */
export const settingsVolume = 'layerdeck-registry-settings';
const portLabel = 'app.layerdeck.registry.port';

/** What the volume says of the registry that it belonged to; undefined if there is no such volume. */
export async function readKept(engine: Engine, name: string = volume): Promise<{ port?: number } | undefined> {
  const labels = await readVolumeLabels(engine, name);
  if (!labels) return undefined;
  const port = Number(labels[portLabel]);
  return Number.isInteger(port) && port > 0 ? { port } : {};
}

/** Makes the volume if it isn't there. Its labels stay as they were first: they say the port to a Layerdeck that has forgotten it. */
export async function makeVolume(docker: Docker, port: number, name: string = volume): Promise<void> {
  await docker.createVolume({ Name: name, Labels: { [portLabel]: String(port) } });
}
