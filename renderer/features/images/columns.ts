import type { Settings } from '../../../contract/settings.ts';
import { useMirror } from '../../connection/mirror.ts';
import { changeSettings } from '../../desk/change-settings.ts';

export type ImageColumn = Settings['imageColumns'][number];

/** What the list can show besides the name, from left to right. */
export const columns: { id: ImageColumn; label: string }[] = [
  { id: 'notes', label: 'Notes' },
  { id: 'size', label: 'Size' },
  { id: 'own', label: 'Only here' },
  { id: 'used', label: 'Last used' },
  { id: 'created', label: 'Created' },
];

/** The chosen ones; they are kept with the settings. */
export const useColumns = (): Settings['imageColumns'] => useMirror(({ settings }) => settings.imageColumns);

export function toggleColumn(column: ImageColumn, shown: readonly ImageColumn[]): void {
  changeSettings({ imageColumns: columns.map(({ id }) => id).filter((id) => shown.includes(id) !== (id === column)) });
}
