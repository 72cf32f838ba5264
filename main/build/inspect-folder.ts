import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import type { BuildFolder, Dockerfile } from '../../contract/build.ts';
import { isReference } from '../../contract/reference.ts';
import { FailureError } from '../engine/failure.ts';

/** Bytes a Dockerfile may have; more is something else. */
const largestDockerfile = 1024 * 1024;

/** What a folder holds for a build. Rejects in words where it holds no Dockerfile. */
export async function inspectFolder(folder: string): Promise<BuildFolder> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const found = names.filter(isDockerfileName).sort((a, b) => a.length - b.length || a.localeCompare(b));
  const dockerfiles = (await Promise.all(found.map((name) => readDockerfile(folder, name)))).filter((file) => file !== undefined);
  if (dockerfiles.length === 0) throw noDockerfile(basename(folder));
  const suggestions = [{ reference: suggestReference(basename(folder)), from: 'folder' as const, alsoAs: [] }];
  return { suggestions, dockerfiles, hasIgnoreFile: names.includes('.dockerignore') };
}

/** The text of a Dockerfile. Rejects where it is too large to be one. */
export async function readDockerfileText(folder: string, path: string): Promise<string> {
  const file = join(folder, path);
  const { size } = await stat(file);
  if (size > largestDockerfile)
    throw new FailureError({ kind: 'dockerfile', title: `${path} is too large for a Dockerfile`, detail: 'It has more than a megabyte.' });
  return readFile(file, 'utf8');
}

const isDockerfileName = (name: string): boolean =>
  /^(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.[Dd]ockerfile$/.test(name) && !name.endsWith('.dockerignore');

async function readDockerfile(folder: string, path: string): Promise<Dockerfile | undefined> {
  try {
    const parsed = DockerfileParser.parse(await readDockerfileText(folder, path));
    const stages = parsed.getFROMs().map((from) => from.getBuildStage());
    return { path, stages: stages.filter((stage) => stage !== null), args: argsOf(parsed), secrets: [] };
  } catch {
    return undefined; // not readable: offering it would only fail later
  }
}

function argsOf(parsed: ReturnType<typeof DockerfileParser.parse>): Dockerfile['args'] {
  const properties = parsed.getARGs().flatMap((arg) => arg.getProperty() ?? []);
  const byName = new Map<string, Dockerfile['args'][number]>();
  for (const property of properties) {
    const name = property.getName();
    const value = property.getValue();
    // the same ARG again in a later stage: the first default is the one it has
    byName.set(name, byName.get(name) ?? { name, ...(value !== null && { default: value }) });
  }
  return [...byName.values()];
}

/** A name for the image from the folder's: small letters, and nothing that a reference may not have. */
export function suggestReference(folder: string): string {
  const name = folder
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]{2,}/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '');
  return isReference(name) ? name : 'my-image';
}

const noDockerfile = (name: string): FailureError =>
  new FailureError({
    kind: 'dockerfile',
    title: `The folder ${name} has no Dockerfile`,
    detail: 'An image is built from a file called “Dockerfile” that says step by step what goes into it.',
    hint: 'Choose the folder that holds it.',
  });
