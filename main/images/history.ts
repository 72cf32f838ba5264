import { cleanInstruction } from '../formats/clean-instruction.ts';

/** One step of an image's history, newest first, as the engine tells it. */
export type HistoryStep = { Id: string; Created: number; CreatedBy: string; Comment?: string; Size: number };

/** What of a history step belongs to which layer. */
export type StepLayer = { instruction: string; size: number; createdAt: number; empty: boolean; fromElsewhere: boolean; diffId?: string };

/**
 * Ties the layers' diff ids (oldest first) to the steps of the history (newest first). The engine's history does not
 * say which steps have a layer: all with bytes do, and of those without, some. Where no guess adds up to the number of
 * layers, no step gets a diff id.
 */
export function alignLayers(history: HistoryStep[], diffIds: string[]): StepLayer[] {
  const guess = guesses.find((isLayer) => history.filter(isLayer).length === diffIds.length);
  const rest = [...diffIds];
  return history
    .toReversed()
    .map((step): StepLayer => {
      const layered = (guess ?? likelyHasLayer)(step);
      const diffId = guess && layered ? rest.shift() : undefined;
      return {
        // an imported image has no instruction, only a comment
        instruction: cleanInstruction(step.CreatedBy) || (step.Comment ?? ''),
        size: step.Size,
        createdAt: step.Created > 0 ? step.Created * 1000 : 0,
        empty: !layered,
        fromElsewhere: step.Id === '<missing>',
        ...(diffId && { diffId }),
      };
    })
    .reverse();
}

const hasBytes = ({ Size }: HistoryStep): boolean => Size > 0;
const writesFiles = (step: HistoryStep): boolean => hasBytes(step) || /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(cleanInstruction(step.CreatedBy));
// BuildKit leaves out the layer of a RUN that changed nothing; the classic builder keeps an empty one
const likelyHasLayer = (step: HistoryStep): boolean =>
  writesFiles(step) && !(step.Size === 0 && /^RUN\b.*# buildkit$/s.test(step.CreatedBy));

const guesses = [likelyHasLayer, writesFiles, hasBytes];
