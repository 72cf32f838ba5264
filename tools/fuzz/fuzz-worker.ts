import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { tarballToLoad } from '../../main/archive/tarball-for-engine.ts';
import { describeArchive } from '../../main/formats/image-archive/describe-archive.ts';
import { RefusedArchive } from '../../main/formats/refused-archive.ts';
import { readCorpus } from './corpus.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { SecondVoice } from './second-voice.ts';

export type FuzzOrder = { firstSeed: number; files: string[]; only?: number };
/** Sent before each case, so that the last one is known where the thread is lost. */
export type FuzzAnswer = { seed: number; kind: string; second?: string; find?: string };

const { firstSeed, files, only } = workerData as FuzzOrder;
const corpus = readCorpus(files);
const folder = mkdtempSync(join(tmpdir(), 'layerdeck-fuzz-'));
const file = join(folder, 'x');
const second = new SecondVoice();
process.on('exit', () => {
  second.end();
  rmSync(folder, { recursive: true, force: true });
});

const tell = (answer: FuzzAnswer): void => parentPort?.postMessage(answer);

/** What came of one case. Throws where anything but a refusal in words is thrown. */
async function tryOne(bytes: Buffer): Promise<{ kind: string; second?: string }> {
  writeFileSync(file, bytes);
  const { preview, found } = await describeArchive(file, () => {});
  if (preview.kind === 'refused' && (!preview.title || !preview.reason)) throw new Error('refused without words');
  for (const image of found?.images ?? []) {
    const isInside = [image.config, ...image.layers].every(
      ({ offset, size }) => offset >= 0 && size >= 0 && Number.isSafeInteger(offset + size),
    );
    if (!isInside) throw new Error('a part lies outside of the file');
  }
  await sendAll().catch((error) => {
    if (!(error instanceof RefusedArchive)) throw error;
  });
  if (preview.kind === 'refused') return { kind: preview.title };
  const compared = await second.compare(file, bytes.subarray(0, 512));
  if ('find' in compared) throw new Error(`Python reads it otherwise: ${compared.find}`);
  return { kind: preview.kind, second: compared.agreed };
}

/** What an engine would be sent. */
async function sendAll(): Promise<void> {
  for (const product of ['Docker', 'Podman'] as const) {
    const keptBack = new Set(['app:1', 'multi:1', 'localhost/a:1']);
    const { stream } = await tarballToLoad(file, { product, platform: 'linux/amd64', keptBack, isFar: false });
    for await (const _ of stream);
  }
}

for (let seed = only ?? firstSeed; only === undefined || seed === only; seed++) {
  const bytes = mutate(corpus, new Random(seed));
  tell({ seed, kind: '' });
  try {
    tell({ seed, ...(await tryOne(bytes)) });
  } catch (error) {
    tell({ seed, kind: 'find', find: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
