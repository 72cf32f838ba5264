// Throws changed tarballs at the reader and looks for anything but an answer in words, and for what Python's tarfile or bsdtar reads differently:
// `npm run fuzz -- archives --seconds 600 [file.tar …]`.
// One case again: `--seed 4711`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { readCorpus } from './corpus.ts';
import type { FuzzAnswer, FuzzOrder } from './fuzz-worker.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, first: { type: 'string', default: '1' } },
});
/** Milliseconds that one case may take; the slowest honest case takes a tenth. */
const mostTime = 20_000;
/** Megabytes that the reader may hold. */
const mostMemory = 512;

const end = performance.now() + Number(values.seconds) * 1000;
const kinds = new Map<string, number>();
const voices = new Map<string, number>();
const finds: string[] = [];
let slowest = 0;
let cases = 0;
let next = Number(values.first);

while (performance.now() < end) {
  next = await fuzzFrom(next);
  if (values.seed) break;
}
report();

/** Runs one thread until the time is over or the thread is lost. Resolves to the seed to go on with. */
function fuzzFrom(firstSeed: number): Promise<number> {
  const order: FuzzOrder = { firstSeed, files, ...(values.seed && { only: Number(values.seed) }) };
  const resourceLimits = { maxOldGenerationSizeMb: mostMemory };
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: order, resourceLimits });
  return new Promise((resolve) => {
    let seed = firstSeed;
    let begun = performance.now();
    const stop = async () => {
      clearInterval(watch);
      await worker.terminate();
      resolve(seed + 1);
    };
    const lose = (why: string) => {
      keep(seed, why);
      void stop();
    };
    const watch = setInterval(() => {
      if (performance.now() - begun > mostTime) lose('no end');
      else if (performance.now() > end) void stop();
    }, 100);
    worker.on('error', (error) => lose(error.message));
    worker.on('exit', () => void stop());
    worker.on('message', (answer: FuzzAnswer) => {
      seed = answer.seed;
      if (answer.kind === '') begun = performance.now();
      else note(answer, performance.now() - begun);
    });
  });
}

function note({ seed, kind, voices: heard = [], find }: FuzzAnswer, time: number): void {
  cases++;
  slowest = Math.max(slowest, time);
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  for (const voice of heard) voices.set(voice, (voices.get(voice) ?? 0) + 1);
  if (find) keep(seed, find);
}

function keep(seed: number, why: string): void {
  const path = `fuzz-find-${seed}.tar`;
  writeFileSync(path, mutate(readCorpus(files), new Random(seed)));
  finds.push(`seed ${seed}, kept in ${path}: ${why}`);
  console.log(finds.at(-1));
}

function report(): void {
  const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(`${cases} cases, ${finds.length} finds, slowest ${slowest.toFixed(0)} ms, memory ${memory} MB at most`);
  for (const [kind, count] of [...kinds].toSorted(([, a], [, b]) => b - a)) console.log(`  ${count} × ${kind}`);
  console.log('Of those that are taken, other readers have:');
  for (const [kind, count] of [...voices].toSorted(([, a], [, b]) => b - a)) console.log(`  ${count} × ${kind}`);
  process.exitCode = finds.length > 0 ? 1 : 0;
}
