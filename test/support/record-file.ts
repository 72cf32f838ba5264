import protobuf from 'protobufjs';
import { recordType } from '../../main/foundation/formats/build-record.ts';
import { mediaTypes } from '../../main/foundation/formats/manifest.ts';
import { digestOf, type MadeEntry, tarball } from '../../tools/fuzz/make-tarball.ts';
import { blob, ociLists } from '../../tools/fuzz/sample-archives.ts';

/** What BuildKit tells of steps at a time, as far as it is shown. */
export type MadeStatus = {
  vertexes: {
    digest: string;
    name: string;
    inputs?: string[];
    cached?: boolean;
    started?: Moment;
    completed?: Moment;
    error?: string;
  }[];
  statuses?: { id: string; vertex: string; current: number; total: number }[];
  logs?: { vertex: string; msg: Buffer | string }[];
};
type Moment = { seconds: number; nanos: number };

/** A build as BuildKit keeps it. */
export type MadeRecord = {
  ref: string;
  attrs?: Record<string, string>;
  names?: string[];
  error?: { code: number; message: string };
  created: Moment;
  completed: Moment;
  /** The digest of the image that it made. */
  made?: string;
  /** The text of the Dockerfile, as the account of how the image was made has it. */
  dockerfile?: string;
  statuses?: MadeStatus[];
  /** Instead of these. */
  log?: Buffer;
  /** Members of the record itself, in place of those that belong there. */
  more?: Record<string, unknown>;
};

const { Writer } = protobuf;
type Part = (writer: protobuf.Writer) => unknown;

/** A message of protobuf: its fields by their numbers. Written by hand, so that the app's own reader is not compared with itself. */
function message(...fields: (Part | undefined)[]): Uint8Array {
  const writer = Writer.create();
  for (const write of fields) write?.(writer);
  return writer.finish();
}
const text = (field: number, value: string | Uint8Array | undefined): Part | undefined =>
  value === undefined || value.length === 0
    ? undefined
    : (writer) => {
        writer.uint32((field << 3) | 2);
        return typeof value === 'string' ? writer.string(value) : writer.bytes(value);
      };
const number = (field: number, value: number): Part | undefined =>
  value === 0 ? undefined : (writer) => writer.uint32(field << 3).int64(value);
const inner = (field: number, value: Uint8Array | undefined): Part | undefined =>
  value && ((writer) => writer.uint32((field << 3) | 2).bytes(value));
const moment = (value: Moment | undefined) => value && message(number(1, value.seconds), number(2, value.nanos));
const entries = (field: number, values: Record<string, string>): Part[] =>
  Object.entries(values).map(([name, value]) => inner(field, message(text(1, name), text(2, value))) as Part);

/** One status message in BuildKit's protocol. */
export const statusBytes = ({ vertexes, statuses = [], logs = [] }: MadeStatus): Buffer =>
  Buffer.from(
    message(
      ...vertexes.map(({ digest, inputs = [], name, cached, started, completed, error }) =>
        inner(
          1,
          message(
            text(1, digest),
            ...inputs.map((input) => text(2, input)),
            text(3, name),
            number(4, cached ? 1 : 0),
            inner(5, moment(started)),
            inner(6, moment(completed)),
            text(7, error),
          ),
        ),
      ),
      ...statuses.map(({ id, vertex, current, total }) =>
        inner(2, message(text(1, id), text(2, vertex), number(4, current), number(5, total))),
      ),
      ...logs.map(({ vertex, msg }) => inner(3, message(text(1, vertex), number(3, 1), text(4, Buffer.from(msg))))),
    ),
  );

const provenanceType = 'https://slsa.dev/provenance/v1';
const provenanceOf = (dockerfile: string): string => {
  const infos = [{ filename: 'Dockerfile', data: Buffer.from(dockerfile).toString('base64') }];
  return JSON.stringify({ predicate: { runDetails: { metadata: { buildkit_metadata: { source: { infos } } } } } });
};

