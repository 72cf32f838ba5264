import type { BuildStep, BuildStepState } from '../../../contract/build.ts';
import { countSteps, isOwnStep } from '../../../contract/count-steps.ts';
import { count, duration } from '../../ui/format.ts';
import { shortened } from './describe-step.ts';

export type StepGroup = {
  key: string;
  title: string;
  /** What a stage starts from. */
  base?: string;
  /** The builder's own work, not the Dockerfile's. */
  isInternal: boolean;
  steps: BuildStep[];
  state: BuildStepState;
};

/** Steps as a person thinks of them: getting ready, one part a stage, saving. */
export function groupSteps(steps: BuildStep[]): StepGroup[] {
  const groups = new Map<string, BuildStep[]>();
  for (const step of steps) {
    const isInternal = !isOwnStep(step);
    const key = isInternal ? (endsBuild(step) ? 'finish' : 'prepare') : `stage ${step.stage ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(step);
    else groups.set(key, [step]);
  }
  const stageCount = [...groups.keys()].filter((key) => key.startsWith('stage ')).length;
  const order = stageOrder(groups);
  return [...groups]
    .toSorted(([a], [b]) => rank(a) - rank(b) || order.indexOf(a) - order.indexOf(b))
    .map(([key, list]) => makeGroup(key, list, stageCount));
}

/** Stages that others build on come first, as in the Dockerfile; builders announce them in any order. */
function stageOrder(groups: ReadonlyMap<string, BuildStep[]>): string[] {
  const keyOf = new Map([...groups].flatMap(([key, list]) => list.map(({ id }) => [id, key] as const)));
  const order = new Set<string>();
  const visited = new Set<string>();
  const visit = (key: string) => {
    if (visited.has(key)) return;
    visited.add(key);
    for (const id of (groups.get(key) ?? []).flatMap(({ needs }) => needs ?? [])) {
      const other = keyOf.get(id);
      if (other) visit(other);
    }
    order.add(key);
  };
  for (const key of groups.keys()) visit(key);
  return [...order];
}

// BuildKit's own words; the context is loaded only when a step first needs it, and is still a preparation
const endsBuild = ({ instruction }: BuildStep): boolean => /^(?:exporting|writing|naming|unpacking)\b/.test(instruction);

const rank = (key: string): number => (key === 'prepare' ? 0 : key === 'finish' ? 2 : 1);

function makeGroup(key: string, steps: BuildStep[], stageCount: number): StepGroup {
  const isInternal = key === 'prepare' || key === 'finish';
  const base = isInternal ? undefined : baseOf(steps);
  // builders announce steps in any order
  const inOrder = steps.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return { key, title: titleOf(key, stageCount), ...(base && { base }), isInternal, steps: inOrder, state: stateOf(steps) };
}

/** What a stage is called: its name, or its place. */
export function stageTitle(name: string): string {
  const unnamed = /^(?:stage-(\d+))?$/.exec(name);
  return unnamed ? `Stage ${Number(unnamed[1] ?? 0) + 1}` : name;
}

function titleOf(key: string, stageCount: number): string {
  if (key === 'prepare') return 'Get ready';
  if (key === 'finish') return 'Save the image';
  const name = key.slice('stage '.length);
  return stageCount === 1 && /^(?:stage-\d+)?$/.test(name) ? 'Steps' : stageTitle(name);
}

function baseOf(steps: BuildStep[]): string | undefined {
  const from = /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(steps.find(({ number }) => number === 1)?.instruction ?? '')?.[1];
  return from && shortened(from);
}

/** The worst state of a step, or else one that still moves, stands for the group. */
function stateOf(steps: BuildStep[]): BuildStepState {
  const has = (state: BuildStepState) => steps.some((step) => step.state === state);
  for (const state of ['failed', 'running', 'cancelled'] as const) if (has(state)) return state;
  if (has('waiting')) return has('built') || has('cached') ? 'running' : 'waiting';
  return has('built') ? 'built' : 'cached';
}

/** One line for a closed group. */
export function describeGroup({ steps, state, isInternal }: StepGroup): string {
  if (isInternal) return '';
  const { cachedSteps } = countSteps(steps);
  if (state === 'cached') return `${count(steps.length, 'step')}, ${steps.length === 1 ? 'from cache' : 'all from cache'}`;
  if (state === 'waiting') return `${count(steps.length, 'step')}, waiting`;
  return `${count(steps.length, 'step')}${cachedSteps > 0 ? `, ${cachedSteps} from cache` : ''}`;
}

/** The time of all steps of a group together, even of those that ran side by side. */
export function groupTime({ steps, state }: StepGroup): string {
  if (state === 'cached') return 'from cache';
  const seconds = steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  return seconds > 0 ? duration(seconds) : '';
}
