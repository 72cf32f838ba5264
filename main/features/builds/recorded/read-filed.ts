import { readStatusLog } from '../../../foundation/buildkit/read-status-log.ts';
import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { type FiledRecord, parseBuildRecord } from '../../../foundation/formats/build-record.ts';
import { DigestCheck } from '../../../foundation/formats/digest.ts';
import { damaged, excessiveRecord } from '../../../foundation/formats/refused-archive.ts';
import type { FoundRecord } from '../../../foundation/image-archive/found-record.ts';
import { type PartSource, readPart } from '../../../foundation/image-archive/read-part.ts';
import { dockerfileIn, mostProvenance, provenanceOf } from './read-provenance.ts';
import { RecordedFold } from './recorded-fold.ts';
import { withinLimits } from './within-limits.ts';

/** A build record to read from a file. Plain data: it crosses threads. */
export type FiledOrder = { source: PartSource; record: FoundRecord };

/** Lines of a build's output, or, at the end, all else that is known of it. */
export type FiledPart = { lines: { text: string; step?: string | undefined }[] } | { recorded: RecordedBuild };

/** The most bytes of one build's log; BuildKit keeps two megabytes of a step's output. */
const mostLog = 128 * 1024 * 1024;
const mostLines = 5_000_000;
/** The most characters of a Dockerfile, which is parsed once more with the history. */
const longestDockerfile = 1024 * 1024;
/** Characters handed over at once. */
const batchSize = 128 * 1024;

/** Reads a build record of a file in the form of those that an engine keeps. Works in the calling thread: not for the main process. */
export async function* readFiled({ source, record: { text, blobs } }: FiledOrder): AsyncGenerator<FiledPart> {
  const record = parseBuildRecord(Buffer.from(text).toString());
  const bytesOf = (digest: string) => checked(source, blobs, digest);
  let lines: { text: string; step?: string | undefined }[] = [];
  let [waiting, all] = [0, 0];
  const fold = new RecordedFold(record, await dockerfileOf(record, blobs, bytesOf), (line, { step } = {}) => {
    lines.push({ text: line, step });
    waiting += line.length + 1;
    if (++all > mostLines) throw excessiveRecord(`a build printed more than ${mostLines.toLocaleString('en')} lines`);
  });
  for await (const status of record.logs ? withinLimits(readStatusLog(bytesOf(record.logs.digest))) : []) {
    fold.take(status);
    if (waiting < batchSize) continue;
    yield { lines };
    [lines, waiting] = [[], 0];
  }
  const recorded = fold.end();
  if (lines.length > 0) yield { lines };
  yield { recorded };
}

async function dockerfileOf(
  record: FiledRecord,
  blobs: FoundRecord['blobs'],
  bytesOf: (digest: string) => AsyncIterable<Buffer>,
): Promise<string> {
  const digest = provenanceOf(record);
  const blob = blobs.find((one) => one.digest === digest);
  if (!digest || !blob || blob.size > mostProvenance) return '';
  const text = Buffer.concat(await Array.fromAsync(bytesOf(digest))).toString();
  try {
    const dockerfile = dockerfileIn(text) ?? '';
    return dockerfile.length > longestDockerfile ? '' : dockerfile;
  } catch {
    return ''; // the build is shown without it
  }
}

/** A part's bytes. Throws at their end if they aren't those that its digest stands for: the file may have changed meanwhile. */
async function* checked(source: PartSource, blobs: FoundRecord['blobs'], digest: string): AsyncGenerator<Buffer> {
  const blob = blobs.find((one) => one.digest === digest);
  if (!blob) throw damaged('part of a build record is missing');
  if (blob.size > mostLog) throw excessiveRecord(`a build’s log is longer than ${mostLog / 1024 ** 2} MB`);
  const check = new DigestCheck(digest);
  for await (const bytes of readPart(source, blob) as AsyncIterable<Buffer>) {
    check.update(bytes);
    yield bytes;
  }
  if (!check.isRight) throw damaged('part of a build record was changed: its digest is different');
}
