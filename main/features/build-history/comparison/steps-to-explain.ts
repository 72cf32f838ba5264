import type { BuildProgress, BuildStep } from '../../../../contract/build.ts';

/** Which steps of a build are compared: only those that were built again, or also those from the cache. */
export type StepScope = 'rebuilt' | 'all';

/** The Dockerfile's own steps that need an explanation; looking up a base image is not one. */
export const stepsToExplain = ({ steps }: BuildProgress, which: StepScope): BuildStep[] =>
  steps.filter((step) => isOwn(step) && (which === 'all' || isRebuilt(step)));

const isOwn = ({ number, instruction }: BuildStep): boolean => number !== undefined && !/^(?:FROM|ARG)\b/i.test(instruction);

const isRebuilt = ({ state }: BuildStep): boolean => state === 'built' || state === 'failed' || state === 'running';
