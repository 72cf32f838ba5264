import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContextFile, ContextFolder } from '../../../../contract/context-map.ts';
import type { MeasuredFolder } from '../../../../main/foundation/context/inspect/measure-context.ts';
import { shapeMap } from '../../../../main/foundation/context/inspect/shape-map.ts';

function folder(name: string, files: ContextFile[], folders: MeasuredFolder[] = []): MeasuredFolder {
  const sum = (isLeft: boolean) => {
    const own = files.filter((file) => file.isLeft === isLeft);
    const below = folders.map((one) => (isLeft ? one.left : one.sent));
    return {
      files: own.length + below.reduce((total, { files: count }) => total + count, 0),
      bytes: [...own, ...below].reduce((total, { bytes }) => total + bytes, 0),
    };
  };
  return { name, files, folders, sent: sum(false), left: sum(true) };
}

const file = (name: string, bytes: number, isLeft = false): ContextFile => ({ name, bytes, isLeft });

const count = (part: ContextFolder | ContextFile): number =>
  'children' in part ? 1 + part.children.reduce((sum, child) => sum + count(child), 0) : 1;

/** Whether each folder's numbers are the sums of its parts. */
function addsUp({ sent, left, children, rest }: ContextFolder): boolean {
  const amounts = children.map((child) =>
    'children' in child
      ? { files: child.sent.files + child.left.files, bytes: child.sent.bytes + child.left.bytes }
      : { files: 1, bytes: child.bytes },
  );
  const all = [...amounts, ...(rest ? [rest] : [])];
  const total = (of: 'files' | 'bytes') => all.reduce((sum, amount) => sum + amount[of], 0);
  const own = total('files') === sent.files + left.files && total('bytes') === sent.bytes + left.bytes;
  return own && children.every((child) => !('children' in child) || addsUp(child));
}

test('the largest first, folders and files together', () => {
  const root = folder('', [file('b', 5), file('a', 5), file('big', 50)], [folder('src', [file('x', 20, true)])]);
  expect(shapeMap(root).children.map(({ name }) => name)).toEqual(['big', 'src', 'a', 'b']);
});

test('many small things are added up, and the large ones deep inside are still there', () => {
  const many = Array.from({ length: 50_000 }, (_, number) => file(`f${number}`, 1));
  const root = folder('', many, [folder('deep', [], [folder('deeper', [file('film', 1_000_000)])])]);
  const map = shapeMap(root);
  expect(count(map)).toBeLessThanOrEqual(2000);
  expect(map.rest?.files).toBeGreaterThan(40_000);
  expect(map.children[0]).toMatchObject({ name: 'deep', children: [{ name: 'deeper', children: [{ name: 'film' }] }] });
  expect(addsUp(map)).toBe(true);
});

test('whatever the folder, the map is bounded and adds up', () => {
  const files = fc.array(fc.record({ name: fc.string(), bytes: fc.nat(), isLeft: fc.boolean() }));
  const tree: fc.Memo<MeasuredFolder> = fc.memo((depth) =>
    fc
      .tuple(fc.string(), files, depth > 1 ? fc.array(tree(depth - 1), { maxLength: 4 }) : fc.constant<MeasuredFolder[]>([]))
      .map(([name, inside, folders]) => folder(name, inside, folders)),
  );
  fc.assert(
    fc.property(tree(4), (root) => {
      const map = shapeMap(root);
      return count(map) <= 2000 && addsUp(map);
    }),
  );
});
