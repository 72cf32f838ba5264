import type { BuildHistoryRecord, StatusResponse } from '../../../foundation/buildkit/protocols.ts';
import type { RecordedBuild, RunningBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { readInstructions } from '../../../foundation/dockerfile/read-instructions.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { endInRecord, namesInRecord } from '../../../foundation/formats/build-record.ts';
import { millisecondsOf } from '../../../foundation/formats/timestamp.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { WithheldValues } from '../../../foundation/secrets/withheld-values.ts';
import { type BuildKitState, buildKitProgress, emptyBuildKit, endBuildKit, firstError, foldBuildKit } from '../fold-buildkit.ts';
import { secretsOfBuild } from '../secrets-of-build.ts';
import { StepOutput } from '../step-output.ts';

/**
 * Folds what BuildKit tells of a build; its output goes to `log`, without the values that sound secret: those of its arguments, and, where
 * the Dockerfile is known, those that it sets.
 */
export class RecordedFold {
  readonly #record: BuildHistoryRecord;
  readonly #dockerfile: string;
  readonly #asked: ReturnType<typeof readAsked>;
  readonly #withheld: WithheldValues;
  readonly #output: StepOutput;
  #state: BuildKitState = emptyBuildKit;

  /** `dockerfile` is its text, or empty where it was not kept. */
  constructor(record: BuildHistoryRecord, dockerfile: string, log: OperationContext['log']) {
    this.#record = record;
    this.#dockerfile = dockerfile;
    this.#asked = readAsked(record);
    const { args } = this.#asked;
    this.#withheld = new WithheldValues(secretsOfBuild(args, readInstructions(dockerfile, args)));
    this.#output = new StepOutput((line, options) => log(this.#withheld.clean(line), options));
  }

  take(status: StatusResponse): void {
    this.#state = foldBuildKit(this.#state, status);
    for (const { vertex, msg } of status.logs) this.#output.write(vertex, msg);
  }

  /** What is known of a build that runs. */
  get soFar(): RunningBuild {
    const { CreatedAt } = this.#record;
    const progress = this.#withheld.cleanAll(buildKitProgress(this.#state));
    return { ...this.#asked, dockerfile: this.#dockerfilePart, progress, startedAt: CreatedAt ? millisecondsOf(CreatedAt) : 0 };
  }

  get #dockerfilePart(): RecordedBuild['dockerfile'] {
    return { path: this.#asked.dockerfile, text: this.#dockerfile };
  }

  /** What is known of a build that has ended. To be called once. */
  end(): RecordedBuild {
    this.#output.end();
    const { CompletedAt } = this.#record;
    this.#state = endBuildKit(this.#state);
    return {
      ...this.soFar,
      endedAt: CompletedAt ? millisecondsOf(CompletedAt) : 0,
      end: this.#withheld.cleanAll(this.#ending()),
    };
  }

  #ending(): RecordedBuild['end'] {
    const { error, Result } = this.#record;
    const state = endInRecord(this.#record);
    if (state === 'cancelled') return { state };
    if (error) return { state: 'failed', failure: toFailure(firstError(new Error(error.message.toString()), this.#state)) };
    // the engine’s own store calls an image by its configuration, containerd’s by its manifest: either is what was made
    const made = Result?.ResultDeprecated?.digest ?? Object.values(Result?.Results ?? {})[0]?.digest;
    return { state: 'succeeded', ...(made && { imageId: made }) };
  }
}

/** What the build was asked to do. */
function readAsked(record: BuildHistoryRecord) {
  const attrs = Object.fromEntries(Object.entries(record.FrontendAttrs).map(([name, value]) => [name, value.toString()]));
  const labels = valuesOf(attrs, 'label:');
  const { target, platform } = attrs;
  return {
    // Compose gives each image that it builds labels of its own
    origin: Object.keys(labels).some((name) => name.startsWith('com.docker.compose.')) ? ('compose' as const) : ('other' as const),
    dockerfile: attrs.filename || 'Dockerfile',
    references: namesInRecord(record),
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
