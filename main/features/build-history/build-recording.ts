import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { Builder } from '../../../contract/engine.ts';
import type { Task, TaskRequest } from '../../../contract/task.ts';
import type { BuildOrder } from '../../foundation/context/build-order.ts';
import type { ContextWitness } from '../../foundation/context/context-witness.ts';
import { hasIgnoreFile, ignoreFileOf, readIgnoreLines } from '../../foundation/context/ignore-file.ts';
import { ContextRecorder } from '../../foundation/context/record/context-recorder.ts';
import { basesOf } from '../../foundation/dockerfile/bases-of.ts';
import { readDockerfileText } from '../../foundation/dockerfile/dockerfile-text.ts';
import { readInstructions } from '../../foundation/dockerfile/read-instructions.ts';
import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { WithheldValues } from '../../foundation/secrets/withheld-values.ts';
import { lookUpImages, resolvedBases } from './find-bases.ts';
import { type KnownBuild, secondsOf } from './kept-build.ts';
import { withholdSecrets } from './withhold-secrets.ts';

/** What decides what a build makes, which does not include how a tarball is packed. */
export type RecordedOrder = Omit<BuildOrder, 'classicModes'>;

export type RecordingOptions = {
  engine: Engine;
  order: RecordedOrder;
  /** Where the context is stored. */
  contextFile: string;
  /** The context of the build before, if there was one. */
  previousContext?: string;
  /** Makes the digests of secret arguments useless to anybody else. */
  salt: string;
  /** Reads an image's layers, the oldest first. */
  readLayers(imageId: string): Promise<BuiltLayer[]>;
};

/** Records what a build is made from while it runs. Any failure here costs an explanation, never the build. */
export class BuildRecording {
  readonly #options: RecordingOptions;
  readonly #context: ContextRecorder;
  readonly #beginning: Promise<Beginning>;
  #ref: string | undefined;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#context = new ContextRecorder(options.contextFile, options.previousContext);
    this.#beginning = readBeginning(options);
  }

  get witness(): ContextWitness {
    return this.#context;
  }

  /** Takes BuildKit's own name for the build, by which its accounts of the build are known. */
  noteRef(ref: string): void {
    this.#ref = ref;
  }

  get ref(): string | undefined {
    return this.#ref;
  }

  /** Resolves when everything the build has read of its context so far can be read back. */
  settle(): Promise<void> {
    return this.#context.settle();
  }

  /** Resolves to everything that will be stored, once the context's files have been read too. */
  async finish(task: Task, previous: KnownBuild | undefined): Promise<KnownBuild> {
    const [made, layers] = await Promise.all([this.soFar(task), this.#readLayers(task), this.#finishContext(task)]);
    const knownSeconds = { ...previous?.knownSeconds, ...secondsOf(made.task.progress.build) };
    const { withheld } = withholdSecrets(this.#options.order.args, this.#options.salt);
    return { ...made, knownSeconds, ...(layers && { layers: withheld.cleanAll(layers) }) };
  }

  /** What is known of the build so far, in the form in which it is stored. */
  async soFar(task: Task): Promise<KnownBuild> {
    const { order, salt } = this.#options;
    const { dockerfile, hasIgnoreFile, ignoreLines: linesOf, engine } = await this.#beginning;
    const ignoreLines = linesOf[task.progress.build?.builder ?? 'classic'];
    const { args, argDigests, withheld } = withholdSecrets(order.args, salt);
    return {
      task: withArgs(withoutValues(task, withheld), args),
      ...(this.#ref !== undefined && { ref: this.#ref }),
      folder: order.folder,
      secretFiles: Object.fromEntries(order.secrets.flatMap((secret) => ('file' in secret ? [[secret.id, secret.file]] : []))),
      argDigests,
      dockerfile: { path: order.dockerfile, text: dockerfile },
      hasIgnoreFile,
      ...(ignoreLines && { ignoreLines }),
      bases: await this.#bases(task),
      engine,
      knownSeconds: {},
    };
  }

  abandon(): Promise<void> {
    return this.#context.abandon();
  }

  // whoever stops a build does not want its files to be read further; the next build is compared with another one
  #finishContext({ state }: Task): Promise<void> {
    return state === 'cancelled' ? this.#context.abandon() : this.#context.finish();
  }

  // a base pulled during the build is known only afterwards
  async #bases({ progress }: Task): Promise<Record<string, string>> {
    const { order, engine } = this.#options;
    const { bases, instructions } = await this.#beginning;
    const all = basesOf(instructions);
    const missing = all.filter((reference) => order.pullBase || !bases[reference]);
    const fetched = missing.length > 0 ? await lookUpImages(engine, missing) : {};
    // a base that was looked up again and not found is no longer what it was
    const kept = Object.entries(bases).filter(([reference]) => !missing.includes(reference));
    return { ...Object.fromEntries(kept), ...fetched, ...resolvedBases(progress.build, all) };
  }

  async #readLayers({ result }: Task): Promise<BuiltLayer[] | undefined> {
    if (result?.kind !== 'build') return undefined;
    return this.#options.readLayers(result.imageId).catch(() => undefined);
  }
}

type Beginning = {
  dockerfile: string;
  hasIgnoreFile: boolean;
  ignoreLines: { [builder in Builder]: string[] | undefined };
  instructions: ReturnType<typeof readInstructions>;
  bases: Record<string, string>;
  engine: string;
};

async function readBeginning({ engine, order }: RecordingOptions): Promise<Beginning> {
  const dockerfile = await readDockerfileText(order.folder, order.dockerfile).catch(() => '');
  const instructions = readInstructions(dockerfile, order.args);
  const [bases, hasIgnored, classic, buildkit, id] = await Promise.all([
    lookUpImages(engine, basesOf(instructions)),
    hasIgnoreFile(order.folder, order.dockerfile),
    readIgnored(order, 'classic'),
    readIgnored(order, 'buildkit'),
    infoOf(engine).then(
      ({ id: own }) => own,
      () => undefined,
    ),
  ]);
  return {
    dockerfile,
    hasIgnoreFile: hasIgnored,
    ignoreLines: { classic, buildkit },
    instructions,
    bases,
    engine: id || engine.candidate.id,
  };
}

/** The most ignore lines to store; a longer list is not worth its space. */
const mostIgnoreLines = 20_000;

async function readIgnored({ folder, dockerfile }: RecordedOrder, builder: Builder): Promise<string[] | undefined> {
  try {
    const lines = await readIgnoreLines(folder, await ignoreFileOf(folder, dockerfile, builder), builder);
    return lines.length > mostIgnoreLines ? undefined : lines;
  } catch {
    return undefined; // the build itself reports why
  }
}

/** BuildKit writes the values of arguments into its steps' names. The request stays unchanged, as it is needed to build again. */
const withoutValues = (task: Task, withheld: WithheldValues): Task => ({
  ...task,
  progress: withheld.cleanAll(task.progress),
  ...(task.failure && { failure: withheld.cleanAll(task.failure) }),
});

function withArgs(task: Task, args: Record<string, string>): Task {
  if (task.request.kind !== 'build') return task;
  const { args: _, ...request } = task.request as Extract<TaskRequest, { kind: 'build' }>;
  return { ...task, request: { ...request, ...(Object.keys(args).length > 0 && { args }) } };
}
