import type { BuildStep } from '../../../contract/build.ts';

/**
 * Puts each step behind those it needs, and otherwise leaves them as they are. Newer BuildKits name the steps of a Dockerfile in any
 * order, the last one first. A chain of any length; `needs` may also name what is no step.
 */
export function orderSteps(steps: Record<string, BuildStep>): Record<string, BuildStep> {
  const placed = new Set<string>();
  const entered = new Set<string>();
  for (const first of Object.keys(steps)) {
    const open = [first];
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      // a step that is met again has had all it needs placed
      const missing = entered.has(id) ? [] : (steps[id]?.needs ?? []).filter((need) => Object.hasOwn(steps, need) && !entered.has(need));
      entered.add(id);
      if (missing.length > 0) {
        open.push(...missing.reverse());
        continue;
      }
      placed.add(id);
      open.pop();
    }
  }
  return Object.fromEntries([...placed].map((id) => [id, steps[id] as BuildStep]));
}
