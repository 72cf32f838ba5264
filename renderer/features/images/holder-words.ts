import type { Holder } from '../../../contract/holder.ts';
import { ago, bytes, capitalised, count, listed } from '../../ui/format.ts';

/** What a container is: "Service db of the project shop". */
export function holderKindWords(what: Holder['what']): string {
  switch (what.kind) {
    case 'trial':
      return 'An image is tried in it';
    case 'own-registry':
      return 'Layerdeck’s registry or a cache runs in it';
    case 'registry':
      return 'A registry';
    case 'compose':
      return what.service ? `Service ${what.service} of the project ${what.project}` : `Of the project ${what.project}`;
    case 'cluster':
      return what.cluster ? `A computer of the ${what.tool} cluster ${what.cluster}` : `A computer of a ${what.tool} cluster`;
    case 'other':
      return 'Another program made it';
  }
}

/** "running, started 3 hours ago" */
export function holderStateWords({ isRunning, startedAt, since }: Holder, now: number): string {
  const when = since === undefined ? '' : ` ${ago(since, now)}`;
  if (isRunning) return when ? `running, started${when}` : 'running';
  if (startedAt === 0) return when ? `never started, made${when}` : 'never started';
  return when ? `stopped${when}` : 'stopped';
}

/** What goes with a container, and what stays. `written`: bytes, null if the engine doesn't say, undefined until it has said. */
export function lostWords({ unnamedVolumes, volumes, hasFolders }: Holder, written: number | null | undefined): string {
  const own =
    written === undefined
      ? 'what it wrote'
      : written === null
        ? 'what it wrote (size unknown)'
        : written === 0
          ? undefined
          : `${bytes(written)} that it wrote`;
  const unnamed = unnamedVolumes > 0 ? `${count(unnamedVolumes, 'volume')} without a name` : undefined;
  const going = [own, unnamed, 'its log'].filter((part) => part !== undefined);
  const goes = `${capitalised(listed(going))} ${going.length === 1 ? 'is' : 'are'} lost.`;
  const staying = [
    ...(volumes.length > 0
      ? [
          volumes.length > 3
            ? `its ${count(volumes.length, 'volume')} with a name`
            : `its ${volumes.length === 1 ? 'volume' : 'volumes'} ${listed(volumes)}`,
        ]
      : []),
    ...(hasFolders ? ['the folders that it uses'] : []),
  ];
  if (staying.length === 0) return goes;
  const isOne = volumes.length === 1 && !hasFolders;
  return `${goes} ${capitalised(listed(staying))} ${isOne ? 'stays' : 'stay'}.`;
}
