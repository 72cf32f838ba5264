import type { BuildStep } from '../../../contract/build.ts';
import { describeInstruction } from '../../../contract/instruction.ts';
import type { Task, TaskPhase } from '../../../contract/task.ts';
import { stepPlace } from '../../desk/step-place.ts';
import { bytes, bytesOf, elapsed, speed, timeLeft } from '../../ui/format.ts';

/** One line that says how far a running task is: "27.3 of 42.0 MB · 2.1 MB/s · about 7 s left". */
export function describeProgress(task: Task, now: number): string {
  const { progress, pace } = task;
  if (progress.build) return [describeBuild(progress.build.steps), runningFor(task, now)].filter(Boolean).join(' · ');
  const amount = describeBytes(progress.bytes);
  const words = amount ? [describeSpecialPhase(progress.phase), amount] : [phases[progress.phase]];
  if (pace && pace.bytesPerSecond > 0) words.push(speed(pace.bytesPerSecond));
  if (pace?.secondsLeft !== undefined && amount) words.push(timeLeft(pace.secondsLeft));
  else if (progress.fraction === undefined) words.push(runningFor(task, now));
  return words.filter(Boolean).join(' · ');
}

/** "27.3 of 42.0 MB"; a guessed total says so. */
function describeBytes(amount: Task['progress']['bytes']): string | undefined {
  if (!amount || (amount.done === 0 && !amount.total)) return undefined;
  if (!amount.total) return bytes(amount.done);
  // more has come than was guessed, so the guess is useless
  if (amount.estimated && amount.done > amount.total) return bytes(amount.done);
  return amount.estimated ? bytesOf(amount.done, amount.total).replace(' of ', ' of about ') : bytesOf(amount.done, amount.total);
}

const phases: Record<TaskPhase, string> = {
  starting: 'Starting',
  'engine-prepares': 'The engine is preparing the data',
  comparing: 'Comparing with what is already there',
  reading: 'Reading the layers',
  downloading: 'Downloading',
  unpacking: 'Unpacking',
  uploading: 'Uploading',
  copying: 'Copying',
  writing: 'Writing the file',
  packing: 'Packing what is needed',
  sending: 'Sending to the engine',
  building: 'Building',
  removing: 'Removing',
  finishing: 'Finishing',
};

/** Beside its bytes, a usual phase goes without saying. */
const describeSpecialPhase = (phase: TaskPhase): string | undefined =>
  phase === 'unpacking' || phase === 'finishing' || phase === 'engine-prepares' ? phases[phase] : undefined;

/** "Step 6 of 6, Compile the app" */
function describeBuild(steps: BuildStep[]): string {
  const place = stepPlace(steps);
  const current = steps.findLast(({ state }) => state === 'running');
  if (!current) return place ? '' : 'Getting ready';
  const words = describeInstruction(current.instruction);
  return current.number === undefined ? words : `${place}, ${words}`;
}

const runningFor = (task: Task, now: number): string => (task.startedAt ? elapsed((now - task.startedAt) / 1000) : '');
