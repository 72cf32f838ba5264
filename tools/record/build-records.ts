import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildsOf, exportBuilds, runBuildx } from '../engine/buildx.ts';
import type { Engine } from '../engine/engine.ts';

const ofBase = `FROM layerdeck/base:1 AS tools
RUN echo "tools for $(uname -s)" && echo done > /tools

FROM layerdeck/base:1
ARG WHO=nobody
ARG API_TOKEN
LABEL org.opencontainers.image.title="recorded"
COPY --from=tools /tools /tools
COPY greeting.txt /
RUN echo "hello $WHO" && cat /greeting.txt
`;

const forPlatforms = `FROM scratch
COPY greeting.txt /
`;

/** Writes down build records as buildx exports them: of builds that succeeded and failed, of two platforms, and of two builds. */
export async function recordBuilds({ host, makeBaseImage }: Engine, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'layerdeck-record-'));
  const to = (name: string) => join(folder, name);
  mkdirSync(folder, { recursive: true });
  // an account of the computer isn't part of a fixture: neither its folders nor the time of its builds decide anything
  const build = async (name: string, dockerfile: string, ...args: string[]): Promise<string> => {
    const context = join(work, name);
    mkdirSync(context);
    writeFileSync(join(context, 'Dockerfile'), dockerfile);
    writeFileSync(join(context, 'greeting.txt'), 'good morning\n');
    const before = await buildsOf(host);
    await runBuildx(host, ['build', '--tag', `recorded-${name}:1`, ...args, '.'], { cwd: context }).catch(() => {});
    const made = (await buildsOf(host)).filter((ref) => !before.includes(ref));
    return made[0] ?? '';
  };
  try {
    await makeBaseImage();
    const args = ['--build-arg', 'WHO=them', '--build-arg', 'API_TOKEN=a-secret-that-is-none'];
    const succeeded = await build('succeeded', ofBase, ...args);
    const failed = await build('failed', `${ofBase}RUN echo bad luck && exit 3\n`, ...args);
    const platforms = await build('platforms', forPlatforms, '--platform', 'linux/amd64,linux/arm64');
    await exportBuilds(host, to('succeeded.dockerbuild'), [succeeded]);
    await exportBuilds(host, to('failed.dockerbuild'), [failed]);
    await exportBuilds(host, to('platforms.dockerbuild'), [platforms]);
    await exportBuilds(host, to('two.dockerbuild'), [succeeded, failed]);
    // the same, not packed
    writeFileSync(to('plain.dockerbuild'), gunzipSync(readFileSync(to('succeeded.dockerbuild'))));
    for (const name of ['succeeded', 'failed', 'platforms', 'two', 'plain'])
      console.log(`  ${name}.dockerbuild: ${statSync(to(`${name}.dockerbuild`)).size} bytes`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
