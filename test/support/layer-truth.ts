import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { readBuiltLayers } from '../../main/features/images/built-layers.ts';
import { LayerIndex } from '../../main/features/images/layer-index.ts';
import { listImages } from '../../main/features/images/list-images.ts';
import { previewRemoval } from '../../main/features/images/preview-removal.ts';
import { findImage } from '../../main/foundation/engine/find-image.ts';
import { shortDigest } from '../../main/foundation/formats/digest.ts';
import { chainIds } from '../../main/foundation/layers/chain-ids.ts';
import { traits } from './engines/own-engine.ts';
import { expectAsForecast, forecastOf, push } from './forecast-scenario.ts';
import type { TestApp } from './make-app.ts';
import { pushedLayers } from './pushed-layers.ts';

/** An image's steps, oldest first, as its own configuration in a saved tarball has them: read without Layerdeck. */
export type TrueStep = { words: string; diffId?: string; size: number };

type Configuration = { history: { created_by?: string; empty_layer?: boolean }[]; rootfs: { diff_ids: string[] } };

export async function readTruth(app: TestApp, reference: string, tarball: string): Promise<TrueStep[]> {
  const read = <T>(member: string) => JSON.parse(execFileSync('tar', ['-xOf', tarball, member], { encoding: 'utf8' })) as T;
  const [image] = read<{ Config: string }[]>('manifest.json');
  const { history, rootfs } = read<Configuration>(image?.Config ?? '');
  const told: { Size: number }[] = await app.connection.engine.docker.getImage(reference).history();
  const diffIds = [...rootfs.diff_ids];
  const steps = history.map(({ created_by = '', empty_layer }, at): TrueStep => {
    const diffId = empty_layer ? undefined : diffIds.shift();
    return { words: created_by, ...(diffId && { diffId }), size: told[told.length - 1 - at]?.Size ?? 0 };
  });
  expect(diffIds).toEqual([]);
  return steps;
}

/** Checks that what is said about each step is true. Returns about how many nothing is said. */
export async function checkSteps(app: TestApp, reference: string, truth: TrueStep[]): Promise<number> {
  const steps = await readBuiltLayers(app.connection.engine, reference);
  expect(steps).toHaveLength(truth.length);
  steps.forEach(({ hasLayer, diffId, size }, at) => {
    const { diffId: real, size: bytes } = truth[at] ?? { size: -1 };
    if (hasLayer !== undefined) expect({ at, hasLayer }).toEqual({ at, hasLayer: real !== undefined });
    if (diffId) expect({ at, diffId }).toEqual({ at, diffId: real });
    expect(size).toBe(bytes);
  });
  return steps.filter(({ hasLayer, diffId }) => hasLayer === undefined || (hasLayer && !diffId)).length;
}

/** A push does what was forecast, to the byte if bytes are known; the registry then has every layer. */
export async function checkPush(app: TestApp, reference: string, truth: TrueStep[]): Promise<void> {
  const forecast = await forecastOf(app, reference);
  const pushed = await push(app, reference);
  expectAsForecast(pushed, forecast);
  const sent = new Set(forecast.layers.filter(({ state }) => state === 'send').map(({ id }) => id));
  const packed = await pushedLayers(reference);
  expect(packed).toHaveLength(truth.filter(({ diffId }) => diffId).length);
  const unpacked = new Map(truth.flatMap(({ diffId, size }) => (diffId ? [[shortDigest(diffId), size] as const] : [])));
  const sizes = traits.countsPacked ? new Map(packed.map(({ digest, size }) => [shortDigest(digest), size])) : unpacked;
  const bytes = [...sizes].reduce((sum, [id, size]) => sum + (sent.has(id) ? size : 0), 0);
  if (traits.namesLayersSent) expect(pushed.result).toMatchObject({ sentBytes: bytes });
  expect([undefined, bytes]).toContain(forecast.toSend);
}

/** Removing frees what was promised: the bytes of what no other image has. Removes the image. */
export async function checkRemoval(app: TestApp, reference: string, truth: TrueStep[]): Promise<void> {
  const { engine } = app.connection;
  const image = await findImage(engine, reference);
  // two builds of nothing but settings may have made the same image
  if (!image) return;
  const { Id, RepoTags } = image;
  const { freed } = await previewRemoval(engine, new LayerIndex(), { images: await listImages(engine) }, [Id]);
  const layers = truth.flatMap(({ diffId, size }) => (diffId ? [{ diffId, size }] : []));
  const chains = chainIds(layers.map(({ diffId }) => diffId));
  for (const name of RepoTags) await engine.docker.getImage(name).remove();
  const left = await Promise.all((await listImages(engine)).map(({ id }) => engine.docker.getImage(id).inspect()));
  const staying = new Set(left.flatMap(({ RootFS }) => chainIds(RootFS.Layers ?? [])));
  const really = layers.reduce((sum, { size }, at) => sum + (staying.has(chains[at] ?? '') ? 0 : size), 0);
  // what is packed is compared with the disk itself: see freed-space.test.ts
  if (freed && !traits.countsPacked) expect(freed.bytes + (freed.inCache ?? 0)).toBe(really);
}
