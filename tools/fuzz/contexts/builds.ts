import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BuildStep } from '../../../contract/build.ts';
import type { Builder } from '../../../contract/engine.ts';
import { buildImage } from '../../../main/features/builds/build-image.ts';
import type { BuildOrder } from '../../../main/foundation/context/build-order.ts';
import type { Engine } from '../../../main/foundation/engine/open-engine.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { Logins } from '../../../main/foundation/registries/logins/logins.ts';

/** A docker command to compare with: its program and what has to precede its own arguments. */
export type OtherClient = { program: string[]; modes: BuildOrder['classicModes'] };

/** How a build ended: an image, or why there is none. `missed` holds the steps that were built instead of cached. */
export type Outcome = { isBuilt: true; missed: string[] } | { isBuilt: false; why: string };

/** Milliseconds that a small build may take. The classic builder waits for ever for a pipe that a COPY names, whichever client asks. */
const longest = 60_000;
export const endless = 'it does not end';

/** Builds as the app does. */
export async function buildByApp(
  engine: Engine,
  builder: Builder,
  folder: string,
  reference: string,
  modes: BuildOrder['classicModes'],
): Promise<Outcome> {
  const order: BuildOrder = { folder, dockerfile: 'Dockerfile', references: [reference], secrets: [], classicModes: modes };
  let steps: BuildStep[] = [];
  const context = {
    id: 'fuzz',
    signal: AbortSignal.timeout(longest),
    log: () => {},
    report: ({ build }: { build?: { steps: BuildStep[] } }) => {
      steps = build?.steps ?? steps;
    },
  };
  const getImage = () => Promise.reject(new Error('nothing is to be got here'));
  try {
    await buildImage(engine, builder, order, context, { witness: { saw: () => {}, sent: () => {} }, getImage, logins: new Logins() });
    const own = steps.filter(({ number, instruction }) => number !== undefined && !instruction.startsWith('FROM'));
    return { isBuilt: true, missed: own.filter(({ state }) => state !== 'cached').map(({ instruction }) => instruction) };
  } catch (error) {
    if (context.signal.aborted) return { isBuilt: false, why: endless };
    if (!(error instanceof FailureError)) throw error;
    return { isBuilt: false, why: `${error.failure.title}: ${error.failure.cause ?? error.failure.detail}` };
  }
}

/** Builds with docker's own command. */
export async function buildByOther(
  host: string,
  builder: Builder,
  { program }: OtherClient,
  folder: string,
  reference: string,
): Promise<Outcome> {
  const args = ['build', ...(builder === 'buildkit' ? ['--progress', 'plain'] : []), '--tag', reference, folder];
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: `${folder}-config`, DOCKER_BUILDKIT: builder === 'buildkit' ? '1' : '0' };
  const [file = '', ...before] = program;
  try {
    const { stdout, stderr } = await promisify(execFile)(file, [...before, ...args], { env, maxBuffer: 1 << 28, timeout: longest });
    return { isBuilt: true, missed: builder === 'buildkit' ? missedByBuildKit(`${stdout}\n${stderr}`) : missedByClassic(stdout) };
  } catch (error) {
    const { killed, stderr } = error as { killed?: boolean; stderr?: string };
    return { isBuilt: false, why: killed ? endless : String(stderr ?? error).slice(-600) };
  }
}

function missedByClassic(output: string): string[] {
  const [, ...parts] = output.split(/^Step \d+\/\d+ : /m);
  return parts.filter((part) => !part.startsWith('FROM') && !part.includes(' ---> Using cache')).map((part) => part.split('\n')[0] ?? '');
}

function missedByBuildKit(output: string): string[] {
  const steps = [...output.matchAll(/^#(\d+) \[(?:\S+ +)? *\d+\/\d+\] (.*)$/gm)].map(([, id = '', name = '']) => [id, name] as const);
  const cached = new Set([...output.matchAll(/^#(\d+) CACHED$/gm)].map(([, id = '']) => id));
  return [...new Map(steps)].filter(([id, name]) => !cached.has(id) && !name.startsWith('FROM')).map(([, name]) => name);
}
