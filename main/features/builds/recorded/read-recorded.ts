import type { BuildKitControl } from '../../../foundation/buildkit/open-control.ts';
import type { BuildHistoryRecord } from '../../../foundation/buildkit/protocols.ts';
import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { readProvenance } from './read-provenance.ts';
import { RecordedFold } from './recorded-fold.ts';

/** Everything that BuildKit keeps of a build that has ended; its output goes to `log`, without the values that sound secret. */
export async function readRecorded(
  control: BuildKitControl,
  record: BuildHistoryRecord,
  log: OperationContext['log'],
  signal: AbortSignal,
): Promise<RecordedBuild> {
  const fold = new RecordedFold(record, (await readProvenance(control, record, signal)) ?? '', log);
  for await (const status of control.status(record.Ref, signal)) fold.take(status);
  return fold.end();
}
