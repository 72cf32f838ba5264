import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import { closeLine, continueLine, noLine, type OpenLine } from './open-line.ts';

/** One line of the classic builder's answer. */
export type ClassicLine = {
  stream?: string;
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number };
  aux?: { ID?: string };
};

export type ClassicState = {
  steps: BuildStep[];
  /** Name of the stage being built; unnamed stages are numbered. */
  stage: string;
  stageCount: number;
  total?: number;
  /** How many steps Podman counted in the running stage when it began. */
  ofStage?: number;
  /** The text since the last line break: the engine sends lines in pieces. */
  rest: OpenLine;
  pulls: Record<string, { done: number; total: number }>;
  /** Whether the running step pulled a base image that was not on the engine. */
  gotBase: boolean;
  /** How many of the steps added by the running FROM's base came from the cache. */
  cachedTriggers: number;
  /** A running step's output may look like the builder's own lines; `closed` once the builder has named what the step made. */
  output: 'none' | 'open' | 'closed';
  imageId?: string;
};

export const emptyClassic: ClassicState = {
  steps: [],
  stage: '',
  stageCount: 0,
  rest: noLine,
  pulls: {},
  gotBase: false,
  cachedTriggers: 0,
  output: 'none',
};

/** Folds one line into the steps and returns the complete lines of output that this gave. Pure; `at` in milliseconds. */
export function foldClassic(
  state: ClassicState,
  line: ClassicLine,
  at: number,
): { state: ClassicState; lines: { text: string; step?: string }[] } {
  if (line.aux?.ID) return { state: { ...state, imageId: line.aux.ID }, lines: [] };
  if (line.id && line.progressDetail) return { state: foldPull(state, line.id, line.progressDetail), lines: [] };
  const { open, lines: whole } = continueLine(state.rest, withoutErrorColour(line.stream ?? ''));
  let next: ClassicState = { ...state, rest: open };
  const lines: { text: string; step?: string }[] = [];
  for (const text of whole) {
    next = foldText(next, text, at);
    const step = next.steps.at(-1)?.id;
    if (text.trim() !== '') lines.push({ text, ...(step && { step }) });
  }
  return { state: next, lines };
}

/** Marks the step that was running when the build ended as built, failed or cancelled. */
export function endClassic(state: ClassicState, how: 'built' | 'failed' | 'cancelled', at: number): ClassicState {
  return closeRunning(state, how, at);
}

/** A step's last output, without a line break; it may say why the step failed. */
export function lastLine({ rest, steps }: ClassicState): { text: string; step?: string } | undefined {
  const step = steps.at(-1)?.id;
  return rest.text.trim() === '' ? undefined : { text: closeLine(rest), ...(step && { step }) };
}

/** The steps as the window sees them, after those that came before the build itself. */
export const classicProgress = ({ steps }: ClassicState, before: BuildStep[] = []): BuildProgress => ({
  builder: 'classic',
  steps: [...before, ...steps],
});

