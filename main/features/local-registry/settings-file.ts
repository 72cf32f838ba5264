import { posix } from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { parse } from 'yaml';
import { type InspectedContainer, inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { TarCutter } from '../../foundation/formats/tar/tar-cutter.ts';
import { tarEnd, tarHeader, tarPadding } from '../../foundation/formats/tar/tar-header.ts';

/** More than anybody writes into such a file. */
const longest = 256 * 1024;

type Settings = Record<string, unknown>;

/** The file with settings that a registry's command names. Throws the failure to show if it names none. */
export function settingsPathOf({ Config }: Pick<InspectedContainer, 'Config'>): string {
  const path = [...Config.Entrypoint, ...Config.Cmd].findLast((word) => /\.ya?ml$/.test(word));
  if (path === undefined) throw noSettings();
  return path;
}

/**
 * Writes settings into the file that a registry reads, for what no variable may hold: variables are shown to everybody who may look at a container. The container must not
 * have been started. Nobody but the registry's own user can read the file there.
 */
export async function changeSettings(docker: Docker, container: Docker.Container, change: (settings: Settings) => Settings): Promise<void> {
  const inspected = await inspectContainer({ docker }, container.id);
  const path = settingsPathOf(inspected);
  const before: unknown = parse(String(await readSmallFile(container, path)));
  if (typeof before !== 'object' || before === null) throw noSettings();
  // JSON is YAML
  const body = Buffer.from(JSON.stringify(change(before as Settings)));
  const { owner, mode } = readerOf(inspected.Config.User);
  const header = tarHeader({ name: posix.basename(path), kind: 'file', mode, size: body.length, modified: 0, owner });
  const tarball = Buffer.concat([header, body, tarPadding(body.length), tarEnd()]);
  await container.putArchive(Readable.from([tarball]), { path: posix.dirname(path) });
}

/** What stands in the file of a registry, running or not. */
export async function readSettings(docker: Docker, container: Docker.Container): Promise<Settings> {
  const settings: unknown = parse(String(await readSmallFile(container, settingsPathOf(await inspectContainer({ docker }, container.id)))));
  if (typeof settings !== 'object' || settings === null) throw noSettings();
  return settings as Settings;
}

/** A small file in a container. Rejects with status 404 if it isn't there. */
export async function readSmallFile(container: Docker.Container, path: string): Promise<Buffer> {
  const cutter = new TarCutter();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of await container.getArchive({ path })) {
    for (const piece of cutter.cut(chunk as Buffer)) if (piece.kind === 'body') parts.push(Buffer.from(piece.bytes));
    length += (chunk as Buffer).length;
    if (length > longest) throw noSettings();
  }
  return Buffer.concat(parts);
}

/** Who has to read it, by what the image says; whose number isn't known there reads it as others do, who are only in this container. */
function readerOf(user: string): { owner: number; mode: number } {
  if (user === '' || user === 'root') return { owner: 0, mode: 0o600 };
  const [, number] = /^(\d+)(?::|$)/.exec(user) ?? [];
  return number === undefined ? { owner: 0, mode: 0o644 } : { owner: Number(number), mode: 0o600 };
}

const noSettings = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'Layerdeck doesn’t know how this registry was started',
    detail: 'Its command names no file with settings that Layerdeck can read.',
    hint: 'Use an image like registry:3.',
  });
