import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('steps that belong together', () => {
  it('a package index fetched in another step than the one that uses it', () => {
    const lines = ['FROM debian:12', 'RUN apt-get update', 'RUN apt-get install -y curl'];
    expect(rules(lines)).toEqual([['join-runs', 2, 3]]);
    expect(first(lines)?.suggestion).toBe('RUN apt-get update && apt-get install -y curl');
  });

  it('waste that is removed a step too late', () =>
    expect(rules(['FROM debian:12', 'RUN apt-get update && apt-get install -y gcc', 'RUN rm -rf /var/lib/apt/lists/*'])).toEqual([
      ['join-runs', 2, 3],
    ]));

  it('but not in a stage that is left behind', () =>
    expect(
      rules([
        'FROM debian:12 AS a',
        'RUN apt-get update && apt-get install -y gcc',
        'RUN apt-get clean',
        'FROM scratch',
        'COPY --from=a /x /',
      ]),
    ).toEqual([]));

  it('many small steps in a row, as one', () => {
    const lines = ['FROM alpine:3', 'RUN mkdir /data', 'RUN chown 1000 /data', 'RUN ln -s /data /d', 'USER 1000', 'RUN touch /d/x'];
    expect(rules(lines)).toEqual([['join-runs', 2, 4]]);
    expect(first(lines)?.suggestion).toBe('RUN mkdir /data \\\n && chown 1000 /data \\\n && ln -s /data /d');
  });

  it('but not two steps, nor long work, nor a step with a mount', () => {
    expect(rules(['FROM alpine:3', 'RUN mkdir /a', 'RUN mkdir /b'])).toEqual([]);
    expect(rules(['FROM a:1', 'RUN npm ci', 'RUN npm run lint', 'RUN npm run build', 'RUN npm test'])).toEqual([]);
    expect(rules(['FROM a:1', 'RUN mkdir /a', 'RUN --mount=type=cache,target=/c cp -r /c /a', 'RUN mkdir /b'])).toEqual([]);
  });
});
