import type { Progress } from '../../contract/task.ts';
import type { OperationContext } from './operation.ts';

/** Milliseconds between two looks: the runner tells nobody more often. */
const lookEvery = 40;

/**
 * Reports what is the case at most every so often, and a last time at `end`: what is known of a transfer changes thousands
 * of times a second, and each report is made anew out of all its layers.
 */
export function reportSeldom({ report }: OperationContext, look: () => Progress): { changed(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    report(look());
  };
  return {
    changed: () => {
      timer ??= setTimeout(tell, lookEvery);
    },
    end: tell,
  };
}
