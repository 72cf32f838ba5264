import pLimit from 'p-limit';

/** Does something with each of many, so many at a time. After a failure none is begun; rejects with it once those that run have ended. */
export async function inParallel<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<unknown>): Promise<void> {
  const limit = pLimit(atOnce);
  let failure: { error: unknown } | undefined;
  await Promise.all(
    items.map((item) =>
      limit(async () => {
        if (failure) return;
        await act(item).catch((error) => {
          failure ??= { error };
        });
      }),
    ),
  );
  if (failure) throw failure.error;
}
