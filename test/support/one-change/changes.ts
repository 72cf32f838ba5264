import type { BuildInputs } from '../../../contract/build.ts';
import type { StepCause } from '../../../contract/explanation.ts';
import { fileChanges } from './file-changes.ts';
import { aboutArgument, lineChanges } from './line-changes.ts';
import type { Project } from './project.ts';

/** Whether a cause, given for a step with these words, is the change that was made. */
export type IsRight = (cause: StepCause, step: string) => boolean;

/** What is done between two builds, and which cause is then true; `isHarmless` if no builder may rebuild anything for it. */
export type Changed = {
  project: Project;
  inputs?: Partial<BuildInputs>;
  /** What happens to the engine, or to a file behind the project's back. */
  act?: 'prune' | 'remove-image' | 'other-builder' | 'move-base' | 'touch';
  isRight: IsRight;
};

/** Undefined if a project has nothing that it could change. `pick` chooses among so many. */
export type Change = (project: Project, pick: (count: number) => number) => Changed | undefined;

export const never: IsRight = () => false;
const ofKind =
  (...kinds: StepCause['kind'][]): IsRight =>
  ({ kind }) =>
    kinds.includes(kind);

const withInputs =
  (inputs: Partial<BuildInputs>, isRight: IsRight): Change =>
  (project) => ({ project, inputs, isRight });
const option =
  (name: string): IsRight =>
  (cause) =>
    cause.kind === 'option-changed' && cause.option === name;
const act =
  (what: Changed['act'], isRight: IsRight): Change =>
  (project) => ({ project, ...(what && { act: what }), isRight });

const otherChanges: Record<string, Change> = {
  'nothing at all': act(undefined, never),
  'the time of a file': act('touch', never),
  'an argument’s value': withInputs({ args: { A0: 'given' } }, aboutArgument('ARG A0')),
  'an argument given what it is anyhow': withInputs({ args: { A0: 'zero' } }, never),
  'an argument that no line asks for': withInputs({ args: { NOBODY: '1' } }, never),
  'a proxy': withInputs(
    { args: { HTTP_PROXY: 'http://nowhere.invalid' } },
    (cause) => cause.kind === 'arg-changed' && cause.name === 'HTTP_PROXY',
  ),
  'a label': withInputs({ labels: { a: 'b' } }, option('labels')),
  'the network': withInputs({ network: 'none' }, option('network')),
  'the network, by its usual name': withInputs({ network: 'default' }, option('network')),
  'the platform, said': withInputs({ platform: 'linux/amd64' }, option('platform')),
  'no cache': withInputs({ noCache: true }, ofKind('no-cache')),
  'steps from an image that is nowhere': withInputs({ cacheFrom: ['nowhere.invalid/x:1'] }, ofKind('cache-sources')),
  'a record in the image': withInputs({ inlineCache: true }, never),
  'a name more': withInputs({ references: ['it-one-change:1', 'it-one-change:2'] }, never),
  'the cache pruned': act('prune', ofKind('cache-gone')),
  'the image removed': act('remove-image', ofKind('cache-gone')),
  'the other builder': act('other-builder', ofKind('other-builder')),
  'the base moved': act('move-base', (cause) => cause.kind === 'base-moved' && cause.reference.includes('it-one-base')),
};

export const changes: ReadonlyMap<string, Change> = new Map(Object.entries({ ...fileChanges, ...lineChanges, ...otherChanges }));