function foldText(state: ClassicState, text: string, at: number): ClassicState {
  const [, nth, word, number, total, instruction = ''] = stepLine.exec(text) ?? [];
  if (word === 'STEP')
    return beginOnPodman(state, { nth: Number(nth ?? 1), number: Number(number), ofStage: Number(total), instruction }, at);
  // a RUN may itself run a builder, which prints the same kind of lines
  const isNext = Number(number) === state.steps.length + 1 && Number(total) === (state.total ?? Number(total)) && state.output !== 'open';
  if (word && isNext) return beginStep(state, instruction, Number(total), at);
  // printed only before the step runs
  if (/^ ---> Running in [0-9a-f]{12}$/.test(text)) return { ...state, output: 'open' };
  if (/^ ---> [0-9a-f]{12}$/.test(text)) return { ...state, output: 'closed' };
  const [, triggers] = (state.output === 'none' && /^# Executing (\d+) build triggers?$/.exec(text)) || [];
  if (triggers) return withTriggers(state, Number(triggers));
  if (state.output === 'none' && /^ ---> Using cache|^--> Using cache/.test(text)) return fromCache(state, at);
  if (/^Successfully built /.test(text)) return closeRunning(state, 'built', at);
  if (/^Trying to pull /.test(text)) return { ...state, gotBase: true }; // Podman, which reports no bytes
  return state;
}

type PodmanStep = { nth: number; number: number; ofStage: number; instruction: string };

// Podman counts each stage's steps separately, does not say how many there are in total, and leaves out stages that nothing needs
function beginOnPodman(state: ClassicState, { nth, number, ofStage, instruction }: PodmanStep, at: number): ClassicState {
  // once the base is there, what it adds is counted, too, and comes first; Docker runs that inside FROM
  const triggers = ofStage - (state.ofStage ?? ofStage);
  if (number > 1 && number <= triggers + 1) return { ...withTriggers(state, triggers), output: 'none' };
  const begun = beginStep(atStage(state, nth), instruction, undefined, at);
  return isFrom({ instruction }) ? { ...begun, ofStage } : begun;
}

function withTriggers(state: ClassicState, triggers: number): ClassicState {
  const running = state.steps.at(-1);
  if (!running || !isFrom(running)) return state;
  return { ...state, steps: [...state.steps.slice(0, -1), { ...running, triggers }] };
}

// for a FROM the engine says it once for each step that the base adds
const fromCache = (state: ClassicState, at: number): ClassicState =>
  state.steps.at(-1)?.triggers ? { ...state, cachedTriggers: state.cachedTriggers + 1 } : closeRunning(state, 'cached', at);

/** `Step 2/5 : RUN make` (Docker), `STEP 2/5: RUN make` and `[1/2] STEP 2/5: RUN make` (Podman). */
const stepLine = /^(?:\[(\d+)\/\d+\] )?(Step|STEP) (\d+)\/(\d+) ?: (.*)$/;

/** Ready for the stage with that number, which a FROM begins; within it, nothing changes. */
const atStage = (state: ClassicState, nth: number): ClassicState => (state.stageCount < nth ? { ...state, stageCount: nth - 1 } : state);

function beginStep(state: ClassicState, instruction: string, total: number | undefined, at: number): ClassicState {
  const before = closeRunning(state, 'built', at);
  const begins = isFrom({ instruction });
  const stageCount = before.stageCount + (begins ? 1 : 0);
  const stage = begins ? (/\sAS\s+(\S+)\s*$/i.exec(instruction)?.[1] ?? (stageCount > 1 ? `stage-${stageCount - 1}` : '')) : before.stage;
  // an ARG before the first FROM belongs to no stage
  const place = stageCount > 0 ? { stage, number: before.steps.filter((other) => other.stage === stage).length + 1 } : {};
  const begun: BuildStep = { id: String(before.steps.length + 1), ...place, instruction, state: 'running', startedAt: at };
  return {
    ...before,
    steps: [...before.steps, begun],
    stage,
    stageCount,
    total,
    pulls: {},
    gotBase: false,
    cachedTriggers: 0,
    output: 'none',
  };
}

function closeRunning(state: ClassicState, how: 'built' | 'cached' | 'failed' | 'cancelled', at: number): ClassicState {
  const running = state.steps.at(-1);
  if (running?.state !== 'running') return state;
  const seconds = (at - (running.startedAt ?? at)) / 1000;
  const end = how === 'built' && isBaseFromHere(running, state) ? 'cached' : how;
  return { ...state, steps: [...state.steps.slice(0, -1), { ...running, state: end, seconds }] };
}

// the engine never says "Using cache" for a base image; a local one costs nothing except for the steps it adds
const isBaseFromHere = (step: BuildStep, { gotBase, cachedTriggers }: ClassicState): boolean =>
  isFrom(step) && !step.bytes && !gotBase && cachedTriggers === (step.triggers ?? 0);

const isFrom = ({ instruction }: Pick<BuildStep, 'instruction'>): boolean => /^FROM\s/i.test(instruction);

// the step pulls its base image first, so those bytes are the step's
function foldPull(state: ClassicState, id: string, { current = 0, total = 0 }: { current?: number; total?: number }): ClassicState {
  const running = state.steps.at(-1);
  if (!running || total <= 0) return state;
  const pulls = { ...state.pulls, [id]: { done: Math.min(current, total), total } };
  const all = Object.values(pulls);
  const bytes = { done: all.reduce((sum, { done }) => sum + done, 0), total: all.reduce((sum, one) => sum + one.total, 0) };
  return { ...state, pulls, steps: [...state.steps.slice(0, -1), { ...running, bytes }] };
}

// the engine colours everything that a RUN writes to stderr red, even warnings and progress; the RUN's own colours are inside
const withoutErrorColour = (piece: string): string =>
  piece.startsWith(red) && piece.endsWith(reset) ? piece.slice(red.length, -reset.length) : piece;

const red = '\u001b[91m';
const reset = '\u001b[0m';
