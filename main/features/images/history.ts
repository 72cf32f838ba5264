import type { HistoryStep } from '../../foundation/engine/answers/image-answers.ts';
import { cleanInstruction } from '../../foundation/formats/clean-instruction.ts';
import { placeSteps, type StepKind } from './place-steps.ts';

/** A step and the layer it made, as far as that is certain. */
export type StepLayer = {
  instruction: string;
  size: number;
  createdAt: number;
  /** Absent if the engine does not say. */
  hasLayer?: boolean;
  fromElsewhere: boolean;
  /** BuildKit marks every step it makes; no other builder does. */
  isByBuildKit: boolean;
  /** Position of its layer, 0 for the lowest; absent if it has none, or if it is unknown which one it is. */
  place?: number;
  diffId?: string;
  /** The steps and layers around it do not add up. */
  isOdd?: true;
};

/**
 * Matches the layers' diff ids (the oldest first) with the history's steps (the newest first). The engine's history does not say
 * which steps have a layer: all steps with bytes do, and some of those without. `counts` gives the number of layers after a
 * step, by the step's id.
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

/** Ids of the steps whose own images have to be inspected, as nothing else shows which steps made a layer. */
export function stepsToAsk(history: HistoryStep[], diffIds: string[]): string[] {
  const doubtful = alignLayers(history, diffIds).map(({ hasLayer, place }) => hasLayer === undefined || (hasLayer && place === undefined));
  // a step made a layer if it has one more than the step before
  const asked = history.filter((_, at) => doubtful[at] || doubtful[at - 1]);
  return asked.map(({ Id }) => Id).filter((id) => id !== missing);
}

/** Positions of layers in an image with their total bytes; `bytes` is absent if not even the sum is known. */
export type SizedPlaces = { places: number[]; bytes?: number };

/** The bytes of an image's layers. Between two steps whose layers are known, at least the sum is known. */
export function sizePlaces(steps: StepLayer[], count: number): SizedPlaces[] {
  const sized: SizedPlaces[] = [];
  let between: StepLayer[] = [];
  let next = 0;
  const close = (place: number) => {
    const places = Array.from({ length: Math.max(0, place - next) }, (_, at) => next + at);
    // layers without a step may have any number of bytes
    const isKnown = between.length > 0 && !between.some(({ isOdd }) => isOdd);
    const bytes = between.reduce((sum, { size }) => sum + size, 0);
    if (places.length > 0) sized.push({ places, ...(isKnown && { bytes }) });
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

// "# buildkit" after the command proves nothing, as a person can write it too
const isByBuildKit = ({ Comment }: HistoryStep): boolean => Comment === 'buildkit.dockerfile.v0';

/** The empty tarball: the only layer that a step which only changes settings may have, and only with other builders. */
const blankLayer = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

const setting = /^(?:ARG|CMD|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|SHELL|STOPSIGNAL|USER|VOLUME)\b|^WORKDIR \/$/;

function kindOf(step: HistoryStep, hasBlank: boolean): StepKind {
  if (step.Size > 0) return 'layer';
  const { CreatedBy } = step;
  // the words alone may be a command: RUN ["ENV"]
  const isInstruction = isByBuildKit(step) || (CreatedBy.includes('#(nop)') && !hasBlank);
  return isInstruction && setting.test(cleanInstruction(CreatedBy)) ? 'none' : 'perhaps';
}
