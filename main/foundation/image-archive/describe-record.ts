import type { BuildInFile } from '../../../contract/archive.ts';
import { endInRecord, namesInRecord, parseBuildRecord } from '../formats/build-record.ts';
import { millisecondsOf } from '../formats/timestamp.ts';
import type { FoundRecord } from './found-record.ts';

/** What is shown of a build record before it is taken in. */
export function describeRecord({ text }: FoundRecord): BuildInFile {
  const record = parseBuildRecord(Buffer.from(text).toString());
  const startedAt = millisecondsOf(record.CreatedAt);
  return {
    references: namesInRecord(record),
    state: endInRecord(record),
    startedAt,
    seconds: Math.max(0, millisecondsOf(record.CompletedAt) - startedAt) / 1000,
  };
}
