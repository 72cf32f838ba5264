import { utimesSync } from 'node:fs';
import type { BuildInputs, BuildProgress } from '../../../contract/build.ts';
import type { StepCause } from '../../../contract/explanation.ts';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { requestJson } from '../../../main/foundation/engine/request.ts';
import type { TestApp } from '../make-app.ts';
import { WorkFolder } from '../work-folder.ts';
import type { Changed, IsRight } from './changes.ts';
import { type Project, writeProject } from './project.ts';

/** What the app said about one change. */
export type Verdict = { what: 'nothing was built again' | 'right' | 'unknown' | 'wrong'; said: [step: string, causes: StepCause[]][] };

/** The base name of the projects, and the images that it stands for before and after it moves. */
export type Bases = { name: string; usual: string; other: string };

const reference = 'it-one-change:1';

/** Builds a project, changes one thing, builds it again and judges what the app says about it. */
export async function judgeChange(app: TestApp, bases: Bases, project: Project, changed: Changed, mark: string): Promise<Verdict> {
  using folder = new WorkFolder();
  const marked = ({ lines, ...rest }: Project): Project => ({ ...rest, lines: lines.map((line) => line.replace('@', mark)) });
  const before = marked(project);
  writeProject(folder.path, before);
  const first = await build(app, folder, {});
  if (first.state !== 'succeeded') throw new Error(`the first build failed: ${JSON.stringify(first.failure)}`);
  writeProject(folder.path, marked(changed.project), before);
  const undo = await act(app, bases, folder, changed.act);
  const second = await build(app, folder, changed.inputs ?? {});
  const { steps } = await explainBuild(app.history, app.connection.current, second.id);
  await undo();
  const wordsOf = wordsIn(second.progress.build);
  const said = steps.filter(({ causes }) => causes.length > 0).map(({ step, causes }): Verdict['said'][number] => [wordsOf(step), causes]);
  return { what: steps.length > 0 && said.length === 0 ? 'wrong' : judge(said, changed.isRight), said };
}

function judge(said: Verdict['said'], isRight: IsRight): Verdict['what'] {
  const all = said.flatMap(([step, causes]) => causes.map((cause) => ({ step, cause })));
  if (all.length === 0) return 'nothing was built again';
  if (!all.every(({ step, cause }) => cause.kind === 'unknown' || isRight(cause, step))) return 'wrong';
  return all.some(({ cause }) => cause.kind === 'unknown') ? 'unknown' : 'right';
}

const wordsIn = (progress: BuildProgress | undefined) => {
  const words = new Map(progress?.steps.map(({ id, instruction }) => [id, instruction]));
  return (step: string): string => words.get(step) ?? '';
};

const build = (app: TestApp, folder: WorkFolder, inputs: Partial<BuildInputs>) =>
  app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: [reference], ...inputs });

/** Does what is to be done besides the files, and returns how to undo it. */
async function act(app: TestApp, bases: Bases, folder: WorkFolder, what: Changed['act']): Promise<() => Promise<void>> {
  const { docker } = app.connection.engine;
  const builder = app.builder;
  const forget = () => docker.getImage(reference).remove({ force: true });
  const tagBase = (id: string) => docker.getImage(id).tag({ repo: bases.name, tag: 'latest' });
  if (what === 'touch') utimesSync(folder.file('src/a.txt'), 1, 1);
  if (what === 'remove-image') await forget();
  if (what === 'move-base') await tagBase(bases.other);
  if (what === 'other-builder') app.builder = builder === 'classic' ? 'automatic' : 'classic';
  if (what === 'prune' && builder === 'classic') {
    await forget();
    await docker.pruneImages({ filters: { dangling: ['true'] } });
  } else if (what === 'prune') await requestJson(docker, { method: 'POST', path: '/build/prune', query: { all: '1' } });
  return async () => {
    app.builder = builder;
    if (what === 'move-base') await tagBase(bases.usual);
  };
}

/** Makes the two images that the projects' base may be. */
export async function makeBases(app: TestApp, base: string): Promise<Bases> {
  const { docker } = app.connection.engine;
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo other > /other\n` });
  const made = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: ['it-one-other:1'],
  });
  if (made.result?.kind !== 'build') throw new Error('no other base was made');
  const usual = (await docker.getImage(base).inspect()).Id;
  await docker.getImage(usual).tag({ repo: 'it-one-base', tag: 'latest' });
  return { name: 'it-one-base', usual, other: made.result.imageId };
}
