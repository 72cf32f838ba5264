import { posix } from 'node:path';
import { DockerfileParser, type Run } from 'dockerfile-ast';
import type { Dockerfile } from '../../../contract/build.ts';
import type { Failure } from '../../../contract/failure.ts';
import { toFailure } from '../failures/failure.ts';
import { assignments } from './assignments.ts';
import { mayBeSource } from './dockerfile-name.ts';
import { readDockerfileText } from './dockerfile-text.ts';
import { readInstructions } from './read-instructions.ts';

type Parsed = ReturnType<typeof DockerfileParser.parse>;

/** What a form needs to know about a Dockerfile, or why it cannot be read; neither if the file only has the name of one. */
export async function lookAtDockerfile(folder: string, path: string): Promise<{ dockerfile?: Dockerfile; failure?: Failure }> {
  try {
    const text = await readDockerfileText(folder, path);
    return mayBeSource(path) && !beginsAsDockerfile(text) ? {} : { dockerfile: describeDockerfile(path, text) };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

export function describeDockerfile(path: string, text: string): Dockerfile {
  const parsed = DockerfileParser.parse(text);
  const stages = parsed.getFROMs().map((from) => from.getBuildStage());
  return { path, stages: stages.filter((stage) => stage !== null), args: argsOf(text), ...mountsOf(parsed) };
}

/** Whether a text begins like a Dockerfile and not like a program (`from x import y`). */
function beginsAsDockerfile(text: string): boolean {
  const first = DockerfileParser.parse(text)
    .getInstructions()
    .find((one) => one.getKeyword() !== 'ARG');
  if (first?.getKeyword() !== 'FROM') return false;
  const words = first.getArguments().map((one) => one.getValue());
  const plain = words.filter((word) => !word.startsWith('--'));
  return plain.length === 1 || (plain.length === 3 && plain[1]?.toUpperCase() === 'AS');
}

/** Names of arguments that BuildKit sets by itself. */
export const automatic = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/;

function argsOf(text: string): Dockerfile['args'] {
  const all = readInstructions(text).filter(({ keyword }) => keyword === 'ARG');
  const byName = new Map<string, Dockerfile['args'][number]>();
  for (const { name, value } of all.flatMap((arg) => assignments(arg.text))) {
    if (automatic.test(name)) continue;
    // if a later stage repeats an ARG, the first default is kept
    byName.set(name, byName.get(name) ?? { name, ...(value !== undefined && { default: value }) });
  }
  return [...byName.values()];
}

/** Ids of the secrets and SSH keys that its RUNs ask for, without duplicates. */
function mountsOf(parsed: Parsed): Pick<Dockerfile, 'secrets' | 'ssh'> {
  const runs = parsed.getInstructions().filter((one): one is Run => one.getKeyword() === 'RUN');
  const flags = runs.flatMap((run) => run.getFlags()).filter((flag) => flag.getName() === 'mount');
  const mounts = flags.map((flag) => optionsOf(flag.getValue() ?? ''));
  return { secrets: [...new Set(mounts.flatMap((mount) => secretId(mount) ?? []))], ssh: [...new Set(mounts.flatMap(sshId))] };
}

type Mount = ReadonlyMap<string, string | undefined>;

/** The options in `type=secret,id=…`; builders accept the names in capitals too. */
const optionsOf = (mount: string): Mount =>
  new Map(
    mount.split(',').map((option) => {
      const [name = '', value] = option.split('=', 2);
      return [name.toLowerCase(), value];
    }),
  );

const isOfType = (mount: Mount, type: string): boolean => mount.get('type')?.toLowerCase() === type;

/** The id in `type=secret,id=…`, or else the last part of the target path. */
function secretId(mount: Mount): string | undefined {
  if (!isOfType(mount, 'secret')) return undefined;
  const target = mount.get('target') ?? mount.get('dst') ?? mount.get('destination');
  const id = mount.get('id') ?? (target && posix.basename(target));
  return id && /^[\w.-]+$/.test(id) ? id : undefined;
}

const sshId = (mount: Mount): string[] => (isOfType(mount, 'ssh') ? [mount.get('id') || 'default'] : []);
