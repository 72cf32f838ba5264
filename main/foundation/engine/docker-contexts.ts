import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { FailureError } from '../failures/failure.ts';
import { changeSettingsFile } from '../files/change-settings-file.ts';
import { writeWhole } from '../files/write-whole.ts';

/** An engine's place as docker's command keeps it, in a folder named after the SHA-256 of the context's name. */
export type DockerContext = {
  name: string;
  /** For example `ssh://me@build.example`. */
  address: string;
  /** The folder for its certificates, which need not exist. */
  tlsFolder: string;
};

/** Docker's own name for the engine on this computer, which is no context in its folder. */
export const defaultContext = 'default';

/** The three files that docker's command wants of an engine that asks for a certificate. */
export const certificateFiles = ['ca.pem', 'cert.pem', 'key.pem'] as const;

// Endpoints of other kinds and members that Layerdeck does not know belong to other programs
const Meta = z.object({ Name: z.string().min(1), Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }) });

/** Every context in docker's folder that leads to an engine, by name. One that cannot be read is left out: others still work. */
export async function listContexts(dockerFolder: string): Promise<DockerContext[]> {
  const folder = join(dockerFolder, 'contexts', 'meta');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => readContext(dockerFolder, join(folder, name, 'meta.json'))));
  return found.filter((context) => context !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readContext(dockerFolder: string, file: string): Promise<DockerContext | undefined> {
  try {
    const { Name: name, Endpoints } = Meta.parse(JSON.parse(await readFile(file, 'utf8')));
    return { name, address: Endpoints.docker.Host, tlsFolder: tlsFolderOf(dockerFolder, name) };
  } catch {
    return undefined;
  }
}

/** The context that docker's command uses, if it is not the default one. */
export async function currentContext(dockerFolder: string): Promise<string | undefined> {
  try {
    const { currentContext: name } = JSON.parse(await readFile(join(dockerFolder, 'config.json'), 'utf8')) as { currentContext?: string };
    return name && name !== defaultContext ? name : undefined;
  } catch {
    // a missing or broken docker configuration is no reason to find no engine at all
    return undefined;
  }
}

/** Makes docker's command use another context; `default` for the engine on this computer. Rejects if its settings cannot be read. */
export async function switchContext(dockerFolder: string, name: string): Promise<void> {
  await changeSettingsFile(join(dockerFolder, 'config.json'), ({ currentContext: _, ...others }) => ({
    ...others,
    ...(name !== defaultContext && { currentContext: name }),
  }));
}

/** Adds a context, with copies of its certificates. Rejects if there is one of that name, or if a certificate cannot be read. */
export async function addContext(
  dockerFolder: string,
  { name, address, certificates }: { name: string; address: string; certificates?: string },
): Promise<void> {
  if ((await listContexts(dockerFolder)).some((other) => other.name === name)) throw new FailureError(nameTaken(name));
  const files = certificates === undefined ? [] : await readCertificates(certificates);
  // the certificates first: a context without them would be tried without them
  for (const { file, content } of files) await writeWhole(join(tlsFolderOf(dockerFolder, name), file), content);
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: address, SkipTLSVerify: false } } };
  await writeWhole(join(metaFolderOf(dockerFolder, name), 'meta.json'), JSON.stringify(meta), 0o644);
}

/** Removes a context and its copies of certificates; docker's command no longer uses it. The engine is left as it is. */
export async function removeContext(dockerFolder: string, name: string): Promise<void> {
  // first, as docker's command does nothing at all while the context that it should use is missing
  if ((await currentContext(dockerFolder)) === name) await switchContext(dockerFolder, defaultContext);
  await rm(metaFolderOf(dockerFolder, name), { recursive: true, force: true });
  await rm(join(dockerFolder, 'contexts', 'tls', idOf(name)), { recursive: true, force: true });
}

const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');
const metaFolderOf = (dockerFolder: string, name: string): string => join(dockerFolder, 'contexts', 'meta', idOf(name));
const tlsFolderOf = (dockerFolder: string, name: string): string => join(dockerFolder, 'contexts', 'tls', idOf(name), 'docker');

// one after the other, so that the first that is missing is named
async function readCertificates(folder: string): Promise<{ file: string; content: Buffer }[]> {
  const found: { file: string; content: Buffer }[] = [];
  for (const file of certificateFiles) {
    const content = await readFile(join(folder, file)).catch(() => {
      throw new FailureError(certificateMissing(file));
    });
    found.push({ file, content });
  }
  return found;
}

const nameTaken = (name: string) => ({
  kind: 'invalid-input' as const,
  title: `There is already an engine called ${name}`,
  detail: 'docker’s command keeps it under this name, too.',
  hint: 'Choose another name, or remove the other one first.',
});

const certificateMissing = (file: string) => ({
  kind: 'invalid-input' as const,
  title: `The folder has no ${file} that can be read`,
  detail: `An engine that asks for a certificate needs three files: ${certificateFiles.join(', ')}.`,
  hint: 'Choose the folder that whoever runs the engine gave you.',
});
