import protobuf from 'protobufjs';
import type { Timestamp } from '../formats/timestamp.ts';

// The parts of BuildKit's protocols that a client needs (github.com/moby/buildkit, session/ and api/services/control). There,
// paths and texts that quote them are strings, which Go writes as raw bytes; so they are bytes here.
const { root } = protobuf.parse(
  `syntax = "proto3";
  message Stat {
    bytes path = 1; uint32 mode = 2; uint32 uid = 3; uint32 gid = 4; int64 size = 5; int64 modTime = 6;
    bytes linkname = 7; int64 devmajor = 8; int64 devminor = 9; map<string, bytes> xattrs = 10;
  }
  message Packet {
    enum PacketType { PACKET_STAT = 0; PACKET_REQ = 1; PACKET_DATA = 2; PACKET_FIN = 3; PACKET_ERR = 4; }
    PacketType type = 1; Stat stat = 2; uint32 ID = 3; bytes data = 4;
  }
  message CredentialsRequest { string Host = 1; }
  message CredentialsResponse { string Username = 1; string Secret = 2; }
  message GetSecretRequest { string ID = 1; }
  message GetSecretResponse { bytes data = 1; }
  message CheckAgentRequest { string ID = 1; }
  message CheckAgentResponse {}
  message BytesMessage { bytes data = 1; }
  message HealthCheckRequest { string service = 1; }
  message HealthCheckResponse { int32 status = 1; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Vertex {
    string digest = 1; repeated string inputs = 2; bytes name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; bytes error = 7;
  }
  message VertexStatus {
    bytes ID = 1; string vertex = 2; bytes name = 3; int64 current = 4; int64 total = 5;
    Timestamp timestamp = 6; Timestamp started = 7; Timestamp completed = 8;
  }
  message VertexLog { string vertex = 1; Timestamp timestamp = 2; int64 stream = 3; bytes msg = 4; }
  message StatusResponse { repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2; repeated VertexLog logs = 3; }
  message CacheEntry { string Type = 1; map<string, string> Attrs = 2; }
  message CacheOptions { repeated CacheEntry Exports = 4; }
  message SolveRequest {
    string Ref = 1; string Exporter = 3; map<string, string> ExporterAttrs = 4; string Session = 5; string Frontend = 6;
    map<string, string> FrontendAttrs = 7; CacheOptions Cache = 8; repeated string Entitlements = 9;
  }
  message SolveResponse { map<string, string> ExporterResponse = 1; }
  message StatusRequest { string Ref = 1; }
  message Descriptor { string mediaType = 1; string digest = 2; int64 size = 3; map<string, string> annotations = 5; }
  message Exporter { string Type = 1; map<string, string> Attrs = 2; }
  message BuildResult { Descriptor ResultDeprecated = 1; repeated Descriptor Attestations = 2; map<int64, Descriptor> Results = 3; }
  message Problem { int32 code = 1; bytes message = 2; }
  message BuildHistoryRequest { bool ActiveOnly = 1; string Ref = 2; bool EarlyExit = 3; }
  message BuildHistoryRecord {
    string Ref = 1; string Frontend = 2; map<string, bytes> FrontendAttrs = 3; repeated Exporter Exporters = 4; Problem error = 5;
    Timestamp CreatedAt = 6; Timestamp CompletedAt = 7; map<string, string> ExporterResponse = 9; BuildResult Result = 10;
    map<string, BuildResult> Results = 11;
  }
  enum HistoryEventType { STARTED = 0; COMPLETE = 1; DELETED = 2; }
  message BuildHistoryEvent { HistoryEventType type = 1; BuildHistoryRecord record = 2; }
  message ReadContentRequest { string digest = 1; int64 offset = 2; int64 size = 3; }
  message ReadContentResponse { int64 offset = 1; bytes data = 2; }
  message ListContentRequest { repeated string filters = 1; }
  message ContentInfo { string digest = 1; int64 size = 2; map<string, string> labels = 5; }
  message ListContentResponse { repeated ContentInfo info = 1; }
  message DiskUsageRequest { repeated string filter = 1; }
  message UsageRecord {
    string ID = 1; bool InUse = 3; int64 Size = 4; string Parent = 5; Timestamp CreatedAt = 6; Timestamp LastUsedAt = 7; int64 UsageCount = 8;
    string Description = 9; string RecordType = 10; bool Shared = 11; repeated string Parents = 12;
  }
  message PruneRequest { repeated string filter = 1; bool all = 2; }
  message DiskUsageResponse { repeated UsageRecord record = 1; }`,
  { keepCase: true },
);

/** Encodes and decodes one kind of message. */
export type MessageCodec<T> = { encode(message: T): Buffer; decode(bytes: Buffer): T };

function codec<T extends object>(name: string): MessageCodec<T> {
  const type = root.lookupType(name);
  return {
    // every field already has the form that protobuf writes
    encode: (message) => type.encode(message).finish() as Buffer,
    decode: (bytes) => type.toObject(type.decode(bytes), { defaults: true, longs: Number, bytes: Buffer }) as T,
  };
}

export type Stat = {
  /** Bytes, as file names need not be text. */
  path: Buffer;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Nanoseconds since 1970 in two halves, as 64 bits do not fit in a number. */
  modTime: { low: number; high: number };
  linkname?: Buffer;
  devmajor?: number;
  devminor?: number;
  xattrs?: Record<string, Buffer>;
};

