/** A moment as protobuf has it: since 1970. */
export type Timestamp = { seconds: number; nanos: number };

/** In milliseconds since 1970. */
export const millisecondsOf = ({ seconds, nanos }: Timestamp): number => seconds * 1000 + nanos / 1e6;

/** The last moment of the year 9999: a date beyond it can't be shown. */
const lastSecond = 253_402_300_799;

/** Whether it is a moment that a calendar has, from 1970 on. */
export const isShowable = ({ seconds, nanos }: Timestamp): boolean =>
  seconds >= 0 && seconds <= lastSecond && nanos >= 0 && nanos < 1_000_000_000;