/** The parts of a record as descriptors, and their bytes. */
function partsOf({ dockerfile, statuses, log }: MadeRecord) {
  const told = Buffer.concat(
    (statuses ?? []).flatMap((status) => {
      const bytes = statusBytes(status);
      const head = Buffer.alloc(4);
      head.writeUInt32LE(bytes.length);
      return [head, bytes];
    }),
  );
  const provenance = dockerfile === undefined ? undefined : provenanceOf(dockerfile);
  return {
    log: (statuses || log) && { body: log ?? told, type: 'application/vnd.buildkit.status.v0', annotations: {} as Record<string, string> },
    provenance: provenance && {
      body: Buffer.from(provenance),
      type: 'application/vnd.in-toto+json',
      annotations: { 'in-toto.io/predicate-type': provenanceType },
    },
  };
}

/** The record in BuildKit's protocol, as an engine tells it. */
export function recordBytes(record: MadeRecord): Buffer {
  const { ref, attrs = {}, names = [], error, created, completed, made, dockerfile } = record;
  const provenance = dockerfile === undefined ? undefined : digestOf(provenanceOf(dockerfile));
  const exporter = message(text(1, 'moby'), ...entries(2, names.length > 0 ? { name: names.join(',') } : {}));
  const attestation = provenance && message(text(2, provenance), ...entries(5, { 'in-toto.io/predicate-type': provenanceType }));
  const result = message(
    inner(1, made === undefined ? undefined : message(text(2, made))),
    attestation ? inner(2, attestation) : undefined,
  );
  return Buffer.from(
    message(
      text(1, ref),
      text(2, 'dockerfile.v0'),
      ...entries(3, attrs),
      inner(4, exporter),
      error && inner(5, message(number(1, error.code), text(2, error.message))),
      inner(6, moment(created)),
      inner(7, moment(completed)),
      inner(10, result),
    ),
  );
}

/** As Go writes a message: without fields that are empty. */
const asGo = (value: object): string =>
  JSON.stringify(value, (name, one: unknown) => (leftOut.has(name) && (one === '' || one === 0) ? undefined : one), 2);
const leftOut = new Set(['seconds', 'nanos', 'code', 'message', 'size']);

type Descriptor = { mediaType: string; digest: string; size: number; annotations?: Record<string, string> };

function recordEntries(record: MadeRecord): { entries: MadeEntry[]; descriptor: Descriptor } {
  const { ref, attrs = {}, names = [], error, created, completed, made } = record;
  const { log, provenance } = partsOf(record);
  const described = (part: { body: Buffer; type: string; annotations: Record<string, string> }) => ({
    media_type: part.type,
    digest: digestOf(part.body),
    size: part.body.length,
    annotations: part.annotations,
  });
  const config = asGo({
    Ref: ref,
    Frontend: 'dockerfile.v0',
    FrontendAttrs: attrs,
    Exporters: [{ Type: 'moby', Attrs: names.length > 0 ? { name: names.join(',') } : {} }],
    ...(error && { error }),
    CreatedAt: created,
    CompletedAt: completed,
    ...(log && { logs: described(log) }),
    Result: {
      ...(made !== undefined && { ResultDeprecated: { media_type: mediaTypes.image, digest: made, size: 1 } }),
      Attestations: provenance ? [described(provenance)] : [],
    },
    DefaultPlatform: 'linux/amd64',
    ...record.more,
  });
  const parts = [log, provenance].filter((part) => part !== undefined && part !== '');
  const layers = parts.map(({ body, type, annotations }) => ({ mediaType: type, digest: digestOf(body), size: body.length, annotations }));
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.image,
    config: { mediaType: recordType, digest: digestOf(config), size: Buffer.byteLength(config) },
    layers,
  });
  return {
    entries: [blob(config), ...parts.map(({ body }) => blob(body)), blob(manifest)],
    descriptor: { mediaType: mediaTypes.image, digest: digestOf(manifest), size: Buffer.byteLength(manifest) },
  };
}

/** A file as `docker buildx history export` writes it, not packed; of several records, it has a list. */
export function recordFile(...records: MadeRecord[]): Buffer {
  const all = records.map(recordEntries);
  const [only] = all;
  const parts = all.flatMap(({ entries: own }) => own);
  if (all.length === 1 && only) return tarball(...parts, ...ociLists(only.descriptor));
  const list = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: all.map(({ descriptor }) => descriptor) });
  return tarball(...parts, blob(list), ...ociLists({ mediaType: mediaTypes.index, digest: digestOf(list), size: Buffer.byteLength(list) }));
}
