import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { changeHosts, wayOf } from '../../../../main/features/local-registry/name/change-hosts.ts';
import { lineFor } from '../../../../main/features/local-registry/name/hosts-file.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const text = '127.0.0.1\tlocalhost\n# kept, whatever it says: ä\n192.168.1.7 nas';
const change = pathToFileURL(`${import.meta.dirname}/../../../../main/features/local-registry/name/change-hosts.ts`).href;

/** A folder whose hosts file only its owner's programs may write, with programs of the test's own. */
function folderWith(programs: Record<string, string> = {}): WorkFolder {
  const folder = new WorkFolder({ hosts: text });
  for (const [name, content] of Object.entries(programs)) chmodSync(folder.write(`bin/${name}`, content), 0o755);
  chmodSync(folder.path, 0o777);
  chmodSync(folder.file('hosts'), 0o444);
  return folder;
}

/** The same as somebody who may not write the file: whoever runs the tests may write everything. Gives the failure's title; empty if it worked. */
function asNobody(folder: WorkFolder, name: string | undefined): string {
  const hosts = { file: folder.file('hosts'), platform: 'linux', env: { PATH: folder.file('bin') } };
  const program = `
    const { changeHosts } = await import(${JSON.stringify(change)});
    await changeHosts(${JSON.stringify(hosts)}, ${JSON.stringify(name)}).catch((error) => console.log(error.message));
  `;
  const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], { ...who, encoding: 'utf8', stdio: 'pipe' }).trim();
}

// the real one asks a person, who isn't here: this one writes down what it is to run, and runs it
const agreeing = '#!/bin/sh\nprintf "%s\\n" "$@" >> "$(dirname "$0")/../asked"\nexec "$@"\n';

test('one that may be written is written at once, with its mode, and nobody is asked', async () => {
  using folder = folderWith({ pkexec: '#!/bin/sh\nexit 1\n' });
  chmodSync(folder.file('hosts'), 0o640);
  const hosts = { file: folder.file('hosts'), platform: 'linux' as const, env: { PATH: folder.file('bin') } };
  expect(await wayOf(hosts)).toBe('itself');
  await changeHosts(hosts, 'dev.docker.local');
  expect(readFileSync(hosts.file, 'utf8')).toBe(`${text}\n${lineFor('dev.docker.local')}`);
  expect(statSync(hosts.file).mode & 0o777).toBe(0o640);
  await changeHosts(hosts, undefined);
  expect(readFileSync(hosts.file, 'utf8')).toBe(text);
});

test('otherwise the system asks, and is told one program with the line in its arguments', () => {
  using folder = folderWith({ pkexec: agreeing });
  expect(asNobody(folder, 'dev.docker.local')).toBe('');
  expect(readFileSync(folder.file('hosts'), 'utf8')).toBe(`${text}\n${lineFor('dev.docker.local')}`);
  const asked = readFileSync(folder.file('asked'), 'utf8').split('\n');
  expect(asked[0]).toMatch(/^\/(?:usr\/)?bin\/sed$/);
  expect(asked.at(-2)).toBe(folder.file('hosts'));
  expect(asked.join('\n')).toContain(lineFor('dev.docker.local'));
  expect(asNobody(folder, 'other.local')).toBe('');
  expect(readFileSync(folder.file('hosts'), 'utf8')).toBe(`${text}\n${lineFor('other.local')}`);
  expect(asNobody(folder, undefined)).toBe('');
  expect(readFileSync(folder.file('hosts'), 'utf8')).toBe(text);
});

test.each([
  ['who doesn’t agree', '#!/bin/sh\necho "Request dismissed" >&2\nexit 126\n', 'The hosts file wasn’t changed'],
  ['a program that does nothing', '#!/bin/sh\nexit 0\n', 'The hosts file wasn’t changed'],
])('%s is noticed, and nothing has changed', (_, pkexec, title) => {
  using folder = folderWith({ pkexec });
  expect(asNobody(folder, 'dev.docker.local')).toBe(title);
  expect(readFileSync(folder.file('hosts'), 'utf8')).toBe(text);
});
