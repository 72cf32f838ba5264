import type { Progress } from '../../../contract/task.ts';
import type { OperationContext } from './operation-context.ts';

/** Milliseconds between two reports; the runner would not pass them on more often. */
const reportEvery = 40;

/**
 * Reports at most once per interval, and once more at `end`: the state of a transfer changes thousands of times a second, and
 * each report is built from all its layers.
 */
export function throttleReports({ report }: OperationContext, look: () => Progress): { changed(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    report(look());
  };
  return {
    changed: () => {
      timer ??= setTimeout(tell, reportEvery);
    },
    end: tell,
  };
}
