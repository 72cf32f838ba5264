import type { GrantedPath } from '../../../contract/file.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { isName } from '../../desk/describe-reference.ts';
import { capitalised, count } from '../../ui/format.ts';
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
    const shown = look.preview.contents;
    return { kind: 'load', archive, shown, ...(choice.keptBack.length > 0 && { keptBack: choice.keptBack }) };
  }
  const reference = nameOf(looked).trim();
  if (look.preview.kind === 'refused' || !isName(reference)) return undefined;
  const command = commandOf(looked).trim();
  return { kind: 'import', archive, reference, ...(command && { command }) };
}

/** What the acting button says: "Load 2 images", "Load 1 image, import 1 file". Undefined if nothing can be loaded. */
export function actionWords(all: LookedFile[]): string | undefined {
  const previews = all.flatMap(({ look }) => (look.state === 'read' ? [look.preview] : []));
  const images = previews.reduce((sum, preview) => sum + (preview.kind === 'images' ? preview.images.length : 0), 0);
  const roots = previews.filter(({ kind }) => kind === 'root-files').length;
  const unseen = all.filter(({ look }) => look.state === 'skipped' || look.state === 'reading').length;
  const loads = [...(images > 0 ? [count(images, 'image')] : []), ...(unseen > 0 ? [count(unseen, 'file')] : [])].join(' and ');
  const parts = [...(loads ? [`load ${loads}`] : []), ...(roots > 0 ? [`import ${count(roots, 'file')}`] : [])].join(', ');
  return parts ? capitalised(parts) : undefined;
}

/** Why nothing can be loaded yet. */
export function waitsFor(all: LookedFile[], hasEngine: boolean): string | undefined {
  if (!hasEngine) return 'No engine answers: you can look inside, but not load.';
  if (all.some(({ look }) => look.state === 'reading')) return 'Still looking inside';
  return all.some((looked) => isFileSystem(looked) && !isName(nameOf(looked))) ? 'Give the image a name.' : undefined;
}

const isFileSystem = ({ look }: LookedFile): boolean => look.state === 'read' && look.preview.kind === 'root-files';
