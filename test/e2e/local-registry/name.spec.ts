import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { keepPort } from '../../support/keep-port.ts';
import { expect, test } from '../../support/window/app.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf, showPage } from '../../support/window/find-in-window.ts';

const state = (window: Page) => window.getByRole('region', { name: 'Registry state' });

async function further(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'More for the registry' }).click();
  await window.getByRole('menuitem', { name }).click();
}

/** The window of an app of its own, once its registry runs. */
async function startedIn(app: ElectronApplication): Promise<Page> {
  const window = await app.firstWindow();
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await showPage(window, 'Registry');
  await window.getByRole('button', { name: 'Start the registry' }).click();
  await expect(state(window)).toContainText('Running at');
  return window;
}

test('it gets a name by a line in the hosts file that is shown before, and loses it again', async ({ engine, launch, folder }) => {
  const before = readFileSync('/etc/hosts', 'utf8');
  const hostsFile = join(folder, 'hosts');
  await writeFile(hostsFile, '127.0.0.1 localhost\n10.0.0.7 nas.local\n');
  await keepPort(engine);
  const window = await startedIn(await launch({ etc: { hosts: hostsFile } }));
  await further(window, 'Name…');
  const dialog = dialogOf(window);
  await expect(dialog).toContainText("127.0.0.1 dev.docker.local # Layerdeck's registry");
  await expect(dialog).toContainText('Layerdeck writes this line into /etc/hosts');
  await expectNoViolations(window);
  const field = dialog.getByLabel('Name');
  const give = dialog.getByRole('button', { name: 'Give it this name' });
  await field.fill('registry');
  await expect(dialog).toContainText('A name has two parts or more');
  await expect(give).toBeDisabled();
  await field.fill('nas.local');
  await expect(dialog).toContainText('Line 2 of /etc/hosts leads this name to 10.0.0.7 already');
  await expect(give).toBeDisabled();
  await field.fill('dev.docker.local');
  await expect(dialog).toContainText('127.0.0.1 dev.docker.local');
  await give.click();
  await expect(dialog).toContainText('The registry is called dev.docker.local');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await expectNoViolations(window);
  expect(readFileSync(hostsFile, 'utf8')).toBe(
    "127.0.0.1 localhost\n10.0.0.7 nas.local\n127.0.0.1 dev.docker.local # Layerdeck's registry\n",
  );
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(state(window)).toContainText(/Running at\s+localhost:\d+.*and\s+dev\.docker\.local:\d+/);
  // in a narrow window, no button lies on an address
  const size = window.viewportSize();
  await window.setViewportSize({ width: 720, height: 560 });
  for (const address of ['localhost', 'dev.docker.local']) {
    const copy = state(window).getByRole('button', { name: new RegExp(`Copy ${address}:`) });
    const { width = 0 } = (await copy.boundingBox()) ?? {};
    await copy.click({ trial: true, position: { x: width - 3, y: 8 } });
  }
  if (size) await window.setViewportSize(size);

  await further(window, 'Name…');
  await dialog.getByRole('button', { name: 'Remove the name' }).click();
  await expect(dialog).toBeHidden();
  await expect(state(window)).not.toContainText('dev.docker.local');
  expect(readFileSync(hostsFile, 'utf8')).toBe('127.0.0.1 localhost\n10.0.0.7 nas.local\n');
  expect(readFileSync('/etc/hosts', 'utf8')).toBe(before);
});

test('where the file belongs to the system, that asks, and changes just that line; a person who refuses is told', async ({
  engine,
  launch,
  folder,
}) => {
  await mkdir(join(folder, 'etc/upper'), { recursive: true });
  const hosts = join(folder, 'etc/upper/hosts');
  await writeFile(hosts, '127.0.0.1 localhost\n# the last line has no end');
  // the real one asks a person, who isn't here: this one writes down what it is to run, and runs it as the system's owner would
  const agrees = join(folder, 'agrees');
  const program = `#!/bin/sh
[ -e '${agrees}' ] || exit 126
printf '%s\\n' "$@" >> '${folder}/asked'
mount -o remount,rw /etc
"$@"
done=$?
mount -o remount,ro /etc
exit $done
`;
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/pkexec'), program, { mode: 0o755 });
  await keepPort(engine);
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  const window = await startedIn(await launch({ etc: { folder: join(folder, 'etc') }, env }));
  await further(window, 'Name…');
  const dialog = dialogOf(window);
  await expect(dialog).toContainText('Your system asks for permission');
  await dialog.getByRole('button', { name: 'Give it this name' }).click();
  await expect(dialog).toContainText('The hosts file wasn’t changed');
  await expectNoViolations(window);
  await writeFile(agrees, '');
  await dialog.getByRole('button', { name: 'Give it this name' }).click();
  await expect(dialog).toContainText('The registry is called dev.docker.local');
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toContain("127.0.0.1 dev.docker.local # Layerdeck's registry");
  expect(readFileSync(hosts, 'utf8')).toBe(
    "127.0.0.1 localhost\n# the last line has no end\n127.0.0.1 dev.docker.local # Layerdeck's registry",
  );
  await dialog.getByRole('button', { name: 'Remove the name' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(hosts, 'utf8')).toBe('127.0.0.1 localhost\n# the last line has no end');
});

test('where nothing could ask, the line is there to copy, and is found once it was written by hand', async ({ engine, launch, folder }) => {
  const hosts = join(folder, 'hosts');
  await writeFile(hosts, '127.0.0.1 localhost\n');
  await keepPort(engine);
  const window = await startedIn(await launch({ etc: { hosts, isReadOnly: true } }));
  await further(window, 'Name…');
  const dialog = dialogOf(window);
  await expect(dialog).toContainText('Write this line into it as root, then check again');
  await expectNoViolations(window);
  await writeFile(hosts, "127.0.0.1 localhost\n127.0.0.1 dev.docker.local # Layerdeck's registry\n");
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog).toContainText('The registry is called dev.docker.local');
  await expect(dialog).toContainText('take this line out of /etc/hosts as root');
  await writeFile(hosts, '127.0.0.1 localhost\n');
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog).toContainText('Give the registry a name');
});
