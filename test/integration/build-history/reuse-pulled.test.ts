import { expect, test } from 'vitest';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { buildAgain } from '../../../main/procedures/reopen-build.ts';
import { base, host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const dockerfile = `FROM ${base}
RUN mkdir -p /app
WORKDIR /app
ENV MARK=${Math.random()}
COPY Gemfile /app/
RUN echo installed > /installed
RUN echo more > /more
COPY . /app
RUN echo last > /last
CMD ["true"]
`;

// it clears the engine's whole build cache, which must not happen to an engine that is not ours
const engineIsOurs = process.env.LAYERDECK_TEST_ENGINE === undefined;
test.runIf(engineIsOurs && traits.tellsWhatWasPulled)(
  'classic builder: the first build of a folder after a pull names the image whose steps it could have taken, and takes them',
  { timeout: 120_000 },
  async () => {
    await using app = await startApp(host, { builder: 'classic' });
    const { docker } = app.connection.engine;
    const reference = `${registry}/it-pulled:1`;
    const files = { Dockerfile: dockerfile, Gemfile: 'gems' };
    const build = (folder: WorkFolder) =>
      app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: [reference] });
    using theirs = new WorkFolder({ ...files, 'index.rb': 'one' });
    expect(await build(theirs)).toMatchObject({ state: 'succeeded' });
    expect(await app.run({ kind: 'push', references: [reference], to: 'own-registry' })).toMatchObject({ state: 'succeeded' });
    await docker.getImage(reference).remove({ force: true });
    await docker.pruneImages({ filters: { dangling: ['true'] } });
    await docker.pruneBuilder();
    expect(await app.run({ kind: 'pull', reference })).toMatchObject({ state: 'succeeded' });

    using mine = new WorkFolder({ ...files, 'index.rb': 'two' });
    const first = await build(mine);
    expect(first).toMatchObject({ state: 'succeeded', result: { cachedSteps: 1 } });
    const { comparedWith, steps } = await explainBuild(app.history, app.connection.current, first.id);
    expect(comparedWith).toBeUndefined();
    const image = expect.stringMatching(new RegExp(`^${registry}/it-pulled@sha256:`));
    expect(steps).toMatchObject([{ causes: [{ kind: 'not-reused', image, count: 6 }], follows: [] }]);

    const cause = steps[0]?.causes[0];
    if (cause?.kind !== 'not-reused') throw new Error('nothing can be reused');
    const again = await buildAgain(app.history, app.grants, app.tasks, first.id, {
      cacheFrom: [cause.image],
    });
    const second = await app.ended('id' in again ? again.id : '');
    expect(second).toMatchObject({ state: 'succeeded', result: { cachedSteps: 7 } });
    // the layers are those that the registry has
    const layersOf = async (name: string) => (await docker.getImage(name).inspect()).RootFS.Layers ?? [];
    const [got, now] = await Promise.all([layersOf(cause.image), layersOf(reference)]);
    expect(now.slice(0, -2)).toEqual(got.slice(0, -2));
  },
);
