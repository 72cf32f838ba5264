import { expect, test } from 'vitest';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { hostileArchives } from '../../../tools/fuzz/hostile-archives.ts';
import { TarballCases } from '../../support/tarball-cases.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** What is said about each. */
const words: Record<string, [title: string, finding: string]> = {
  'leads out': ['The file can’t be trusted', 'It tries to put “../../etc/passwd” outside the folder it is unpacked in'],
  'leads out deep inside': ['The file can’t be trusted', 'It tries to put “a/../../x” outside the folder it is unpacked in'],
  'layer leads out': ['Part of the image is missing from the file', 'Its description names “../../etc/shadow”, which isn’t there'],
  'absolute link as layer': ['Part of the image is missing from the file', ', which isn’t there'],
  'layers that link to each other': ['The file is damaged', 'in it is a link that leads back to itself'],
  'hard link to itself': ['The file is damaged', '“manifest.json” in it is a link that leads back to itself'],
  'list that is a link': ['The file can’t be trusted', '“manifest.json” isn’t an ordinary file'],
  'list twice': ['The file can’t be trusted', 'It contains “manifest.json” twice, and engines disagree about which one counts'],
  'list twice under two spellings': [
    'The file can’t be trusted',
    'It contains “manifest.json” twice, and engines disagree about which one counts',
  ],
  'layer missing': ['Part of the image is missing from the file', ', which isn’t there'],
  'configuration missing': ['Part of the image is missing from the file', ', which isn’t there'],
  'configuration changed': ['The file is damaged', 'the description of an image was changed: its digest is different'],
  'fewer layers than told': ['The file is damaged', 'an image doesn’t have as many layers as its configuration says'],
  'a hundred thousand layers': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'no list': ['This tarball holds no image', ''],
  'wrong types': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'null in the list': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'prototype names': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'prototype as a name': ['The file holds no image', 'It has a list of images, but the list is empty'],
  'nested JSON': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'JSON of half a million openings': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'broken JSON': ['The file is damaged', 'the description “manifest.json” isn’t in the expected format'],
  'sparse layer': ['A layer is stored with holes', 'in a format that engines can’t read'],
  'label of a volume': ['Something in the file is of an unknown kind', 'neither a file, a folder nor a link that an engine could read'],
  'sparse map without end': ['The file is cut off', 'It ends in the middle, as after an interrupted download'],
  'giant size': ['The file is cut off', 'It ends in the middle, as after an interrupted download'],
  'negative size': ['The file is damaged', 'a file has an impossible size'],
  'size beyond all numbers': ['The file is damaged', 'a file has an impossible size'],
  'size in base 256': ['This tarball holds no image', 'It begins with “x”'],
  'size that is no number': ['The file is damaged', 'a file has an impossible size'],
  'pax header of a gigabyte': ['The file can’t be trusted', 'the headers of a single file are longer than a million characters'],
  'pax records that lie': ['The file is damaged', 'the extended header of a file can’t be read'],
  'pax size that lies': ['The file is damaged', 'a file has an impossible size'],
  'pax size below zero': ['The file is damaged', 'a file has an impossible size'],
  'pax without an entry': ['The file is cut off', 'It ends in the middle, as after an interrupted download'],
  'pax headers without end': ['The file can’t be trusted', 'the headers of a single file are longer than a million characters'],
  'name that is not UTF-8': ['This tarball holds no image', 'It begins with “\ufffd\ufffdA”'],
  'OCI lists of nothing, many times': ['The file can’t be trusted', 'there are more than 10,000 images'],
  'one configuration for many images': ['The file is damaged', 'an image doesn’t have as many layers as its configuration says'],
  'OCI lists that name an image without end': ['The file can’t be trusted', 'there are more than 10,000 images'],
  'OCI manifest changed': ['The file is damaged', 'the description of an image was changed: its digest is different'],
  'OCI digest that leads out': ['The file is damaged', 'the description “index.json” isn’t in the expected format'],
  'OCI manifest that is a list of nothing': ['The file is damaged', '” isn’t in the expected format'],
  'OCI layer of another size': ['The file is damaged', 'a layer doesn’t have the size that its image says'],
};

test.each(Object.entries(hostileArchives))('%s: refused in words', async (name, make) => {
  using folder = new WorkFolder({ 'x.tar': make() });
  const { preview, found } = await describeArchive(folder.file('x.tar'), () => {});
  const [title, finding] = words[name] ?? [];
  expect(preview).toMatchObject({ kind: 'refused', title, reason: expect.stringContaining(finding ?? 'is missing in the table above') });
  expect(found).toBeUndefined();
});

const hidden: Record<string, string> = {
  'hidden-empty-long-name': 'an empty name besides its own',
  'hidden-empty-pax-path': 'an empty name besides its own',
  'hidden-long-over-pax': 'two long names',
  'hidden-long-then-global': 'before a header for all files',
  'hidden-pax-size': 'before a header for all files',
  'hidden-old-folder': '“manifest.json” twice',
  'hidden-sparse-name': 'named like one with holes',
  'hidden-through-link': 'a folder that is really a link',
};

test.each(Object.entries(hidden))('%s: a list that only the engine would see is refused', async (name, finding) => {
  using cases = new TarballCases();
  const { preview } = await describeArchive(cases.file(name), () => {});
  expect(preview).toMatchObject({ kind: 'refused', title: 'The file can’t be trusted', reason: expect.stringContaining(finding) });
});
