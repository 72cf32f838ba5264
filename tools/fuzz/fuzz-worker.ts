import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Packing } from '../../contract/archive.ts';
import { readFiled } from '../../main/features/builds/recorded/read-filed.ts';
import { partsToLoad } from '../../main/features/load-save/parts-to-send.ts';
import { RefusedArchive } from '../../main/foundation/formats/refused-archive.ts';
import { describeArchive } from '../../main/foundation/image-archive/describe-archive.ts';
import { lookAtTarball } from '../../main/foundation/image-archive/look-at-tarball.ts';
import { readCorpus } from './corpus.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { compareWithBsdtar } from './voices/bsdtar-voice.ts';
import { PythonVoice } from './voices/python-voice.ts';
import { readOwn } from './voices/read-own.ts';

export type FuzzOrder = { firstSeed: number; files: string[]; only?: number };
/** Sent before each case, so that the last one is known if the thread is lost. */
export type FuzzAnswer = { seed: number; kind: string; voices?: string[]; find?: string };

const { firstSeed, files, only } = workerData as FuzzOrder;
const corpus = readCorpus(files);
const folder = mkdtempSync(join(tmpdir(), 'layerdeck-fuzz-'));
const file = join(folder, 'x');
const python = new PythonVoice();
process.on('exit', () => {
  python.end();
  rmSync(folder, { recursive: true, force: true });
});

const tell = (answer: FuzzAnswer): void => parentPort?.postMessage(answer);

/** The outcome of one case. Throws if anything but a refusal with an explanation is thrown. */
async function tryOne(bytes: Buffer): Promise<{ kind: string; voices?: string[] }> {
  writeFileSync(file, bytes);
  const { preview, found, tarball, records = [], hasFilled = false } = await describeArchive(file, () => {});
  if (preview.kind === 'refused' && (!preview.title || !preview.reason)) throw new Error('refused without words');
  for (const image of found?.images ?? []) {
    const isInside = [image.config, ...image.layers].every(
      ({ offset, size }) => offset >= 0 && size >= 0 && Number.isSafeInteger(offset + size),
    );
    if (!isInside) throw new Error('a part lies outside of the file');
  }
  // what was taken for a build record can be read to its end
  for (const record of records) if (tarball) for await (const _ of readFiled({ source: { tarball, hasFilled }, record }));
  await sendAll().catch((error) => {
    if (!(error instanceof RefusedArchive)) throw error;
  });
  if (preview.kind === 'refused') return { kind: preview.title };
  return { kind: preview.kind, voices: await askOthers(preview.packing) };
}

/** What other readers find in a file that ours accepts: if they differ, one would show what is not there. */
async function askOthers(packing: Packing): Promise<string[]> {
  const own = await readOwn(file, packing);
  if (own.hasHoles) return ['of a form with holes that engines refuse'];
  // Python 3.11 does not support zstd
  const compared = [compareWithBsdtar(file, own), ...(packing === 'zstd' ? [] : [await python.compare(file, own)])];
  return compared.map((one) => {
    if ('find' in one) throw new Error(one.find);
    return one.agreed;
  });
}

/** What an engine would be sent. */
async function sendAll(): Promise<void> {
  for (const product of ['Docker', 'Podman'] as const) {
    const keptBack = new Set(['app:1', 'multi:1', 'localhost/a:1']);
    for await (const _ of partsToLoad(await lookAtTarball(file), { product, platform: 'linux/amd64', keptBack, isFar: false }));
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
// otherwise the thread would wait for it for ever
python.end();
