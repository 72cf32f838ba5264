import { expect, test } from 'vitest';
import { parseAttributes, readAttributes } from '../../../main/foundation/context/file-attributes.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const printed = `# file: ./sub/tool
security.capability=0x0100000200200000000000000000000000000000
user.note=0x6869

# file: new\\012line\\134
user.empty=
`;

test('what getfattr prints, by path and name', async () => {
  const found = await parseAttributes(printed.split('\n'));
  expect([...found.keys()]).toEqual(['sub/tool', 'new\nline\\']);
  expect(found.get('sub/tool')?.get('security.capability')?.length).toBe(20);
  expect(found.get('sub/tool')?.get('user.note')?.toString()).toBe('hi');
  expect(found.get('new\nline\\')?.get('user.empty')?.length).toBe(0);
});

test('without the program nothing is found, and nothing fails', async () => {
  using folder = new WorkFolder({ a: '' });
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    expect((await readAttributes(folder.path, () => true, new AbortController().signal)).size).toBe(0);
  } finally {
    process.env.PATH = path;
  }
});
