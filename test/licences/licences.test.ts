import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Licences } from '../../main/licences/licences.ts';
import { WorkFolder } from '../support/work-folder.ts';

const own = { name: 'Layerdeck', version: '1.0.0', licence: 'MIT', texts: [{ file: 'LICENSE', text: 'Terms' }] };

test('the list is read once, when it is first asked for', async () => {
  using folder = new WorkFolder({});
  const licences = new Licences(folder.file('licences.json'));
  folder.write('licences.json', JSON.stringify({ own, packages: [] }));
  expect(await licences.read()).toEqual({ own, packages: [] });
  folder.write('licences.json', 'gone');
  expect(await licences.read()).toEqual({ own, packages: [] });
});

test.each([
  ['is missing', undefined],
  ['is cut off', '{"own":'],
  ['lacks a text', JSON.stringify({ own: { ...own, texts: [] }, packages: [] })],
])('a list that %s is told in words, and looked at again', async (_, content) => {
  using folder = new WorkFolder({});
  const licences = new Licences(folder.file('licences.json'));
  if (content) folder.write('licences.json', content);
  await expect(licences.read()).rejects.toMatchObject({ failure: { title: 'The list of licences cannot be read' } });
  writeFileSync(folder.file('licences.json'), JSON.stringify({ own, packages: [own] }));
  expect((await licences.read()).packages).toHaveLength(1);
});
