import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { splitCommand } from '../../../main/foundation/formats/split-command.ts';

test.each([
  ['', []],
  ['   ', []],
  ['/bin/sh', ['/bin/sh']],
  ['  nginx  -g "daemon off;" ', ['nginx', '-g', 'daemon off;']],
  ["echo 'a  $b' \\\"c", ['echo', 'a  $b', '"c']],
  ['a""b "" \'\'', ['ab', '', '']],
  ['say "a \\"quoted\\" \\n"', ['say', 'a "quoted" \\n']],
  ['["/bin/sh", "-c", "echo \\"$HOME\\""]', ['/bin/sh', '-c', 'echo "$HOME"']],
])('%s', (typed, words) => expect(splitCommand(typed)).toEqual(words));

test.each(['a && b', 'a | b', 'echo $HOME', 'echo "$HOME"', 'echo `id`', 'ls *.txt', 'a; b', 'a > b', '[ -e x ]; echo'])(
  '%s is given to a shell',
  (typed) => expect(splitCommand(typed)).toEqual(['/bin/sh', '-c', typed]),
);

test.each(['echo "a', "it's", 'a \\'])('%s is not complete', (typed) => expect(() => splitCommand(typed)).toThrow('isn’t complete'));

test.each(['a \'b c\'d "e f"', 'x\\ y z', '"a\\\\b" \'c\\d\''])('%s is split as a shell splits it', (typed) => {
  const printed = execFileSync('sh', ['-c', `printf '%s\\n' ${typed}`], { encoding: 'utf8' });
  expect(splitCommand(typed)).toEqual(printed.trimEnd().split('\n'));
});
