import { expect, test } from 'vitest';
import { readInstructions } from '../../../main/foundation/dockerfile/read-instructions.ts';

const read = (text: string, args = {}) => readInstructions(text, args);

test('stages are named as BuildKit names them, and steps counted as it counts them', () => {
  const all = read('ARG V=1\nFROM a:$V AS One\nENV X=1\nRUN a\nFROM b\nCOPY . /\n');
  expect(all.map(({ keyword, stage, stepNumber }) => [keyword, stage, stepNumber])).toEqual([
    ['ARG', '', undefined],
    ['FROM', 'one', 1],
    ['ENV', 'one', undefined],
    ['RUN', 'one', 2],
    ['FROM', 'stage-1', 1],
    ['COPY', 'stage-1', 2],
  ]);
});

test('a FROM sees the arguments above it, given or preset', () => {
  const text = `ARG V=1\nFROM base:\${V} AS x\n`;
  expect(read(text)[1]).toMatchObject({ from: 'base:1' });
  expect(read(text, { V: '2' })[1]).toMatchObject({ from: 'base:2', expanded: 'FROM base:2 AS x' });
});

test('a stage sees a global argument only if it asks for it', () => {
  const [, , run, , later] = read('ARG V=1\nFROM a\nRUN one\nARG V\nRUN two\n');
  expect(run?.args.entries() ?? []).toEqual([]);
  expect(later?.args.entries() ?? []).toEqual([['V', '1']]);
});

test('what COPY and ADD read, in every way of writing it', () => {
  const sources = (text: string) => read(`FROM a\nARG D=dir\n${text}\n`).at(-1);
  expect(sources('COPY a b/ /to/')).toMatchObject({ sources: ['a', 'b/'] });
  expect(sources('COPY --chown=1:1 --exclude=*.md $D/x /to')).toMatchObject({ sources: ['dir/x'], excludes: ['*.md'] });
  expect(sources('COPY ["a b", "c", "/to"]')).toMatchObject({ sources: ['a b', 'c'] });
  expect(sources('COPY --from=x /a /b')).toMatchObject({ from: 'x', sources: [] });
  expect(sources('COPY <<EOF /to\nhello a\nEOF')).toMatchObject({ sources: [] });
  expect(sources(`COPY "a" 'b$D' c"$D"\\'d "/to/"`)).toMatchObject({ sources: ['a', 'b$D', "cdir'd"] });
  expect(sources(`COPY "a\\"\\$D" \${D:-"x"} /to`)).toMatchObject({ sources: ['a"$D', 'dir'] });
  expect(sources('ADD https://example.org/x.tgz local.tgz /')).toMatchObject({ sources: ['local.tgz'], isRemote: true });
  expect(sources('COPY a \\\n  # a comment\n  b /to')).toMatchObject({ sources: ['a', 'b'], text: 'COPY a b /to' });
});

test('a RUN reads the parts of the context that it binds', () => {
  const run = read(
    'FROM a\nRUN --mount=type=bind,source=req.txt,target=/r --mount=type=cache,target=/c --mount=type=bind,from=x,source=y,target=/z pip\n',
  );
  expect(run.at(-1)).toMatchObject({ sources: ['req.txt'] });
});

test('line numbers are those of the file, also for an instruction over several lines', () => {
  expect(read('# c\nFROM a\nRUN one && \\\n  two\n').map(({ line, lastLine }) => [line, lastLine])).toEqual([
    [2, 2],
    [3, 4],
  ]);
});

test('variables: presets, escapes, ENV before ARG', () => {
  const [copy] = read(`FROM a\nARG A=arg\nENV A=env B="two words"\nCOPY $A \${C:-preset} \${B:+set} \\$A /to\n`).slice(-1);
  expect(copy?.expanded).toBe('COPY env preset set \\$A /to');
});

test('an empty text is not a Dockerfile and does not crash', () => {
  expect(read('')).toEqual([]);
  expect(read('COPY\nRUN\nFROM\nARG\n').length).toBeGreaterThan(0);
});

test('a stage that begins with another stage, or with nothing, has no step for that, and sees what the other stage set', () => {
  const text = 'FROM a AS a\nARG V=1\nENV E=1\nUSER u\nFROM A\nRUN one\nFROM scratch\nCOPY x /\n';
  const all = read(text);
  expect(all.flatMap(({ text, stepNumber }) => (stepNumber ? [[stepNumber, text]] : []))).toEqual([
    [1, 'FROM a AS a'],
    [1, 'RUN one'],
    [1, 'COPY x /'],
  ]);
  const run = all.find(({ keyword }) => keyword === 'RUN');
  expect(run?.surroundings.map(({ expanded }) => expanded)).toEqual(['ENV E=1', 'USER u']);
  expect(run?.args.entries() ?? []).toEqual([['V', '1']]);
  const inClassic = readInstructions(text, {}, 'classic').find(({ keyword }) => keyword === 'RUN');
  expect(inClassic?.args.entries() ?? []).toEqual([]);
});

test('a RUN is read to the last space, as the builder reads it', () => {
  const exact = (text: string) => read(`FROM a\n${text}\n`)[1]?.exact;
  expect(exact('RUN echo "a  b"')).toBe('RUN echo "a  b"');
  expect(exact('RUN a \\\n  # why\n  && b')).toBe('RUN a   && b');
  expect(exact('RUN a \\\r\n  && b\r')).toBe('RUN a   && b');
});

test.each([
  ["<<'EOF'", 'hello $V', []],
  ['<<-"EOF"', 'hello $V', []],
  ['<<EOF', 'hello 1', ['V']],
])('values are put into a here-document unless its word is quoted: %s', (word, document, usedArgs) => {
  const copy = read(`FROM a\nARG V=1\nCOPY ${word} /to\nhello $V\nEOF\n`).at(-1);
  expect(copy?.expanded).toContain(document);
  expect(copy?.usedArgs).toEqual(usedArgs);
});
