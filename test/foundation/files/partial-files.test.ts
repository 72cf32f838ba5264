import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PartialFiles } from '../../../main/foundation/files/partial-files.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const left = '.x.tar.01234567.layerdeck-part';

test('a file has its name only once it is whole; meanwhile the journal knows it', async () => {
  using folder = new WorkFolder({ 'x.tar': 'old' });
  const files = new PartialFiles(folder.file('data/journal.json'));
  const result = await files.write(folder.file('x.tar'), async (partial) => {
    await writeFile(partial, 'new one');
    expect(JSON.parse(readFileSync(folder.file('data/journal.json'), 'utf8'))).toEqual([partial]);
    expect(readFileSync(folder.file('x.tar'), 'utf8')).toBe('old');
    return { more: true };
  });
  expect(result).toEqual({ more: true, bytes: 7 });
  expect(readFileSync(folder.file('data/journal.json'), 'utf8')).toBe('[]');
  expect(readdirSync(folder.path).toSorted()).toEqual(['data', 'x.tar']);
});

test('a failed write leaves nothing behind', async () => {
  using folder = new WorkFolder({ 'x.tar': 'old' });
  const files = new PartialFiles(folder.file('journal.json'));
  const broken = files.write(folder.file('x.tar'), async (partial) => {
    await writeFile(partial, 'half');
    throw new Error('no more');
  });
  await expect(broken).rejects.toThrow('no more');
  expect(readFileSync(folder.file('x.tar'), 'utf8')).toBe('old');
  expect(readdirSync(folder.path).toSorted()).toEqual(['journal.json', 'x.tar']);
});

test('the next start removes what a killed app left, and only that', async () => {
  using folder = new WorkFolder({ [left]: 'half', '.y.tar.01234567.layerdeck-part': 'not in the journal', 'mine.txt': 'x' });
  const gone = folder.file('.gone.tar.89abcdef.layerdeck-part');
  writeFileSync(folder.file('journal.json'), JSON.stringify([folder.file(left), folder.file('mine.txt'), gone]));
  await new PartialFiles(folder.file('journal.json')).sweep();
  expect(readdirSync(folder.path).toSorted()).toEqual(['.y.tar.01234567.layerdeck-part', 'journal.json', 'mine.txt']);
  expect(readFileSync(folder.file('journal.json'), 'utf8')).toBe('[]');
});

test('an app that is killed in the middle leaves no file of the final name, and the next start removes what it left', async () => {
  using folder = new WorkFolder();
  const script = `
    import { writeFile } from 'node:fs/promises';
    import { PartialFiles } from ${JSON.stringify(new URL('../../../main/foundation/files/partial-files.ts', import.meta.url).href)};
    await new PartialFiles(${JSON.stringify(folder.file('journal.json'))}).write(${JSON.stringify(folder.file('x.tar'))}, async (partial) => {
      await writeFile(partial, 'half');
      console.log('written');
      await new Promise((resolve) => setInterval(resolve, 2 ** 30));
    });`;
  const app = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(app.stdout, 'data');
  app.kill('SIGKILL');
  await once(app, 'exit');
  const leftBehind = readdirSync(folder.path).filter((name) => name.endsWith('.layerdeck-part'));
  expect(leftBehind).toHaveLength(1);
  await new PartialFiles(folder.file('journal.json')).sweep();
  expect(readdirSync(folder.path)).toEqual(['journal.json']);
});

test('a folder or a link of that name is left alone', async () => {
  using folder = new WorkFolder({ 'mine.txt': 'x' });
  mkdirSync(folder.file(left));
  const link = '.link.tar.01234567.layerdeck-part';
  symlinkSync(folder.file('mine.txt'), folder.file(link));
  writeFileSync(folder.file('journal.json'), JSON.stringify([folder.file(left), folder.file(link)]));
  await new PartialFiles(folder.file('journal.json')).sweep();
  expect(readdirSync(folder.path).toSorted()).toEqual([link, left, 'journal.json', 'mine.txt'].toSorted());
});

test('a missing disk is waited for', async () => {
  using folder = new WorkFolder();
  const far = folder.file(`usb/${left}`);
  writeFileSync(folder.file('journal.json'), JSON.stringify([far]));
  await new PartialFiles(folder.file('journal.json')).sweep();
  mkdirSync(folder.file('usb'));
  writeFileSync(far, 'half');
  await new PartialFiles(folder.file('journal.json')).sweep();
  expect(existsSync(far)).toBe(false);
});

test.each(['', '{', '{"a":1}', '[7]'])('a broken journal (%s) is started afresh', async (text) => {
  using folder = new WorkFolder({ 'journal.json': text });
  const files = new PartialFiles(folder.file('journal.json'));
  await files.write(folder.file('x.tar'), (partial) => writeFile(partial, 'x').then(() => ({})));
  expect(readFileSync(folder.file('journal.json'), 'utf8')).toBe('[]');
});

test.each(['n'.repeat(251), 'é'.repeat(125)])('a name of the longest length that a disk allows is written', async (name) => {
  using folder = new WorkFolder();
  const target = folder.file(`${name}.tar`);
  const files = new PartialFiles(folder.file('journal.json'));
  await files.write(target, async (partial) => {
    await writeFile(partial, 'whole');
    return {};
  });
  expect(readFileSync(target, 'utf8')).toBe('whole');
});
