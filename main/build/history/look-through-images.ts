import type Docker from 'dockerode';

/** Images of which the history is read; an engine may have thousands. */
const mostLookedAt = 40;

/** Those of which the history may be read, the newest first. */
export const newest = <T extends { Created: number }>(images: readonly T[]): T[] =>
  images.toSorted((a, b) => b.Created - a.Created).slice(0, mostLookedAt);

/** One step of an image as the engine tells it: its id is `<missing>` where it came from elsewhere, or BuildKit made it. */
type HistoryStep = { Id: string; CreatedBy: string; Size: number };

/** The steps of an image, the oldest first. */
export async function historyOf(docker: Docker, image: string): Promise<HistoryStep[]> {
  const steps = (await docker.getImage(image).history()) as HistoryStep[] | null;
  return (steps ?? []).toReversed();
}
