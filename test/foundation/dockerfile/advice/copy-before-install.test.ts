import { describe, expect, it } from 'vitest';
import { first, rules } from '../../../support/advice-on.ts';

describe('packages are installed after everything was copied', () => {
  const lines = ['FROM node:22', 'WORKDIR /app', 'COPY . .', 'ENV CI=1', 'RUN npm ci --omit=dev && npm run build', 'CMD ["node", "."]'];

  it('names the lines that are meant, and how to write them', () => {
    expect(rules(lines)).toEqual([['copy-before-install', 3, 5]]);
    expect(first(lines)?.suggestion).toBe('COPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .');
  });

  it('keeps the options of a step', () =>
    expect(first(['FROM node:22', 'COPY . .', 'RUN --mount=type=secret,id=t --network=host npm ci && true'])?.suggestion).toContain(
      'RUN --mount=type=secret,id=t --network=host npm ci\n',
    ));

  it('says what it would have saved if the last build did it again', () => {
    const step = { line: 5, seconds: 48.2 };
    expect(first(lines, { steps: [{ ...step, cached: false }] })?.saves).toEqual({ seconds: 48.2 });
    const layers = [{ line: 5, bytes: 212_000_000 }];
    expect(first(lines, { steps: [{ ...step, cached: false }], layers })?.saves).toEqual({ seconds: 48.2, bytes: 212_000_000 });
    expect(first(lines, { steps: [{ ...step, cached: true }], layers })?.saves).toBeUndefined();
    expect(first(lines)?.saves).toBeUndefined();
  });

  it.each([
    ['ADD ./ /app/', 'RUN pip install --no-cache-dir -r requirements.txt'],
    ['COPY . /app', 'RUN bundle install --jobs 4'],
    ['COPY . .', 'RUN corepack enable && pnpm install --frozen-lockfile'],
    ['COPY . .', 'RUN yarn'],
    ['COPY ["./", "/app/"]', 'RUN composer install --no-dev'],
    ['COPY . .', 'RUN go mod download'],
  ])('%s, %s', (copy, run) => expect(rules(['FROM a:1', copy, run]).map(([rule]) => rule)).toContain('copy-before-install'));

  it('but not if the manifest came first, or the tool has run before', () => {
    expect(rules(['FROM a:1', 'COPY package*.json ./', 'COPY . .', 'RUN npm ci'])).toEqual([]);
    expect(rules(['FROM a:1', 'COPY web/package.json web/', 'RUN npm ci', 'COPY . .', 'RUN npm install'])).toEqual([]);
  });
});
