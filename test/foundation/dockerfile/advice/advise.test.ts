import { describe, expect, it } from 'vitest';
import { advise } from '../../../../main/foundation/dockerfile/advice/advise.ts';
import { rules } from '../../../support/advice-on.ts';

describe('good Dockerfiles get no advice', () => {
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
  'has nothing to say about %j',
  (dockerfile) => expect(advise(dockerfile, { hasIgnoreFile: true })).toEqual([]),
);
