import { describe, expect, it } from 'vitest';
import type { Builder } from '../../../contract/engine.ts';
import { taglessBases } from '../../../main/features/projects/tagless-bases.ts';

type Inputs = { args?: Record<string, string>; target?: string; builder?: Builder };

const found = (dockerfile: string, { builder = 'buildkit', ...inputs }: Inputs = {}): string[] =>
  taglessBases(dockerfile, inputs, builder).map(({ name, line }) => `${name} ${line}`);

describe('an image without a tag is found', () => {
  it.each<[string, string[], Inputs?]>([
    ['FROM a\n', ['a 1']],
    ['# x\n\nfrom --platform=linux/amd64 \\\n  localhost:5000/b/a as c\n', ['localhost:5000/b/a 3']],
    ['FROM --platform=$BUILDPLATFORM a AS c\n', ['a 1']],
    ['FROM b:1\nCOPY --from=a /x /\n', ['a 2']],
    ['FROM b:1\nRUN --mount=from=a,target=/x echo $Y\n', ['a 2']],
    ['FROM a\nFROM a AS c\nCOPY --from=0 / /\n', ['a 1']],
    ['ARG BASE=a\nFROM $BASE\n', ['a 2']],
    ['ARG BASE=x:1\nFROM $BASE\n', ['a 2'], { args: { BASE: 'a' } }],
    ['ARG N=a\nARG BASE=b/$N\nFROM $BASE\n', ['b/a 3']],
    [`ARG BASE\nFROM \${BASE:-a}\n`, ['a 2']],
  ])('%j: %j', (dockerfile, names, inputs) => expect(found(dockerfile, inputs)).toEqual(names));
});

describe('nothing is said', () => {
  it.each<[string, string, Inputs?]>([
    ['a tag is named', 'FROM a:1\n'],
    ['a digest is named', `FROM a@sha256:${'0'.repeat(64)}\n`],
    ['it begins with nothing', 'FROM scratch\n'],
    ['it is a stage above', 'FROM b:1 AS Base\nFROM base\nCOPY --from=BASE / /\n'],
    ['it is a stage by its number', 'FROM b:1\nFROM b:2\nCOPY --from=0 / /\n'],
    ['an argument has no value', 'ARG BASE\nFROM $BASE\n'],
    ['a part of the name has no value', 'ARG SUFFIX\nFROM a$SUFFIX\n'],
    ['an argument is not declared', 'FROM a$SUFFIX\n'],
    ['an argument is declared too late', 'FROM b:1\nARG BASE=a\nFROM x$BASE\n'],
    ['an argument comes from another without a value', 'ARG X\nARG BASE=a$X\nFROM $BASE\n'],
    ['the builder fills the argument in', 'ARG TARGETARCH=x\nFROM a-$TARGETARCH\n'],
    ['the argument was emptied', 'ARG BASE=a\nFROM $BASE\n', { args: { BASE: '' } }],
    ['it is written in a way that is not known', `ARG BASE=xa\nFROM \${BASE#x}\n`],
    ['--from has a variable', 'ARG X=1\nFROM b:1\nARG Y=a\nCOPY --from=a$Y / /\nRUN --mount=from=a$Y true\n'],
    ['two stages have one name', 'FROM a AS x\nFROM b AS x\n'],
    ['the stage to stop after is not there', 'FROM a\n', { target: 'gone' }],
    ['it is no name', 'FROM a/B\n'],
    ['there is nothing', ''],
  ])('if %s', (_, dockerfile, inputs) => expect(found(dockerfile, inputs)).toEqual([]));
});

describe('only what the builder would get', () => {
  const stages =
    'FROM a AS one\nFROM b AS two\nCOPY --from=one / /\nFROM c AS three\nFROM d AS four\nRUN --mount=from=two,target=/x true\n';
  it.each<[Builder, string | undefined, string[]]>([
    ['buildkit', undefined, ['a 1', 'b 2', 'd 5']],
    ['buildkit', 'three', ['c 4']],
    ['buildkit', 'TWO', ['a 1', 'b 2']],
    ['classic', undefined, ['a 1', 'b 2', 'c 4', 'd 5']],
    ['classic', 'two', ['a 1', 'b 2']],
  ])('%s up to %j: %j', (builder, target, names) => expect(found(stages, { builder, ...(target && { target }) })).toEqual(names));
});
