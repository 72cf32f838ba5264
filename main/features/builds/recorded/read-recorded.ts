import type { BuildKitControl } from '../../../foundation/buildkit/open-control.ts';
import { type BuildHistoryRecord, millisecondsOf } from '../../../foundation/buildkit/protocols.ts';
import type { RecordedBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { readInstructions } from '../../../foundation/dockerfile/read-instructions.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { WithheldValues } from '../../../foundation/secrets/withheld-values.ts';
import { type BuildKitState, buildKitProgress, emptyBuildKit, endBuildKit, firstError, foldBuildKit } from '../fold-buildkit.ts';
import { secretsOfBuild } from '../secrets-of-build.ts';
import { StepOutput } from '../step-output.ts';
import { readProvenance } from './read-provenance.ts';

/** gRPC's code for what was cancelled. */
const cancelledCode = 1;

/** Everything that BuildKit keeps of a build that has ended; its output goes to `log`, without the values that sound secret. */
export async function readRecorded(
  control: BuildKitControl,
  record: BuildHistoryRecord,
  log: OperationContext['log'],
  signal: AbortSignal,
): Promise<RecordedBuild> {
  const asked = readAsked(record);
  const text = (await readProvenance(control, record, signal)) ?? '';
  const withheld = new WithheldValues(secretsOfBuild(asked.args, readInstructions(text, asked.args)));
  let state: BuildKitState = emptyBuildKit;
  const output = new StepOutput((line, options) => log(withheld.clean(line), options));
  for await (const status of control.status(record.Ref, signal)) {
    state = foldBuildKit(state, status);
    for (const { vertex, msg } of status.logs) output.write(vertex, msg);
  }
  output.end();
  return {
    ...asked,
    dockerfile: { path: asked.dockerfile, text },
    progress: withheld.cleanAll(buildKitProgress(endBuildKit(state))),
    startedAt: record.CreatedAt ? millisecondsOf(record.CreatedAt) : 0,
    endedAt: record.CompletedAt ? millisecondsOf(record.CompletedAt) : 0,
    end: withheld.cleanAll(endOf(record, state)),
  };
}

/** What the build was asked to do. */
export function readAsked({ FrontendAttrs, Exporters }: Pick<BuildHistoryRecord, 'FrontendAttrs' | 'Exporters'>) {
  const attrs = Object.fromEntries(Object.entries(FrontendAttrs).map(([name, value]) => [name, value.toString()]));
  const labels = valuesOf(attrs, 'label:');
  const { target, platform } = attrs;
  return {
    // Compose gives each image that it builds labels of its own
    origin: Object.keys(labels).some((name) => name.startsWith('com.docker.compose.')) ? ('compose' as const) : ('other' as const),
    dockerfile: attrs.filename || 'Dockerfile',
    references: Exporters.flatMap(({ Attrs }) => (Attrs.name ? Attrs.name.split(',') : [])).map(shortName),
    args: valuesOf(attrs, 'build-arg:'),
    labels,
    noCache: attrs['no-cache'] !== undefined,
    ...(target && { target }),
    ...(platform && { platform }),
  };
}

const valuesOf = (attrs: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attrs).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );

/** As people write it and the engine lists it. */
const shortName = (name: string): string => name.replace(/^docker\.io\/(?:library\/)?/, '');

function endOf({ error, Result }: BuildHistoryRecord, state: BuildKitState): RecordedBuild['end'] {
  // the engine’s own store calls an image by its configuration, containerd’s by its manifest: either is what was made
  const made = Result?.ResultDeprecated?.digest ?? Object.values(Result?.Results ?? {})[0]?.digest;
  if (!error) return { state: 'succeeded', ...(made && { imageId: made }) };
  if (error.code === cancelledCode) return { state: 'cancelled' };
  return { state: 'failed', failure: toFailure(firstError(new Error(error.message.toString()), state)) };
}
