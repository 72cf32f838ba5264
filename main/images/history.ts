/** One step of an image's history, newest first, as the engine tells it. */
export type HistoryStep = { Id: string; Created: number; CreatedBy: string; Comment?: string; Size: number };

/** What of a history step belongs to which layer. */
export type StepLayer = { instruction: string; size: number; createdAt: number; empty: boolean; fromElsewhere: boolean; diffId?: string };

/** The instruction as a person wrote it, without the shell and the marks that the builders put around it. */
export function cleanInstruction(createdBy: string): string {
  const text = createdBy.replace(/\s+# buildkit$/, '').trim();
  const nop = /^\/bin\/sh -c #\(nop\)\s+([\s\S]*)$/.exec(text);
  if (nop) return (nop[1] ?? '').trim();
  // classic: "|1 A=b /bin/sh -c cmd"; BuildKit: "RUN /bin/sh -c cmd" and "RUN |1 A=b /bin/sh -c cmd"
  const run = /^(?:RUN )?(?:\|\d+ (?:.*? )?)?\/bin\/sh -c ([\s\S]*)$/.exec(text);
  return run ? `RUN ${(run[1] ?? '').trim()}` : text;
}

/**
 * Ties the layers' diff ids (oldest first) to the steps of the history (newest first). The engine's history does not
 * say which steps have a layer: all with bytes do, and of those without, the ones whose instruction writes files.
 * Where that does not add up, no step gets a diff id.
 */
export function alignLayers(history: HistoryStep[], diffIds: string[]): StepLayer[] {
  const oldestFirst = history.toReversed();
  const surplus = oldestFirst.filter(hasLayer).length - diffIds.length;
  const known = surplus === 0;
  const rest = [...diffIds];
  const steps = oldestFirst.map((step): StepLayer => {
    const layered = hasLayer(step);
    const diffId = known && layered ? rest.shift() : undefined;
    return {
      // an imported image has no instruction, only a comment
      instruction: cleanInstruction(step.CreatedBy) || (step.Comment ?? ''),
      size: step.Size,
      createdAt: step.Created > 0 ? step.Created * 1000 : 0,
      empty: !layered,
      fromElsewhere: step.Id === '<missing>',
      ...(diffId && { diffId }),
    };
  });
  return steps.reverse();
}

const hasLayer = ({ Size, CreatedBy }: HistoryStep): boolean => Size > 0 || /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(cleanInstruction(CreatedBy));
