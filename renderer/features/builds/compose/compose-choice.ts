import type { ComposeBuild, ComposeProject } from '../../../../contract/compose.ts';
import type { TaskRequest } from '../../../../contract/task.ts';
import { listed } from '../../../ui/format.ts';

/** What a person ticked, by service; what they left alone is as `isProposed` says. */
export type Choice = {
  ticked: Record<string, boolean>;
  /** Services whose steps may use the keys of the SSH agent. */
  keys: Record<string, boolean>;
};

export const noChoice: Choice = { ticked: {}, keys: {} };

/** Why only the classic builder keeps a build from being started. */
export const needsBuildKit = ({ asksForKeys, build }: ComposeBuild): boolean => asksForKeys || build?.inputs.secrets !== undefined;

/** Whether a build can be started with this builder. */
export const isStartable = (build: ComposeBuild, onlyBuildKit: string | undefined): boolean =>
  build.build !== undefined && !(onlyBuildKit && needsBuildKit(build));

/** Ticked by itself: what Compose builds without being asked, what needs no other image of the project first, and no keys or allowed ones. */
const isProposed = ({ profiles, needs, asksForKeys, service }: ComposeBuild, { keys }: Choice): boolean =>
  profiles.length === 0 && needs.length === 0 && (!asksForKeys || keys[service] === true);

export const isTicked = (build: ComposeBuild, choice: Choice, onlyBuildKit: string | undefined): boolean =>
  isStartable(build, onlyBuildKit) && (choice.ticked[build.service] ?? isProposed(build, choice));

export const tickedBuilds = ({ builds }: ComposeProject, choice: Choice, onlyBuildKit: string | undefined): ComposeBuild[] =>
  builds.filter((build) => isTicked(build, choice, onlyBuildKit));

/** The first thing that keeps the ticked builds from being started; undefined if nothing does. */
export function choiceProblem(ticked: ComposeBuild[], { keys }: Choice): string | undefined {
  if (ticked.length === 0) return 'Choose an image to build.';
  const closed = ticked.find(({ asksForKeys, service }) => asksForKeys && !keys[service]);
  if (closed) return `Allow ${closed.service} to use your SSH keys, or leave it out.`;
  const services = new Set(ticked.map(({ service }) => service));
  const early = ticked.find(({ needs }) => needs.some((one) => services.has(one)));
  if (early) return `Build ${listed(early.needs.filter((one) => services.has(one)))} first, then ${early.service}.`;
  const name = twice(ticked.flatMap(({ references }) => references));
  return name && `Two of them would be called ${name}. Leave one out.`;
}

const twice = (names: string[]): string | undefined => names.find((name, place) => names.indexOf(name) !== place);

type BuildRequest = Extract<TaskRequest, { kind: 'build' }>;

/** What is asked of main: each build as main described it, with keys where they were allowed. */
export const requestsFor = (ticked: ComposeBuild[], { keys }: Choice): BuildRequest[] =>
  ticked.flatMap(({ build, service, asksForKeys }): BuildRequest[] =>
    build ? [{ kind: 'build', folder: build.folder, ...build.inputs, ...(asksForKeys && keys[service] && { ssh: true }) }] : [],
  );

/** Variables that a person may give a value: those without one, those that the files insist on, and those already given. */
export function openVariables({ builds }: ComposeProject, given: Record<string, string>): string[] {
  const names = builds.flatMap(({ unset, args, obstacles }) => [
    ...unset,
    ...args.flatMap(({ name, value }) => (value === undefined ? [name] : [])),
    ...obstacles.flatMap((obstacle) => (obstacle.kind === 'required' ? [obstacle.variable] : [])),
  ]);
  const usual = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
  return [...new Set([...Object.keys(given), ...names])].filter((name) => usual.test(name)).sort();
}
