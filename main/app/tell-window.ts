import type { Fact, Snapshot } from '../../contract/fact.ts';
import type { AppParts } from './make-parts.ts';

/** All that a window has to know at first. */
export const snapshotOf = ({
  connection,
  shelves,
  questions,
  images,
  tasks,
  history,
  others,
  registry,
  trials,
  settings,
  newer,
  tagMoves,
}: AppParts): Snapshot => ({
  engine: connection.state,
  ...(images.list && { images: images.list }),
  beside: shelves.beside,
  questions: questions.open,
  tasks: tasks.tasks,
  others: others.tasks,
  builds: [...others.summaries.filter(({ id }) => !history.has(id)), ...history.summaries],
  registry: registry.registry,
  otherRegistries: registry.others,
  trials: trials.watch.trials,
  settings: settings.settings,
  newer: newer.answers,
  tagMoves: tagMoves.moves,
});

/** Tells the window whatever changes. */
export function tellWindow(
  { connection, shelves, questions, images, registry, tasks, history, others, trials, settings, newer, tagMoves }: AppParts,
  tell: (fact: Fact) => void,
): void {
  connection.on('state', (engine) => tell({ kind: 'engine', engine }));
  images.on('list', (list) => tell({ kind: 'images', images: list }));
  shelves.on('beside', (beside) => tell({ kind: 'beside', beside }));
  questions.on('open', (open) => tell({ kind: 'questions', questions: open }));
  shelves.on('left', (place) => tell({ kind: 'beside-left', place }));
  registry.on('registry', (now) => tell({ kind: 'registry', registry: now }));
  registry.on('others', (now) => tell({ kind: 'other-registries', registries: now }));
  trials.watch.on('trials', (now) => tell({ kind: 'trials', trials: now }));
  tasks.on('task', (task) => tell({ kind: 'task', task }));
  others.on('begun', (build) => tell({ kind: 'build', build }));
  others.on('task', (task) => tell({ kind: 'other-build', task }));
  others.on('over', (id) => {
    // one that was taken in has told so already
    if (!history.has(id)) tell({ kind: 'builds-forgotten', ids: [id] });
    tell({ kind: 'other-build-over', id });
  });
  history.on('build', (build) => tell({ kind: 'build', build }));
  history.on('forgotten', (ids) => tell({ kind: 'builds-forgotten', ids }));
  tasks.on('dismissed', (id) => tell({ kind: 'task-dismissed', id }));
  settings.on('settings', (now) => tell({ kind: 'settings', settings: now }));
  newer.on('answers', (answers) => tell({ kind: 'newer', newer: answers }));
  tagMoves.on('moved', () => tell({ kind: 'tags-moved', moves: tagMoves.moves }));
}
