import { describe, expect, it } from 'vitest';
import { type AdviceFacts, advise } from '../../../main/build/advice/advise.ts';

const text = (lines: string[]): string => `${lines.join('\n')}\n`;
const rules = (lines: string[], facts: Partial<AdviceFacts> = {}) =>
  advise(text(lines), { hasIgnoreFile: true, ...facts }).map(({ rule, line, lastLine }) => [rule, line, lastLine]);
const first = (lines: string[], facts: Partial<AdviceFacts> = {}) => advise(text(lines), { hasIgnoreFile: true, ...facts })[0];

describe('good Dockerfiles hear nothing', () => {
  it.each<[string, string[]]>([
    [
      'Node in two stages',
      [
        '# syntax=docker/dockerfile:1',
        'ARG NODE=22.11',
        'FROM node:$NODE AS build',
        'WORKDIR /src',
        'COPY package.json package-lock.json ./',
        'RUN --mount=type=cache,target=/root/.npm npm ci',
        'COPY . .',
        'RUN npm run build && npm prune --omit=dev',
        'FROM build AS test',
        'RUN npm test',
        'FROM nginx:1.27-alpine',
        'COPY --from=build /src/dist /usr/share/nginx/html',
        'EXPOSE 80',
      ],
    ],
    [
      'Python',
      [
        'FROM python:3.12-slim@sha256:0123456789012345678901234567890123456789012345678901234567890123',
        'ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1',
        'RUN apt-get update \\',
        ' && apt-get install -y --no-install-recommends libpq5 \\',
        ' && rm -rf /var/lib/apt/lists/*',
        'COPY requirements.txt .',
        'RUN pip install -r requirements.txt',
        'COPY . /app',
        'RUN useradd app && chown -R app /app',
        'USER app',
        'CMD ["python", "-m", "app"]',
      ],
    ],
    [
      'Go, with everything bound into the steps',
      [
        'FROM golang:1.23 AS build',
        'WORKDIR /src',
        'RUN --mount=type=bind,source=go.mod,target=go.mod --mount=type=bind,source=go.sum,target=go.sum go mod download',
        'COPY . .',
        'RUN CGO_ENABLED=0 go build -o /app ./cmd/app',
        'FROM scratch',
        'COPY --from=build /app /app',
        'ENTRYPOINT ["/app"]',
      ],
    ],
    [
      'a small tool',
      [
        'FROM alpine:3.20',
        'RUN apk add --no-cache curl jq',
        'ADD rootfs.tar.gz /',
        'ADD https://example.org/tool /usr/bin/',
        'COPY run.sh /',
        'CMD ["/run.sh"]',
      ],
    ],
    [
      'Rust, where the compiler needs the sources',
      [
        'FROM rust:1.82 AS build',
        'COPY . .',
        'RUN cargo build --release',
        'RUN strip target/release/app',
        'FROM debian:12-slim',
        'COPY --from=build /target/release/app /',
      ],
    ],
    [
      'tools by their names after the files',
      ['FROM node:22', 'COPY . .', 'RUN npm install -g pm2', 'RUN pip install awscli', 'RUN yarn build', 'CMD ["pm2-runtime", "app.js"]'],
    ],
    [
      'a base that only an argument names',
      [
        'ARG BASE',
        'FROM $BASE AS runtime',
        'ARG TOKENIZER_VERSION=3',
        'ENV API_KEY_FILE=/run/secrets/key SECRET_KEY_BASE=dummy',
        'COPY app /app',
      ],
    ],
  ])('%s', (_, lines) => expect(rules(lines)).toEqual([]));
});

