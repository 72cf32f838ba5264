import type { BuildProgress, BuildStep } from '../../contract/build.ts';
import { closeLine, continueLine, noLine, type OpenLine } from './open-line.ts';

/** A line of the classic builder's answer. */
export type ClassicLine = {
  stream?: string;
  status?: string;
  id?: string;
  progressDetail?: { current?: number; total?: number };
  aux?: { ID?: string };
};

export type ClassicState = {
  steps: BuildStep[];
  /** Name of the stage that is being built; stages without one are counted. */
  stage: string;
  stageCount: number;
  total?: number;
  /** What came after the last line break: the engine sends lines in pieces. */
  rest: OpenLine;
  pulls: Record<string, { done: number; total: number }>;
  /** Whether the running step got a base image that was not here. */
  gotBase: boolean;
  /** What the running step prints may look like the builder's own lines; `closed` once the builder has named what it made. */
  output: 'none' | 'open' | 'closed';
  imageId?: string;
};

export const emptyClassic: ClassicState = { steps: [], stage: '', stageCount: 0, rest: noLine, pulls: {}, gotBase: false, output: 'none' };

/** Folds one line into the steps and returns the whole lines of output that it completed. Pure; `at` in milliseconds. */
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

/** Marks the step that ran when the build ended: built, failed or cancelled. */
export function endClassic(state: ClassicState, how: 'built' | 'failed' | 'cancelled', at: number): ClassicState {
  return closeRunning(state, how, at);
}

/** What a step printed last, without a line break; it may be the reason why it failed. */
export function lastLine({ rest, steps }: ClassicState): { text: string; step?: string } | undefined {
  const step = steps.at(-1)?.id;
  return rest.text.trim() === '' ? undefined : { text: closeLine(rest), ...(step && { step }) };
}

/** The steps as the window is told them, after those that came before the build itself. */
export const classicProgress = ({ steps }: ClassicState, before: BuildStep[] = []): BuildProgress => ({
  builder: 'classic',
  steps: [...before, ...steps],
});

function foldText(state: ClassicState, text: string, at: number): ClassicState {
  const [, stages, word, number, total, instruction = ''] = stepLine.exec(text) ?? [];
  // a RUN may run a builder of its own, which prints such lines, too
  const isNext =
    word === 'STEP' ||
    (Number(number) === state.steps.length + 1 && Number(total) === (state.total ?? Number(total)) && state.output !== 'open');
  // Podman counts the steps of each stage by itself: how many there are in all is not told
  if (word && isNext) return beginStep(state, instruction, stages ? undefined : Number(total), at);
  // only before it runs
  if (/^ ---> Running in [0-9a-f]{12}$/.test(text)) return { ...state, output: 'open' };
  if (/^ ---> [0-9a-f]{12}$/.test(text)) return { ...state, output: 'closed' };
  if (state.output === 'none' && /^ ---> Using cache|^--> Using cache/.test(text)) return closeRunning(state, 'cached', at);
  if (/^Successfully built /.test(text)) return closeRunning(state, 'built', at);
  if (/^Trying to pull /.test(text)) return { ...state, gotBase: true }; // Podman, which gives no bytes
  return state;
}

/** `Step 2/5 : RUN make` (Docker), `STEP 2/5: RUN make` and `[1/2] STEP 2/5: RUN make` (Podman). */
const stepLine = /^(\[\d+\/\d+\] )?(Step|STEP) (\d+)\/(\d+) ?: (.*)$/;

function beginStep(state: ClassicState, instruction: string, total: number | undefined, at: number): ClassicState {
  const before = closeRunning(state, 'built', at);
  const begins = /^FROM\s/i.test(instruction);
  const stageCount = before.stageCount + (begins ? 1 : 0);
  const stage = begins ? (/\sAS\s+(\S+)\s*$/i.exec(instruction)?.[1] ?? (stageCount > 1 ? `stage-${stageCount - 1}` : '')) : before.stage;
  // an ARG before the first FROM belongs to no stage
  const place = stageCount > 0 ? { stage, number: before.steps.filter((other) => other.stage === stage).length + 1 } : {};
  const begun: BuildStep = { id: String(before.steps.length + 1), ...place, instruction, state: 'running', startedAt: at };
  return { ...before, steps: [...before.steps, begun], stage, stageCount, total, pulls: {}, gotBase: false, output: 'none' };
}

function closeRunning(state: ClassicState, how: 'built' | 'cached' | 'failed' | 'cancelled', at: number): ClassicState {
  const running = state.steps.at(-1);
  if (running?.state !== 'running') return state;
  const seconds = (at - (running.startedAt ?? at)) / 1000;
  const end = how === 'built' && isBaseFromHere(running) && !state.gotBase ? 'cached' : how;
  return { ...state, steps: [...state.steps.slice(0, -1), { ...running, state: end, seconds }] };
}

// The engine says "Using cache" of no base image; one that is here cost nothing.
const isBaseFromHere = ({ instruction, bytes }: BuildStep): boolean => /^FROM\s/i.test(instruction) && !bytes;

// A base image that the step gets first: its bytes are the step's.
function foldPull(state: ClassicState, id: string, { current = 0, total = 0 }: { current?: number; total?: number }): ClassicState {
  const running = state.steps.at(-1);
  if (!running || total <= 0) return state;
  const pulls = { ...state.pulls, [id]: { done: Math.min(current, total), total } };
  const all = Object.values(pulls);
  const bytes = { done: all.reduce((sum, { done }) => sum + done, 0), total: all.reduce((sum, one) => sum + one.total, 0) };
  return { ...state, pulls, steps: [...state.steps.slice(0, -1), { ...running, bytes }] };
}

// The engine paints each piece that a RUN writes to stderr red, warnings and progress too; a RUN's own colours are inside.
const withoutErrorColour = (piece: string): string =>
  piece.startsWith(red) && piece.endsWith(reset) ? piece.slice(red.length, -reset.length) : piece;

const red = '\u001b[91m';
const reset = '\u001b[0m';