/** What BuildKit keeps of a build, whoever asked for it. */
export type BuildHistoryRecord = {
  Ref: string;
  Frontend: string;
  /** What the build was asked to do, such as `filename`, `target` and `build-arg:NAME`. */
  FrontendAttrs: Record<string, Buffer>;
  Exporters: { Type: string; Attrs: Record<string, string> }[];
  error?: { code: number; message: Buffer };
  CreatedAt?: Timestamp;
  CompletedAt?: Timestamp;
  ExporterResponse: Record<string, string>;
  Result?: BuildResult;
  Results: Record<string, BuildResult>;
};
type Descriptor = { mediaType: string; digest: string; size: number; annotations: Record<string, string> };
type BuildResult = { ResultDeprecated?: Descriptor; Attestations: Descriptor[]; Results: Record<string, Descriptor> };

/** A file of containerd's store. */
export type ContentInfo = { digest: string; size: number; labels: Record<string, string> };
/** What BuildKit's cache keeps of a step; up to BuildKit 0.9 it had one parent at most. */
export type UsageRecord = {
  ID: string;
  InUse: boolean;
  Size: number;
  Parent: string;
  CreatedAt?: Timestamp;
  LastUsedAt?: Timestamp;
  UsageCount: number;
  /** `mount / from exec /bin/sh -c make`, `pulled from …`, `local source for context`. */
  Description: string;
  RecordType: string;
  Shared: boolean;
  Parents: string[];
};

export const historyEventType = { started: 0, complete: 1, deleted: 2 } as const;

export const packetType = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;
export type Packet = { type: number; stat?: Stat; ID?: number; data?: Buffer };

export type StatusResponse = {
  vertexes: {
    digest: string;
    inputs: string[];
    name: string;
    cached: boolean;
    started?: Timestamp;
    completed?: Timestamp;
    error: string;
  }[];
  statuses: { ID: string; vertex: string; name: string; current: number; total: number; started?: Timestamp; completed?: Timestamp }[];
  logs: { vertex: string; stream: number; msg: Buffer }[];
};

export const packets = codec<Packet>('Packet');

/** What stands before the content in a packet with a piece of a file, so that the content itself need not be copied into it. */
export function headOfContent(ID: number, size: number): Buffer {
  const { fields } = root.lookupType('Packet');
  const tag = ((fields.data?.id ?? 0) << 3) | protobuf.types.basic.bytes;
  const length = protobuf.Writer.create().uint32(tag).uint32(size).finish();
  return Buffer.concat([packets.encode({ type: packetType.data, ID }), length]);
}
export const credentialsRequests = codec<{ Host: string }>('CredentialsRequest');
export const credentialsResponses = codec<{ Username?: string; Secret?: string }>('CredentialsResponse');
export const secretRequests = codec<{ ID: string }>('GetSecretRequest');
export const secretResponses = codec<{ data: Buffer }>('GetSecretResponse');
export const agentRequests = codec<{ ID: string }>('CheckAgentRequest');
export const agentResponses = codec<Record<never, never>>('CheckAgentResponse');
export const someBytes = codec<{ data: Buffer }>('BytesMessage');
export const healthRequests = codec<{ service?: string }>('HealthCheckRequest');
export const healthResponses = codec<{ status: number }>('HealthCheckResponse');

/** What BuildKit is asked to make. */
export type SolveRequest = {
  Ref: string;
  Exporter: string;
  ExporterAttrs: Record<string, string>;
  Session: string;
  Frontend: string;
  FrontendAttrs: Record<string, string>;
  Cache: { Exports: { Type: string; Attrs: Record<string, string> }[] };
  Entitlements: string[];
};

export const solveRequests = codec<SolveRequest>('SolveRequest');
export const solveResponses = codec<{ ExporterResponse: Record<string, string> }>('SolveResponse');
export const statusRequests = codec<{ Ref: string }>('StatusRequest');
export const historyRequests = codec<{ ActiveOnly?: boolean; Ref?: string; EarlyExit?: boolean }>('BuildHistoryRequest');
export const historyEvents = codec<{ type: number; record?: BuildHistoryRecord }>('BuildHistoryEvent');
export const contentRequests = codec<{ digest: string }>('ReadContentRequest');
export const contentResponses = codec<{ offset: number; data: Buffer }>('ReadContentResponse');
export const contentLists = codec<{ filters?: string[] }>('ListContentRequest');
export const contentListed = codec<{ info: ContentInfo[] }>('ListContentResponse');
export const usageRequests = codec<{ filter?: string[] }>('DiskUsageRequest');
export const usageResponses = codec<{ record: UsageRecord[] }>('DiskUsageResponse');
export const pruneRequests = codec<{ filter: string[]; all: boolean }>('PruneRequest');
export const pruned = codec<UsageRecord>('UsageRecord');

const statusResponses = codec<StatusBytes>('StatusResponse');

type StatusBytes = {
  vertexes: (Omit<StatusResponse['vertexes'][number], 'name' | 'error'> & { name: Buffer; error: Buffer })[];
  statuses: (Omit<StatusResponse['statuses'][number], 'ID' | 'name'> & { ID: Buffer; name: Buffer })[];
  logs: StatusResponse['logs'];
};

/** Decodes one status message. It may quote file names that are not text; such bytes become “�”. */
export function readStatus(bytes: Buffer): StatusResponse {
  const { vertexes, statuses, logs } = statusResponses.decode(bytes);
  return {
    vertexes: vertexes.map((vertex) => ({ ...vertex, name: vertex.name.toString(), error: vertex.error.toString() })),
    statuses: statuses.map((status) => ({ ...status, ID: status.ID.toString(), name: status.name.toString() })),
    logs,
  };
}

/** The same, as a codec for answers. */
export const statusAnswers: Pick<MessageCodec<StatusResponse>, 'decode'> = { decode: readStatus };
