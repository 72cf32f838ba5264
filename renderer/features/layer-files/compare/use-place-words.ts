import type { FilesSource } from '../../../../contract/layer-files.ts';
import { registryOf } from '../../../desk/image-name.ts';
import { useShownEngines } from '../../../desk/shown-engines.ts';

/** Says where an image is: "on Docker", "in a file", "in the registry ghcr.io". */
export function usePlaceWords(): (from: FilesSource) => string {
  const engines = useShownEngines();
  return (from) => {
    if (from.kind === 'archive') return 'in a file';
    if (from.kind === 'registry') return `in the registry ${registryOf(from.reference)}${from.platform ? `, for ${from.platform}` : ''}`;
    return `on ${engines.find(({ at }) => at === from.at)?.name ?? 'an engine'}`;
  };
}
