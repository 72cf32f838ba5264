/** What is compared: builds in the history, and images by their ids. */
export type Chosen = { builds: string[]; images: string[] };

/** Tells builds and images apart: only images have digests for ids. */
export const splitChosen = (ids: readonly string[]): Chosen => ({
  builds: ids.filter((id) => !isImage(id)),
  images: ids.filter(isImage),
});

const isImage = (id: string): boolean => id.startsWith('sha256:');
