import * as z from 'zod';
import type { BuildHistoryRecord } from '../buildkit/protocols.ts';
import { Digest } from './manifest.ts';
import { readAsGo } from './read-as-go.ts';
import { isShowable, type Timestamp } from './timestamp.ts';

/** The media type of a build record in an OCI layout (docker/buildx, util/desktop/bundle). */
export const recordType = 'application/vnd.buildkit.historyrecord.v0';

/** The most builds from files that the history keeps, and so the most that are read of one. */
export const mostFromFiles = 50;

/** A build record as it is written to a file, with where its steps and their output are. */
export type FiledRecord = BuildHistoryRecord & { CreatedAt: Timestamp; CompletedAt: Timestamp; logs?: { digest: string } };

// Go writes a message's fields by the names that they have in the protocol, and leaves out empty ones
const Texts = z.record(z.string(), z.string()).default({});
const Descriptor = z.object({
  media_type: z.string().default(''),
  digest: Digest,
  size: z.number().default(0),
  annotations: Texts,
});
const Result = z.object({
  ResultDeprecated: Descriptor.optional(),
  Attestations: z.array(Descriptor).max(1000).default([]),
  Results: z.record(z.string(), Descriptor).default({}),
});
const Moment = z
  .union([
    z.object({ seconds: z.number().int().default(0), nanos: z.number().int().default(0) }),
    // as tools wrote it until 2024
    z.string().transform(readMoment),
  ])
  .refine(isShowable);
/** More than a build has arguments, labels and options. */
const mostAttributes = 1000;
/** More characters than an exporter needs for all names of an image. */
const longestNames = 50_000;
/** The most characters of what went wrong, which may quote a script. */
const longestMessage = 1024 * 1024;
const Record = z.object({
  Ref: z.string().min(1).max(200),
  Frontend: z.string().default(''),
  FrontendAttrs: Texts.refine((all) => Object.keys(all).length <= mostAttributes),
  Exporters: z
    .array(z.object({ Type: z.string().default(''), Attrs: Texts.refine(({ name = '' }) => name.length <= longestNames) }))
    .max(100)
    .default([]),
  error: z.object({ code: z.number().int().default(0), message: z.string().max(longestMessage).default('') }).optional(),
  CreatedAt: Moment,
  CompletedAt: Moment,
  logs: Descriptor.optional(),
  ExporterResponse: Texts,
  Result: Result.optional(),
  Results: z.record(z.string(), Result).default({}),
});

/** Reads a build record. Throws if the text is none, or is one of a build that had not ended. */
export function parseBuildRecord(text: string): FiledRecord {
  const { FrontendAttrs, error, Result: result, Results: results, logs, ...record } = Record.parse(readAsGo(text));
  return {
    ...record,
    // the protocol has bytes here
    FrontendAttrs: Object.fromEntries(Object.entries(FrontendAttrs).map(([name, value]) => [name, Buffer.from(value)])),
    ...(error && { error: { code: error.code, message: Buffer.from(error.message) } }),
    ...(result && { Result: resultOf(result) }),
    Results: Object.fromEntries(Object.entries(results).map(([name, one]) => [name, resultOf(one)])),
    ...(logs && { logs: { digest: logs.digest } }),
  };
}

function resultOf({ ResultDeprecated, Attestations, Results }: z.infer<typeof Result>): NonNullable<BuildHistoryRecord['Result']> {
  return {
    ...(ResultDeprecated && { ResultDeprecated: descriptorOf(ResultDeprecated) }),
    Attestations: Attestations.map(descriptorOf),
    Results: Object.fromEntries(Object.entries(Results).map(([name, one]) => [name, descriptorOf(one)])),
  };
}

const descriptorOf = ({ media_type: mediaType, ...rest }: z.infer<typeof Descriptor>) => ({ mediaType, ...rest });

/** To the nanosecond, which `Date` would drop. */
function readMoment(text: string): Timestamp {
  const [, whole = '', fraction = '', zone = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const seconds = Date.parse(`${whole}${zone}`) / 1000;
  return { seconds, nanos: Number(fraction.padEnd(9, '0')) };
}

/** The names that a build gave its image, as people write them and the engine lists them. */
export const namesInRecord = ({ Exporters }: Pick<BuildHistoryRecord, 'Exporters'>): string[] =>
  Exporters.flatMap(({ Attrs }) => (Attrs.name ? Attrs.name.split(',') : [])).map((name) =>
    name.replace(/^docker\.io\/(?:library\/)?/, ''),
  );

/** gRPC's code for what was cancelled. */
const cancelledCode = 1;

/** How a build ended. */
export const endInRecord = ({ error }: Pick<BuildHistoryRecord, 'error'>): 'succeeded' | 'failed' | 'cancelled' =>
  !error ? 'succeeded' : error.code === cancelledCode ? 'cancelled' : 'failed';
