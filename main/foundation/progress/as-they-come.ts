/** What comes of many pieces of work, in the order in which it comes, in batches of what is there. Rejects with the first that fails. */
export async function* asTheyCome<T>(works: readonly Promise<T>[]): AsyncGenerator<T[]> {
  let ready: T[] = [];
  let left = works.length;
  let failed: { error: unknown } | undefined;
  let woken = Promise.withResolvers<void>();
  for (const work of works) {
    work
      .then(
        (value) => void ready.push(value),
        (error) => {
          failed ??= { error };
        },
      )
      .finally(() => {
        left -= 1;
        woken.resolve();
      });
  }
  while (left > 0 || ready.length > 0) {
    if (ready.length === 0 && !failed) await woken.promise;
    woken = Promise.withResolvers();
    if (failed) throw failed.error;
    const batch = ready;
    ready = [];
    if (batch.length > 0) yield batch;
  }
}
