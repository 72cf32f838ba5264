let resolveReady: () => void = () => {};

/** Resolves when Chromium is up: no window can exist before. */
export const ready = new Promise<void>((resolve) => {
  resolveReady = resolve;
});

export let isReady = false;

/** Chromium is up. */
export function markReady(): void {
  isReady = true;
  resolveReady();
}
