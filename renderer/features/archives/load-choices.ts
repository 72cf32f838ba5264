import type { GrantedPath } from '../../../contract/file.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { isName } from '../../desk/describe-reference.ts';
import { capitalised, count } from '../../ui/format.ts';
import { leavesOut } from './leaves-out.ts';
import { suggestImageName } from './suggest-image-name.ts';
import type { Looked } from './use-previews.ts';

/** What a person decided about one file. */
export type LoadChoice = { keptBack: string[]; name?: string; command?: string };

export const noChoice: LoadChoice = { keptBack: [] };

export type LookedFile = { file: GrantedPath; look: Looked; choice: LoadChoice };

export const nameOf = ({ file, choice }: LookedFile): string => choice.name ?? suggestImageName(file.name);

export function commandOf({ look, choice }: LookedFile): string {
  if (choice.command !== undefined) return choice.command;
  return (look.state === 'read' && look.preview.kind === 'root-files' && look.preview.suggestedCommand) || '';
}

/** The task that loads a file; undefined if it is still being read, is refused, or has no usable name. */
export function requestOf(looked: LookedFile): TaskRequest | undefined {
  const { file, look, choice } = looked;
  const archive = file.grant;
  if (look.state === 'skipped') return { kind: 'load', archive };
  if (look.state !== 'read') return undefined;
  if (look.preview.kind === 'images') {
    if (isLacking(looked)) return undefined;
    const shown = look.preview.contents;
    return {
      kind: 'load',
      archive,
      shown,
      ...(leavesOut(look.preview) && { isPartial: true }),
      ...(choice.keptBack.length > 0 && { keptBack: choice.keptBack }),
    };
  }
  if (look.preview.kind !== 'root-files') return undefined;
  const reference = nameOf(looked).trim();
  if (!isName(reference)) return undefined;
  const command = commandOf(looked).trim();
  return { kind: 'import', archive, reference, ...(command && { command }) };
}

/** The files with build records, by their grants. */
export const recordFiles = (all: LookedFile[]): string[] => all.filter((looked) => hasRecords(looked)).map(({ file }) => file.grant);

const hasRecords = ({ look }: LookedFile): boolean => look.state === 'read' && look.preview.kind === 'build-records';

/** What the acting button says: "Load 2 images", "Load 1 image, import 1 file", "Add 2 builds". Undefined if nothing can be done. */
export function actionWords(all: LookedFile[]): string | undefined {
  const previews = all.filter((looked) => !isLacking(looked)).flatMap(({ look }) => (look.state === 'read' ? [look.preview] : []));
  const images = previews.reduce((sum, preview) => sum + (preview.kind === 'images' ? preview.images.length : 0), 0);
  const roots = previews.filter(({ kind }) => kind === 'root-files').length;
  const unseen = all.filter(({ look }) => look.state === 'skipped' || look.state === 'reading').length;
  const loads = [...(images > 0 ? [count(images, 'image')] : []), ...(unseen > 0 ? [count(unseen, 'file')] : [])].join(' and ');
  const builds = previews.reduce((sum, preview) => sum + (preview.kind === 'build-records' ? preview.builds.length : 0), 0);
  const parts = [
    ...(loads ? [`load ${loads}`] : []),
    ...(roots > 0 ? [`import ${count(roots, 'file')}`] : []),
    ...(builds > 0 ? [`add ${count(builds, 'build')}`] : []),
  ].join(', ');
  return parts ? capitalised(parts) : undefined;
}

/** Why nothing can be loaded yet. */
export function waitsFor(all: LookedFile[], hasEngine: boolean): string | undefined {
  if (all.some(({ look }) => look.state === 'reading')) return 'Still looking inside';
  // build records need no engine
  if (!hasEngine && !all.every((looked) => hasRecords(looked) || isRefused(looked) || isLacking(looked)))
    return 'No engine answers: you can look inside, but not load.';
  return all.some((looked) => isFileSystem(looked) && !isName(nameOf(looked))) ? 'Give the image a name.' : undefined;
}

/** Whether layers are neither in the file nor on the engine, so that it can’t be loaded. */
const isLacking = ({ look }: LookedFile): boolean => look.state === 'read' && (look.completeness?.lacking.length ?? 0) > 0;

const isFileSystem = ({ look }: LookedFile): boolean => look.state === 'read' && look.preview.kind === 'root-files';

const isRefused = ({ look }: LookedFile): boolean => look.state === 'failed' || (look.state === 'read' && look.preview.kind === 'refused');