describe('packages are installed after everything was copied', () => {
  const lines = ['FROM node:22', 'WORKDIR /app', 'COPY . .', 'ENV CI=1', 'RUN npm ci --omit=dev && npm run build', 'CMD ["node", "."]'];

  it('is told with the lines that are meant, and how to write it', () => {
    expect(rules(lines)).toEqual([['copy-before-install', 3, 5]]);
    expect(first(lines)?.suggestion).toBe('COPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nCOPY . .');
  });

  it('keeps what a step is given', () =>
    expect(first(['FROM node:22', 'COPY . .', 'RUN --mount=type=secret,id=t --network=host npm ci && true'])?.suggestion).toContain(
      'RUN --mount=type=secret,id=t --network=host npm ci\n',
    ));

  it('says what it would have saved, where the last build did it again', () => {
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

  it('but not where the manifest came first, or the tool has run before', () => {
    expect(rules(['FROM a:1', 'COPY package*.json ./', 'COPY . .', 'RUN npm ci'])).toEqual([]);
    expect(rules(['FROM a:1', 'COPY web/package.json web/', 'RUN npm ci', 'COPY . .', 'RUN npm install'])).toEqual([]);
  });
});

describe('steps that belong together', () => {
  it('an index apart from what uses it', () => {
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

  it('many small ones in a row, as one', () => {
    const lines = ['FROM alpine:3', 'RUN mkdir /data', 'RUN chown 1000 /data', 'RUN ln -s /data /d', 'USER 1000', 'RUN touch /d/x'];
    expect(rules(lines)).toEqual([['join-runs', 2, 4]]);
    expect(first(lines)?.suggestion).toBe('RUN mkdir /data \\\n && chown 1000 /data \\\n && ln -s /data /d');
  });

  it('but not two, nor long work, nor what has a mount', () => {
    expect(rules(['FROM alpine:3', 'RUN mkdir /a', 'RUN mkdir /b'])).toEqual([]);
    expect(rules(['FROM a:1', 'RUN npm ci', 'RUN npm run lint', 'RUN npm run build', 'RUN npm test'])).toEqual([]);
    expect(rules(['FROM a:1', 'RUN mkdir /a', 'RUN --mount=type=cache,target=/c cp -r /c /a', 'RUN mkdir /b'])).toEqual([]);
  });
});

describe('ADD in the place of COPY', () => {
  it.each([
    ['ADD app.py config/ /app/', 'COPY app.py config/ /app/'],
    ['add --chown=1000 . /app', 'COPY --chown=1000 . /app'],
  ])('%s', (line, suggestion) => expect(first(['FROM a:1', line])).toMatchObject({ rule: 'add-for-copy', line: 2, suggestion }));

  it.each([
    'ADD layers.tar.xz /',
    'ADD *.conf /etc/',
    'ADD $ARCHIVE /',
    'ADD https://example.org/a /a',
    'ADD https://github.com/a/b.git#v1 /b',
    'ADD --checksum=sha256:00 https://example.org/a /a',
    'ADD <<EOF /a\nADD x /y\nEOF',
  ])('not %j', (line) => expect(rules(['FROM a:1', line])).toEqual([]));
});

describe('a base that may be another tomorrow', () => {
  it.each([
    ['FROM node', 'FROM node:VERSION'],
    ['FROM --platform=linux/amd64 ghcr.io/a/b:latest AS x', 'FROM --platform=linux/amd64 ghcr.io/a/b:VERSION AS x'],
    ['FROM localhost:5000/a', 'FROM localhost:5000/a:VERSION'],
  ])('%s', (line, suggestion) => expect(first([line])).toMatchObject({ rule: 'unpinned-base', line: 1, suggestion }));

  it('also when an argument brings it', () => expect(rules(['ARG TAG=latest', 'FROM node:$TAG'])).toEqual([['unpinned-base', 2, 2]]));

  it('not a stage of one’s own', () => expect(rules(['FROM node:22 AS Base', 'FROM base', 'FROM scratch'])).toEqual([]));
});

describe('no ignore file', () => {
  it('matters where everything is copied', () => {
    const lines = ['FROM node:22', 'COPY package.json .', 'RUN npm ci', 'COPY . .'];
    expect(rules(lines, { hasIgnoreFile: false })).toEqual([['no-ignore-file', 4, 4]]);
    expect(first(lines, { hasIgnoreFile: false })?.suggestion).toBe('.git\n.env\nnode_modules');
    expect(rules(['FROM a:1', 'COPY src /src'], { hasIgnoreFile: false })).toEqual([]);
  });
});

describe('secrets where everybody can read them', () => {
  it('in an argument, with the step that uses it', () =>
    expect(first(['FROM node:22', 'ARG NPM_TOKEN', 'RUN echo $NPM_TOKEN > .npmrc'])).toMatchObject({
      rule: 'secret-in-arg',
      line: 2,
      suggestion: 'RUN --mount=type=secret,id=npm-token NPM_TOKEN="$(cat /run/secrets/npm-token)" echo $NPM_TOKEN > .npmrc',
    }));

  it('in the environment, once for a name', () =>
    expect(rules(['FROM a:1', 'ARG DB_PASSWORD=x', 'ENV A=1 DB_PASSWORD=$DB_PASSWORD'])).toEqual([['secret-in-arg', 3, 3]]));

  it('also in the old way of writing it', () => expect(rules(['FROM a:1', 'ENV API_KEY abc def'])).toEqual([['secret-in-arg', 2, 2]]));

  it.each(['ENV PASSWORD=', 'ENV KEY_ID=5', 'ARG TOKEN_URL', 'ENV DB_PASSWORD_FILE=/run/secrets/db', 'ENV KEYBOARD=de'])('not %s', (line) =>
    expect(rules(['FROM a:1', line])).toEqual([]),
  );
});

it('says everything in the order of the lines, and changes nothing', () => {
  const lines = ['FROM node', 'ARG TOKEN', 'ADD . /app', 'RUN npm install', 'RUN apt-get update', 'RUN apt-get install -y git'];
  expect(rules(lines, { hasIgnoreFile: false }).map(([rule, line]) => [rule, line])).toEqual([
    ['unpinned-base', 1],
    ['secret-in-arg', 2],
    ['copy-before-install', 3],
    ['add-for-copy', 3],
    ['no-ignore-file', 3],
    ['join-runs', 5],
  ]);
});

it.each(['', 'nonsense', 'RUN', 'FROM', '# only a comment', 'FROM a:1\nRUN', 'FROM a:1\nCOPY . .\nRUN \\'])(
  'has nothing to say of %j',
  (dockerfile) => expect(advise(dockerfile, { hasIgnoreFile: true })).toEqual([]),
);

describe('what runs when, and what stays', () => {
  it('a first Dockerfile, with all that one gets wrong', () => {
    const lines = [
      'FROM alpine:3',
      'RUN apk update',
      'RUN apk add wget curl',
      'CMD mkdir /var/www/',
      'CMD mkdir /var/www/html/',
      'WORKDIR /var/www/html/',
      'COPY Dockerfile.tar.gz /tmp/',
      'RUN tar -zxvf /tmp/Dockerfile.tar.gz -C /var/www/html/',
      'RUN rm /tmp/Dockerfile.tar.gz',
      'RUN cat Dockerfile',
    ];
    expect(rules(lines)).toEqual([
      ['join-runs', 2, 3],
      ['only-last-counts', 4, 5],
      ['unpack-with-add', 7, 9],
    ]);
    expect(advise(text(lines), { hasIgnoreFile: true }).map(({ suggestion }) => suggestion)).toEqual([
      'RUN apk update && apk add wget curl',
      'RUN mkdir /var/www/\nRUN mkdir /var/www/html/',
      'ADD Dockerfile.tar.gz /var/www/html/',
    ]);
  });

  it.each([
    ['RUN yum -y update', 'RUN yum -y install git'],
    ['RUN dnf makecache', 'RUN dnf install -y git'],
    ['RUN microdnf update', 'RUN microdnf install git'],
    ['RUN zypper refresh', 'RUN zypper install git'],
  ])('%s apart from %s', (update, install) => expect(rules(['FROM a:1', update, install])).toEqual([['join-runs', 2, 3]]));

  it.each([
    ['RUN yum -y update', 'RUN apk add git'],
    ['RUN apk add --no-cache a', 'RUN apk add --no-cache b'],
    ['RUN apk update && apk add a', 'RUN apk update && apk add b'],
  ])('but not %s and %s', (one, other) => expect(rules(['FROM a:1', one, other])).toEqual([]));

  it('an ENTRYPOINT twice, but not one in each stage', () => {
    expect(rules(['FROM a:1', 'ENTRYPOINT ["a"]', 'ENTRYPOINT ["b"]'])).toEqual([['only-last-counts', 2, 3]]);
    expect(first(['FROM a:1', 'CMD ["a"]', 'CMD ["b"]'])?.suggestion).toBe('CMD ["b"]');
    expect(rules(['FROM a:1 AS x', 'CMD ["a"]', 'FROM x', 'CMD ["b"]'])).toEqual([]);
  });

  it.each([
    ['COPY a.tar.gz /tmp/', 'RUN tar xzf /tmp/a.tar.gz --strip-components=1'],
    ['COPY a.tar.gz /tmp/', 'RUN cd /x && tar xzf /tmp/a.tar.gz'],
    ['COPY a.zip /tmp/', 'RUN unzip /tmp/a.zip'],
    ['COPY a.tar.gz /tmp/', 'RUN tar czf /b.tar.gz /tmp/a.tar.gz'],
    ['COPY --from=x /a.tar.gz /tmp/', 'RUN tar xzf /tmp/a.tar.gz'],
  ])('an archive that ADD cannot unpack so stays: %s, %s', (copy, run) => expect(rules(['FROM a:1', copy, run])).toEqual([]));
});

describe('one\u2019s own program above what is installed', () => {
  it.each([
    ['COPY app.py /app/', 'RUN pip install flask', 'RUN pip install flask\nCOPY app.py /app/'],
    [
      'COPY app.py ./',
      'RUN pip install --no-cache-dir flask==3.0 gunicorn',
      'RUN pip install --no-cache-dir flask==3.0 gunicorn\nCOPY app.py ./',
    ],
    ['ADD src/ /src/', 'RUN python3 -m pip install flask', 'RUN python3 -m pip install flask\nADD src/ /src/'],
  ])('%s, %s', (copy, run, suggestion) =>
    expect(advise(text(['FROM a:1', copy, run]), { hasIgnoreFile: true })[0]).toMatchObject({
      rule: 'copy-before-install',
      line: 2,
      lastLine: 3,
      suggestion,
    }),
  );

  it('with the manifest between them', () => {
    const lines = ['FROM a:1', 'COPY src src', 'COPY package*.json ./', 'RUN npm ci'];
    expect(first(lines)).toMatchObject({ rule: 'copy-before-install', suggestion: 'COPY package*.json ./\nRUN npm ci\nCOPY src src' });
  });

  it.each([
    ['COPY requirements.txt .', 'RUN pip install -r requirements.txt'],
    ['COPY setup.py .', 'RUN pip install .'],
    ['COPY app.py .', 'RUN pip install flask && python app.py'],
    ['COPY app.py .', 'RUN pip install ./wheels'],
    ['COPY pip.conf /etc/', 'RUN pip install flask'],
    ['COPY --from=x app.py .', 'RUN pip install flask'],
    ['COPY a.whl app.py ./', 'RUN pip install a.whl'],
  ])('but not %s, %s', (copy, run) => expect(rules(['FROM a:1', copy, run])).toEqual([]));
});
