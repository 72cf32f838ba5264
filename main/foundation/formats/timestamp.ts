/** A moment as protobuf has it: since 1970. */
export type Timestamp = { seconds: number; nanos: number };

/** In milliseconds since 1970. */
export const millisecondsOf = ({ seconds, nanos }: Timestamp): number => seconds * 1000 + nanos / 1e6;
