import type { BuildSummary } from '../../contract/build-record.ts';
import type { EngineBeside } from '../../contract/engine.ts';
import type { Fact } from '../../contract/fact.ts';
import type { Task } from '../../contract/task.ts';
import type { Mirror } from './mirror.ts';

/** The mirror after a fact; only the part that the fact is about is new. */
export function applyFact(mirror: Mirror, fact: Fact): Mirror {
  switch (fact.kind) {
    case 'snapshot':
      return { arrived: true, images: undefined, ...fact.snapshot };
    case 'engine':
      return { ...mirror, engine: fact.engine };
    case 'images':
      return { ...mirror, images: fact.images };
    case 'beside':
      return { ...mirror, beside: withBeside(mirror.beside, fact.beside) };
    case 'beside-left':
      return { ...mirror, beside: mirror.beside.filter(({ place }) => place !== fact.place) };
    case 'questions':
      return { ...mirror, questions: fact.questions };
    case 'task':
      return { ...mirror, tasks: withTask(mirror.tasks, fact.task) };
    case 'task-dismissed':
      return { ...mirror, tasks: mirror.tasks.filter((task) => task.id !== fact.id) };
    case 'other-build':
      return { ...mirror, others: withTask(mirror.others, fact.task) };
    case 'other-build-over':
      return { ...mirror, others: mirror.others.filter(({ id }) => id !== fact.id) };
    case 'build':
      return { ...mirror, builds: withBuild(mirror.builds, fact.build) };
    case 'builds-forgotten':
      return { ...mirror, builds: mirror.builds.filter(({ id }) => !fact.ids.includes(id)) };
    case 'registry':
      return { ...mirror, registry: fact.registry };
    case 'other-registries':
      return { ...mirror, otherRegistries: fact.registries };
    case 'trials':
      return { ...mirror, trials: fact.trials };
    case 'settings':
      return { ...mirror, settings: fact.settings };
    case 'newer':
      return { ...mirror, newer: fact.newer };
    case 'tags-moved':
      return { ...mirror, tagMoves: fact.moves };
    case 'files-opened':
      return mirror;
  }
}

function withTask(tasks: Task[], task: Task): Task[] {
  const index = tasks.findIndex(({ id }) => id === task.id);
  return index === -1 ? [...tasks, task] : tasks.with(index, task);
}

function withBeside(beside: EngineBeside[], one: EngineBeside): EngineBeside[] {
  const index = beside.findIndex(({ place }) => place === one.place);
  return index === -1 ? [...beside, one] : beside.with(index, one);
}

// newest first, as main has them
function withBuild(builds: BuildSummary[], build: BuildSummary): BuildSummary[] {
  const index = builds.findIndex(({ id }) => id === build.id);
  if (index !== -1) return builds.with(index, build);
  const older = builds.findIndex(({ createdAt }) => createdAt <= build.createdAt);
  return builds.toSpliced(older === -1 ? builds.length : older, 0, build);
}
