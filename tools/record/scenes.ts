import { dockerArchive, makeLayer, ociArchive } from './made-archive.ts';
import { type DoorOptions, openDoor } from './open-door.ts';
import type { Recorder } from './recorder.ts';

/** Ports of two registries on this computer: one for everybody, and one that wants a login. */
export type Registries = { open: number; closed: number };

/** Slow enough for many lines of progress, quick enough to wait for. */
const bytesPerSecond = 400_000;
const layerSizes = [3_000_000, 20_000, 2_000_000, 1000, 1_200_000, 2_500_000];

/** Records everything an engine says of loading, pushing and pulling, in an order in which each makes what the next needs. */
export async function recordScenes(recorder: Recorder, { open, closed }: Registries): Promise<void> {
  await throughDoor(open, { bytesPerSecond }, (address) => recordTransfers(recorder, address, `localhost:${closed}`));
  const layers = await Promise.all([350_000, 250_000].map(makeLayer));
  const how = { bytesPerSecond: bytesPerSecond / 2, cutAfter: 150_000 };
  await throughDoor(open, how, (address) => recordCutPush(recorder, `${address}/cut`, layers));
  await throughDoor(open, how, (address) => recorder.record('pull-retried', pull(`${address}/cut`, '1')));
}

async function throughDoor(target: number, how: DoorOptions, act: (address: string) => Promise<void>): Promise<void> {
  const door = await openDoor(target, how);
  try {
    await act(door.address);
  } finally {
    door.close();
  }
}

async function recordTransfers(recorder: Recorder, address: string, closed: string): Promise<void> {
  const at = (name: string) => `${address}/${name}`;
  const layers = await Promise.all(layerSizes.map(makeLayer));
  const newer = [...layers.slice(0, 4), await makeLayer(200_000), await makeLayer(350_000)];
  await recordLoads(recorder, at('rec:1'), layers);
  await recorder.prepare(load(await dockerArchive([at('rec:2')], newer)));
  await recorder.record('push', push(at('rec'), '1'));
  await recorder.record('push-present', push(at('rec'), '1'));
  await recorder.record('push-partly', push(at('rec'), '2'));
  await tag(recorder, at('rec:1'), at('other'), '1');
  await recorder.record('push-mounted', push(at('other'), '1'));
  await recordRefusedPushes(recorder, at('rec:1'), closed);

  for (const name of ['rec:1', 'rec:2', 'other:1']) await remove(recorder, at(name));
  await recorder.record('pull', pull(at('rec'), '1'));
  await recorder.record('pull-present', pull(at('rec'), '1'));
  await recorder.record('pull-partly', pull(at('rec'), '2'));
  await recorder.record('pull-unknown', pull(at('rec'), 'nothing'));
  await recorder.record('pull-no-login', pull(`${closed}/rec`, '1'));
}

async function recordLoads(recorder: Recorder, reference: string, layers: Buffer[]): Promise<void> {
  const archive = await dockerArchive([reference], layers);
  await recorder.record('load-truncated', load(archive.subarray(0, Math.floor(archive.length * 0.6))));
  await recorder.record('load', load(archive));
  await recorder.record('load-present', load(archive));
  const small = await Promise.all([20_000, 1000].map(makeLayer));
  await recorder.record('load-two-names', load(await dockerArchive(['localhost/rec-two:1', 'localhost/rec-two:2'], small)));
  await recorder.record('load-untagged', load(await dockerArchive([], [await makeLayer(1000)])));
  await recorder.record('load-oci', load(await ociArchive('localhost/rec-oci:1', await Promise.all([200_000, 1000].map(makeLayer)))));
}

async function recordRefusedPushes(recorder: Recorder, reference: string, closed: string): Promise<void> {
  await tag(recorder, reference, `${closed}/rec`, '1');
  await recorder.record('push-no-login', push(`${closed}/rec`, '1'));
  await tag(recorder, reference, 'localhost:1/rec', '1');
  await recorder.record('push-refused', push('localhost:1/rec', '1'));
  for (const name of [`${closed}/rec:1`, 'localhost:1/rec:1']) await remove(recorder, name);
}

/** The connection is cut once in the middle of a layer. Not every engine tries again by itself: then it is asked to. */
async function recordCutPush(recorder: Recorder, name: string, layers: Buffer[]): Promise<void> {
  await recorder.prepare(load(await dockerArchive([`${name}:1`], layers)));
  await recorder.record('push-retried', push(name, '1'));
  await recorder.prepare(push(name, '1'));
  await remove(recorder, `${name}:1`);
}

const load = (body: Buffer) => ({ path: '/images/load', query: { quiet: false }, body });
// Docker does not know the last one, Podman needs it
const push = (name: string, tag: string) => ({ path: `/images/${name}/push`, query: { tag, tlsVerify: false } });
const pull = (fromImage: string, tag: string) => ({ path: '/images/create', query: { fromImage, tag, tlsVerify: false } });
const tag = (recorder: Recorder, from: string, repo: string, name: string) =>
  recorder.prepare({ path: `/images/${from}/tag`, query: { repo, tag: name } });
const remove = (recorder: Recorder, name: string) => recorder.ask({ method: 'DELETE', path: `/images/${name}`, query: { force: true } });
