import { cleanInstruction } from '../formats/clean-instruction.ts';
import { placeSteps, type StepKind } from './place-steps.ts';

/** One step of an image's history, newest first, as the engine tells it. */
export type HistoryStep = { Id: string; Created: number; CreatedBy: string; Comment?: string; Size: number };

/** A step and the layer it made, as far as that is certain. */
export type StepLayer = {
  instruction: string;
  size: number;
  createdAt: number;
  /** Absent where the engine does not say. */
  hasLayer?: boolean;
  fromElsewhere: boolean;
  /** BuildKit notes beside every step that it was the builder; no other does. */
  isByBuildKit: boolean;
  /** Of its layer, 0 the lowest; absent where it has none, or where it is not known which it is. */
  place?: number;
  diffId?: string;
  /** The steps and the layers about it do not add up. */
  isOdd?: true;
};

/**
 * Ties the layers' diff ids (oldest first) to the steps of the history (newest first). The engine's history does not say which
 * steps have a layer: all with bytes do, and of those without, some. `counts` tells how many layers there were after steps, by
 * the steps' ids.
 */
export function alignLayers(history: HistoryStep[], diffIds: string[], counts: ReadonlyMap<string, number> = new Map()): StepLayer[] {
  const steps = history.toReversed();
  const hasBlank = diffIds.includes(blankLayer);
  const known = new Map(steps.flatMap(({ Id }, step) => (counts.has(Id) ? [[step, counts.get(Id) ?? 0] as const] : [])));
  const placed = placeSteps(
    steps.map((step) => kindOf(step, hasBlank)),
    diffIds.length,
    known,
  );
  return steps
    .map((step, at): StepLayer => {
      const diffId = diffIds[placed[at]?.place ?? -1];
      return {
        // an imported image has no instruction, only a comment
        instruction: cleanInstruction(step.CreatedBy) || (step.Comment ?? ''),
        size: step.Size,
        createdAt: step.Created > 0 ? step.Created * 1000 : 0,
        fromElsewhere: step.Id === missing,
        isByBuildKit: isByBuildKit(step),
        ...placed[at],
        ...(diffId && { diffId }),
      };
    })
    .reverse();
}

/** The steps whose images have to be asked how many layers they have, as nothing else tells which steps made one. */
export function stepsToAsk(history: HistoryStep[], diffIds: string[]): string[] {
  const doubtful = alignLayers(history, diffIds).map(({ hasLayer, place }) => hasLayer === undefined || (hasLayer && place === undefined));
  // a step's own layer is what it has more than the step before
  const asked = history.filter((_, at) => doubtful[at] || doubtful[at - 1]);
  return asked.map(({ Id }) => Id).filter((id) => id !== missing);
}

/** Layers of one image by their places, whose bytes are known alone or only together; absent where not even that is. */
export type SizedPlaces = { places: number[]; bytes?: number };

/** The bytes of an image's layers: of those between two steps whose layers are known, at least the sum is. */
export function sizePlaces(steps: StepLayer[], count: number): SizedPlaces[] {
  const sized: SizedPlaces[] = [];
  let between: StepLayer[] = [];
  let next = 0;
  const close = (place: number) => {
    const places = Array.from({ length: Math.max(0, place - next) }, (_, at) => next + at);
    // layers that no step tells of may have any number of bytes
    const isTold = between.length > 0 && !between.some(({ isOdd }) => isOdd);
    const bytes = between.reduce((sum, { size }) => sum + size, 0);
    if (places.length > 0) sized.push({ places, ...(isTold && { bytes }) });
    between = [];
    next = place + 1;
  };
  for (const step of steps.toReversed()) {
    if (step.place === undefined) between.push(step);
    else {
      close(step.place);
      sized.push({ places: [step.place], bytes: step.size });
    }
  }
  close(count);
  return sized;
}

const missing = '<missing>';

// not by "# buildkit" behind the command, which a person can write, too
const isByBuildKit = ({ Comment }: HistoryStep): boolean => Comment === 'buildkit.dockerfile.v0';

/** A tarball without a file: the only layer that a step which changes settings alone may have, and only by other builders. */
const blankLayer = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const setting = /^(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b|^WORKDIR \/$/;

function kindOf(step: HistoryStep, hasBlank: boolean): StepKind {
  if (step.Size > 0) return 'layer';
  const { CreatedBy } = step;
  // the words alone may be a command's: RUN ["ENV"]
  const isInstruction = isByBuildKit(step) || (CreatedBy.includes('#(nop)') && !hasBlank);
  return isInstruction && setting.test(cleanInstruction(CreatedBy)) ? 'none' : 'perhaps';
}
