import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pastedName } from '../../contract/pasted-name.ts';

test.each([
  ['docker pull nginx:1.27', 'nginx:1.27'],
  ['$ sudo docker image pull --platform linux/arm64 -q ghcr.io/a/b', 'ghcr.io/a/b'],
  ['podman pull --quiet quay.io/a/b@sha256:00', 'quay.io/a/b@sha256:00'],
  ['FROM --platform=$BUILDPLATFORM golang:1.23 AS build', 'golang:1.23'],
  ['image: "redis:7"', 'redis:7'],
  ['https://hub.docker.com/_/nginx', 'nginx'],
  ['https://hub.docker.com/r/grafana/loki/tags?page=1', 'grafana/loki'],
  ['https://hub.docker.com/layers/library/nginx/1.27/images/sha256-0', 'nginx:1.27'],
  ['https://quay.io/repository/podman/hello?tab=tags', 'quay.io/podman/hello'],
  ['https://ghcr.io/owner/app:1', 'ghcr.io/owner/app:1'],
  ['oci://ghcr.io/owner/chart:1', 'ghcr.io/owner/chart:1'],
  ['docker://alpine', 'alpine'],
])('%s', (text, name) => expect(pastedName(text)).toBe(name));

test.each([
  '',
  'nginx',
  'nginx:1.27',
  'localhost:5000/docker:pull',
  'docker',
  'docker pull',
  'https://',
  'https://hub.docker.com/',
  'from',
])('%j stays as it is', (text) => expect(pastedName(text)).toBe(text));

test('something that is already a name stays as it is, whatever it looks like', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), part, (path, tag) => {
      const name = `${path.join('/')}:${tag}`;
      expect(pastedName(name)).toBe(name);
    }),
  );
});
