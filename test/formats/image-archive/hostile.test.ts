import { expect, test } from 'vitest';
import { describeArchive } from '../../../main/formats/image-archive/describe-archive.ts';
import { hostileArchives } from '../../../tools/fuzz/hostile-archives.ts';
import { TarballCases } from '../../support/tarball-cases.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** What is said of each. */
const words: Record<string, [title: string, finding: string]> = {
  'leads out': ['The file is not to be trusted', 'It wants to put “../../etc/passwd” outside of the folder it is unpacked in'],
  'leads out deep inside': ['The file is not to be trusted', 'It wants to put “a/../../x” outside of the folder it is unpacked in'],
  'layer leads out': ['A part of the image is missing in the file', 'Its description names “../../etc/shadow”, which is not there'],
  'absolute link as layer': ['A part of the image is missing in the file', ', which is not there'],
  'layers that link to each other': ['The file is damaged', 'in it leads to itself'],
  'hard link to itself': ['The file is damaged', '“manifest.json” in it leads to itself'],
  'list that is a link': ['The file is not to be trusted', '“manifest.json” is no ordinary file'],
  'list twice': ['The file is not to be trusted', 'It has “manifest.json” twice, and it depends on the engine which one counts'],
  'list twice under two spellings': [
    'The file is not to be trusted',
    'It has “manifest.json” twice, and it depends on the engine which one counts',
  ],
  'layer missing': ['A part of the image is missing in the file', ', which is not there'],
  'configuration missing': ['A part of the image is missing in the file', ', which is not there'],
  'configuration changed': ['The file is damaged', 'the description of an image was changed: its digest is another one'],
  'fewer layers than told': ['The file is damaged', 'an image has another number of layers than its configuration says'],
  'a hundred thousand layers': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'no list': ['This tarball holds no image', ''],
  'wrong types': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'null in the list': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'prototype names': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'prototype as a name': ['The file holds no image', 'It has a list of images, but the list is empty'],
  'nested JSON': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'JSON of half a million openings': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'broken JSON': ['The file is damaged', 'the description “manifest.json” is not written as it should be'],
  'sparse layer': ['A layer is stored with holes', 'which Layerdeck does not read in an image'],
  'sparse map without end': ['The file is cut off', 'It ends in the middle, as after a broken download'],
  'giant size': ['The file is cut off', 'It ends in the middle, as after a broken download'],
  'negative size': ['The file is damaged', 'a file has a size that cannot be'],
  'size beyond all numbers': ['The file is damaged', 'a file has a size that cannot be'],
  'size in base 256': ['This tarball holds no image', 'It begins with “x”'],
  'size that is no number': ['The file is damaged', 'a file has a size that cannot be'],
  'pax header of a gigabyte': ['The file is not to be trusted', 'what is noted beside a single file takes more than a million letters'],
  'pax records that lie': ['The file is damaged', 'what is noted beside a file cannot be read'],
  'pax size that lies': ['The file is damaged', 'a file has a size that cannot be'],
  'pax size below zero': ['The file is damaged', 'a file has a size that cannot be'],
  'pax without an entry': ['The file is cut off', 'It ends in the middle, as after a broken download'],
  'pax headers without end': ['The file is not to be trusted', 'what is noted beside a single file takes more than a million letters'],
  'name that is not UTF-8': ['This tarball holds no image', 'It begins with “ÿþA”'],
  'OCI lists of nothing, many times': ['The file is not to be trusted', 'there are more than 10,000 images'],
  'one configuration for many images': ['The file is damaged', 'an image has another number of layers than its configuration says'],
  'OCI lists that name an image without end': ['The file is not to be trusted', 'there are more than 10,000 images'],
  'OCI manifest changed': ['The file is damaged', 'the description of an image was changed: its digest is another one'],
  'OCI digest that leads out': ['The file is damaged', 'the description “index.json” is not written as it should be'],
  'OCI manifest that is a list of nothing': ['The file is damaged', '” is not written as it should be'],
  'OCI layer of another size': ['The file is damaged', 'a layer has another size than its image says'],
};

test.each(Object.entries(hostileArchives))('%s: refused in words', async (name, make) => {
  using folder = new WorkFolder({ 'x.tar': make() });
  const { preview, found } = await describeArchive(folder.file('x.tar'), () => {});
  const [title, finding] = words[name] ?? [];
  expect(preview).toMatchObject({ kind: 'refused', title, reason: expect.stringContaining(finding ?? 'is missing in the table above') });
  expect(found).toBeUndefined();
});

const hidden: Record<string, string> = {
  'hidden-empty-long-name': 'an empty name beside its own',
  'hidden-empty-pax-path': 'an empty name beside its own',
  'hidden-long-over-pax': 'two long names',
  'hidden-long-then-global': 'before a note for all files',
  'hidden-pax-size': 'before a note for all files',
  'hidden-old-folder': '“manifest.json” twice',
  'hidden-sparse-name': 'the name of one with holes',
  'hidden-through-link': 'a folder that is a link',
};

test.each(Object.entries(hidden))('%s: a list that only the engine would see is refused', async (name, finding) => {
  using cases = new TarballCases();
  const { preview } = await describeArchive(cases.file(name), () => {});
  expect(preview).toMatchObject({ kind: 'refused', title: 'The file is not to be trusted', reason: expect.stringContaining(finding) });
});
