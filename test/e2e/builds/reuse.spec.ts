import type { Engine } from '../../../tools/engine/engine.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { expect, test } from '../../support/window/app.ts';
import { group, openOptions } from '../../support/window/build-form.ts';
import {
  type Builder,
  buildAgain,
  builders,
  buildHeading,
  chooseBuilder,
  chooseFolder,
  startBuild,
  stepOf,
  why,
} from '../../support/window/build-in-window.ts';
import { expectNoViolations } from '../../support/window/expect-no-violations.ts';
import { dialogOf } from '../../support/window/find-in-window.ts';
import { hasBuildKit, takesPublishedSteps } from '../../support/window/own-engine.ts';
import { WorkFolder } from '../../support/work-folder.ts';

/** A project that was never built; its later steps see the changed file. */
const makeProject = (mark: string, text: string) =>
  new WorkFolder({
    Dockerfile: `FROM layerdeck/base:1\nRUN echo ${mark} > /installed\nRUN echo more > /more\nCOPY index.rb /app/\nRUN echo last\n`,
    'index.rb': text,
  });

/** An image that somebody else published, as it is after a pull: none of its steps is in the engine's cache. */
async function publishAndGet({ docker }: Engine, builder: Builder, reference: string, folder: string): Promise<void> {
  const env = { DOCKER_BUILDKIT: builder === 'BuildKit' ? '1' : '0' };
  await docker(['build', '--build-arg', 'BUILDKIT_INLINE_CACHE=1', '--tag', reference, folder], { env });
  await docker(['push', reference]);
  await forget({ docker }, reference);
  await docker(['pull', reference]);
}

async function forget({ docker }: Pick<Engine, 'docker'>, reference: string): Promise<void> {
  await docker(['image', 'rm', '--force', reference]);
  await docker(['image', 'prune', '--force']);
  await docker(['builder', 'prune', '--all', '--force']);
}

test('Podman offers nothing of this, and the form says so', async ({ app, window }) => {
  test.skip(takesPublishedSteps);
  using mine = makeProject('mark', 'one');
  await chooseFolder(app, window, mine.path);
  await openOptions(window);
  await expect(group(window, 'Reuse')).toContainText('Podman reuses only steps that it built itself');
  await expect(dialogOf(window).getByRole('button', { name: 'Reuse the steps of an image' })).toHaveCount(0);
  await expectNoViolations(window);
});

for (const builder of builders) {
  test.describe(`with ${builder}`, () => {
    test.skip(!takesPublishedSteps);
    test.beforeEach(({ window }) => chooseBuilder(window, builder));

    test('before its first build, a project is offered the image that saves steps', async ({ engine, app, window }) => {
      await using registry = await runRegistry();
      const reference = `${registry.address}/e2e-reuse-${builder.toLowerCase()}:1`;
      const mark = `mark-${Math.random()}`;
      using theirs = makeProject(mark, 'one');
      await publishAndGet(engine, builder, reference, theirs.path);

      using mine = makeProject(mark, 'two');
      await chooseFolder(app, window, mine.path);
      const note = dialogOf(window).getByRole('note').filter({ hasText: 'came from a registry or went to one' });
      await expect(note).toHaveCount(0);
      await dialogOf(window).getByLabel('Name and tag', { exact: true }).fill(reference);
      await expect(note).toContainText(`${reference} is here, and came from a registry or went to one.`);
      await note.getByRole('button', { name: 'Reuse its steps' }).click();
      await expect(note).toContainText('will reuse its steps');
      await expectNoViolations(window);
      await note.getByRole('button', { name: 'Don’t reuse them' }).click();
      await note.getByRole('button', { name: 'Reuse its steps' }).click();
      await startBuild(window, reference);
      await expect(buildHeading(window, `${reference} is built`)).toBeVisible({ timeout: 30_000 });
      for (const step of [mark, 'RUN echo more']) await expect(stepOf(window, step)).toContainText('from cache');
      await expect(stepOf(window, 'COPY index.rb')).not.toContainText('from cache');
    });
  });
}

test('classic: the first build says which image would have saved steps, and one press reuses them', async ({ engine, app, window }) => {
  test.skip(!takesPublishedSteps);
  await chooseBuilder(window, 'classic');
  await using registry = await runRegistry();
  const reference = `${registry.address}/e2e-not-reused:1`;
  const mark = `mark-${Math.random()}`;
  using theirs = makeProject(mark, 'one');
  await publishAndGet(engine, 'classic', reference, theirs.path);

  using mine = makeProject(mark, 'two');
  await chooseFolder(app, window, mine.path);
  await startBuild(window, reference);
  await expect(buildHeading(window, `${reference} is built`)).toBeVisible({ timeout: 30_000 });
  await stepOf(window, mark)
    .getByRole('button', { name: /^Why was step/ })
    .click();
  await expect(why(window)).toContainText('from a registry; its steps can be reused');
  await buildAgain(window, 'Build again with its steps');
  await expect(buildHeading(window, `${reference} is built`)).toBeVisible({ timeout: 30_000 });
  for (const step of [mark, 'RUN echo more']) await expect(stepOf(window, step)).toContainText('from cache');
});

test('BuildKit: an image without a record gives no steps; the window says so, and the next one gets a record', async ({
  engine,
  app,
  window,
}) => {
  test.skip(!hasBuildKit);
  await chooseBuilder(window, 'BuildKit');
  const name = 'e2e-no-record:1';
  using folder = makeProject(`mark-${Math.random()}`, 'one');
  await chooseFolder(app, window, folder.path);
  await startBuild(window, name);
  await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
  await engine.docker(['builder', 'prune', '--all', '--force']);

  await window.getByRole('button', { name: 'Change…' }).click();
  await dialogOf(window).locator('summary').click();
  await dialogOf(window).getByRole('button', { name: 'Reuse the steps of an image' }).click();
  await dialogOf(window).getByLabel('Image to take steps from').fill(name);
  await dialogOf(window).getByRole('button', { name: 'Build', exact: true }).click();
  await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
  await stepOf(window, 'mark-')
    .getByRole('button', { name: /^Why was step/ })
    .click();
  await expect(why(window)).toContainText('couldn’t provide it either');
  await buildAgain(window, 'Build again with a record in the image');
  await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });

  // what another computer would have: the image, and nothing in the cache
  await engine.docker(['builder', 'prune', '--all', '--force']);
  await buildAgain(window);
  await expect(buildHeading(window, `${name} is built`)).toBeVisible({ timeout: 30_000 });
  await expect(stepOf(window, 'mark-')).toContainText('from cache');
});
