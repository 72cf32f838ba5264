import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { Builder } from '../../../contract/engine.ts';
import { isSecretive } from '../../../contract/secretive.ts';
import type { Task, TaskRequest } from '../../../contract/task.ts';
import type { Engine } from '../../engine/open-engine.ts';
import { requestJson } from '../../engine/request.ts';
import type { BuildOrder } from '../build-image.ts';
import type { ContextWitness } from '../context-witness.ts';
import { readInstructions } from '../explain/read-instructions.ts';
import { readDockerfileText } from '../folder/dockerfile-text.ts';
import { ignoreFileOf, readIgnoreLines } from '../inspect/ignore-file.ts';
import { isThere } from '../is-there.ts';
import { ContextRecorder } from '../record/context-recorder.ts';
import { WithheldValues } from '../withheld-values.ts';
import { basesOf, lookUpImages, resolvedBases } from './find-bases.ts';
import { type KnownBuild, secondsKey } from './kept-build.ts';

/** What decides what a build makes; how a tarball is packed is no part of it. */
export type RecordedOrder = Omit<BuildOrder, 'classicModes'>;

export type RecordingOptions = {
  engine: Engine;
  order: RecordedOrder;
  /** Where the context is kept. */
  contextFile: string;
  /** The context of the build before, if there was one. */
  previousContext?: string;
  /** Makes digests of secret arguments useless to anybody else. */
  salt: string;
  /** Reads the layers of an image, oldest first. */
  readLayers(imageId: string): Promise<BuiltLayer[]>;
};

/** Writes down what one build is made from, while it goes on. Whatever fails here costs an explanation, never the build. */
export class BuildRecording {
  readonly #options: RecordingOptions;
  readonly #context: ContextRecorder;
  readonly #beginning: Promise<Beginning>;

  constructor(options: RecordingOptions) {
    this.#options = options;
    this.#context = new ContextRecorder(options.contextFile, options.previousContext);
    this.#beginning = readBeginning(options);
  }

  get witness(): ContextWitness {
    return this.#context;
  }

  /** Resolves when all that the build has seen of its context by now can be read. */
  settle(): Promise<void> {
    return this.#context.settle();
  }

  /** Resolves to all that is to be kept, when the files are read, too. */
  async finish(task: Task, previous: KnownBuild | undefined): Promise<KnownBuild> {
    const [made, layers] = await Promise.all([this.soFar(task), this.#readLayers(task), this.#finishContext(task)]);
    const knownSeconds = { ...previous?.knownSeconds, ...secondsOf(made.task) };
    const { withheld } = withholdSecrets(this.#options.order.args, this.#options.salt);
    return { ...made, knownSeconds, ...(layers && { layers: withheld.cleanAll(layers) }) };
  }

  /** What is known of the build by now, as it would be kept. */
  async soFar(task: Task): Promise<KnownBuild> {
    const { order, salt } = this.#options;
    const { dockerfile, hasIgnoreFile, ignoreLines: linesOf, engine } = await this.#beginning;
    const ignoreLines = linesOf[task.progress.build?.builder ?? 'classic'];
    const { args, argDigests, withheld } = withholdSecrets(order.args, salt);
    return {
      // BuildKit writes the values of arguments into the names of its steps
      task: withheld.cleanAll(withArgs(task, args)),
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

  // whoever stops a build does not want its files to be read on; the next build is compared with another one
  #finishContext({ state }: Task): Promise<void> {
    return state === 'cancelled' ? this.#context.abandon() : this.#context.finish();
  }

  // a base that was fetched during the build is known only afterwards
  async #bases({ progress }: Task): Promise<Record<string, string>> {
    const { order, engine } = this.#options;
    const { bases, instructions } = await this.#beginning;
    const all = basesOf(instructions);
    const missing = all.filter((reference) => order.pullBase || !bases[reference]);
    const fetched = missing.length > 0 ? await lookUpImages(engine, missing) : {};
    // what was asked for once more and not found is not what it was before
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
    hasIgnoreFile(order),
    readIgnored(order, 'classic'),
    readIgnored(order, 'buildkit'),
    requestJson<{ ID?: string }>(engine.docker, { method: 'GET', path: '/info' }).then(
      ({ ID }) => ID,
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

const hasIgnoreFile = async ({ folder, dockerfile }: RecordedOrder): Promise<boolean> =>
  (await isThere(join(folder, '.dockerignore'))) || isThere(resolve(folder, `${dockerfile}.dockerignore`));

/** Lines that are kept; a list that is longer is worth less than its place. */
const mostIgnoreLines = 20_000;

async function readIgnored({ folder, dockerfile }: RecordedOrder, builder: Builder): Promise<string[] | undefined> {
  try {
    const lines = await readIgnoreLines(folder, await ignoreFileOf(folder, dockerfile, builder), builder);
    return lines.length > mostIgnoreLines ? undefined : lines;
  } catch {
    return undefined; // the build itself says why
  }
}

function withholdSecrets(all: Record<string, string> = {}, salt: string) {
  const entries = Object.entries(all);
  const secretive = entries.filter(([name]) => isSecretive(name));
  return {
    withheld: new WithheldValues(secretive.map(([, value]) => value)),
    args: Object.fromEntries(entries.filter(([name]) => !isSecretive(name))),
    argDigests: Object.fromEntries(secretive.map(([name, value]) => [name, createHash('sha256').update(salt).update(value).digest('hex')])),
  };
}

function withArgs(task: Task, args: Record<string, string>): Task {
  if (task.request.kind !== 'build') return task;
  const { args: _, ...request } = task.request as Extract<TaskRequest, { kind: 'build' }>;
  return { ...task, request: { ...request, ...(Object.keys(args).length > 0 && { args }) } };
}

const secondsOf = ({ progress }: Task): Record<string, number> =>
  Object.fromEntries(
    (progress.build?.steps ?? []).flatMap((step) =>
      step.number !== undefined && step.state === 'built' && step.seconds !== undefined ? [[secondsKey(step), step.seconds]] : [],
    ),
  );
