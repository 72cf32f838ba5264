import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { DockerfileParser, type Run } from 'dockerfile-ast';
import type { Dockerfile } from '../../../contract/build.ts';
import { FailureError } from '../../engine/failure.ts';

type Parsed = ReturnType<typeof DockerfileParser.parse>;

/** Bytes a Dockerfile may have; more is something else. */
const largestDockerfile = 1024 * 1024;

/** The text of a Dockerfile. Rejects where it is too large to be one. */
export async function readDockerfileText(folder: string, path: string): Promise<string> {
  const file = join(folder, path);
  const { size } = await stat(file);
  if (size > largestDockerfile)
    throw new FailureError({ kind: 'dockerfile', title: `${path} is too large for a Dockerfile`, detail: 'It has more than a megabyte.' });
  return readFile(file, 'utf8');
}

/** What a form asks for a Dockerfile. Undefined where it cannot be read: offering it would only fail later. */
export async function readDockerfile(folder: string, path: string): Promise<Dockerfile | undefined> {
  try {
    const parsed = DockerfileParser.parse(await readDockerfileText(folder, path));
    const stages = parsed.getFROMs().map((from) => from.getBuildStage());
    return { path, stages: stages.filter((stage) => stage !== null), args: argsOf(parsed), secrets: secretsOf(parsed) };
  } catch {
    return undefined;
  }
}

// BuildKit fills these in by itself
const automatic = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/;

function argsOf(parsed: Parsed): Dockerfile['args'] {
  const properties = parsed.getARGs().flatMap((arg) => arg.getProperty() ?? []);
  const byName = new Map<string, Dockerfile['args'][number]>();
  for (const property of properties) {
    const name = property.getName();
    const value = property.getValue();
    if (automatic.test(name)) continue;
    // the same ARG again in a later stage: the first default is the one it has
    byName.set(name, byName.get(name) ?? { name, ...(value !== null && { default: value }) });
  }
  return [...byName.values()];
}

function secretsOf(parsed: Parsed): string[] {
  const runs = parsed.getInstructions().filter((one): one is Run => one.getKeyword() === 'RUN');
  const mounts = runs.flatMap((run) => run.getFlags()).filter((flag) => flag.getName() === 'mount');
  return [...new Set(mounts.flatMap((mount) => secretId(mount.getValue() ?? '') ?? []))];
}

/** The id in `type=secret,id=…`; where there is none, the last part of where it is to lie. */
function secretId(mount: string): string | undefined {
  const options = new Map(mount.split(',').map((option) => option.split('=', 2) as [string, string | undefined]));
  if (options.get('type') !== 'secret') return undefined;
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
  const id = options.get('id') ?? (target && posix.basename(target));
  return id && /^[\w.-]+$/.test(id) ? id : undefined;
}
