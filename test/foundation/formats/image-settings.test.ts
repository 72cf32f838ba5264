import { expect, test } from 'vitest';
import { readImageFacts } from '../../../main/foundation/formats/image-settings.ts';

test('a configuration tells everything that a container begins with', () => {
  const facts = readImageFacts(
    JSON.stringify({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2026-11-18T09:00:00Z',
      config: {
        Entrypoint: ['/run'],
        Cmd: ['-x', 'a b'],
        Env: ['PATH=/bin', 'A=b=c'],
        WorkingDir: '/srv',
        User: '1000:7',
        Labels: { b: '2', a: '1' },
        ExposedPorts: { '80/tcp': {}, '53/udp': {} },
        Volumes: { '/data': {} },
        StopSignal: 'SIGQUIT',
        Healthcheck: { Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 30e9, Retries: 3 },
        Shell: ['/bin/bash', '-c'],
        OnBuild: ['COPY . /app'],
      },
      rootfs: { diff_ids: [] },
      history: [
        { created: '2026-11-18T08:00:00Z', created_by: '/bin/sh -c #(nop)  ENV A=b' },
        { created_by: '', comment: 'Imported from -' },
      ],
    }),
  );
  expect(facts).toEqual({
    platform: 'linux/arm64/v8',
    createdAt: Date.UTC(2026, 10, 18, 9),
    settings: {
      entrypoint: ['/run'],
      command: ['-x', 'a b'],
      environment: ['PATH=/bin', 'A=b=c'],
      workingDirectory: '/srv',
      user: '1000:7',
      labels: { a: '1', b: '2' },
      ports: ['53/udp', '80/tcp'],
      volumes: ['/data'],
      stopSignal: 'SIGQUIT',
      healthCheck: ['CMD-SHELL curl -f localhost', 'every 30 s', 'unhealthy after 3 failures'],
      shell: ['/bin/bash', '-c'],
      onBuild: ['COPY . /app'],
    },
    history: [
      { instruction: 'ENV A=b', createdAt: Date.UTC(2026, 10, 18, 8) },
      { instruction: 'Imported from -', createdAt: 0 },
    ],
  });
});

test('what is null, missing or from the first years is read as nothing, and as one word', () => {
  const { settings, platform, createdAt, history } = readImageFacts(
    JSON.stringify({
      created: '0001-01-01T00:00:00Z',
      config: { Cmd: '/bin/sh', Env: null, Labels: null, Volumes: null, Healthcheck: null },
    }),
  );
  expect(settings).toMatchObject({ command: ['/bin/sh'], environment: [], labels: {}, volumes: [], healthCheck: [] });
  expect([platform, createdAt, history]).toEqual(['unknown/unknown', 0, []]);
});
