import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { BuildInputs, type BuildSecret } from '../../../../contract/build.ts';
import type { ComposeBuild, ComposeObstacle } from '../../../../contract/compose.ts';
import { placeDockerfile } from '../../../foundation/dockerfile/place-dockerfile.ts';
import type { DescribedBuild } from './described-build.ts';
import { isWithin } from './is-within.ts';
import { isPartlyKnown } from './service.ts';

/** Where a project's files may be, and how the window is told of them. */
export type Ground = {
  /** The project's folder. */
  folder: string;
  /** Folders that the person chose, the project's among them. */
  granted: readonly string[];
  grant(path: string): string;
};

type Place = { path: string } | { obstacle: ComposeObstacle };

/** Looks for the folder and the files of a build, which have to be in what the person chose. */
export async function placeBuild(described: DescribedBuild, ground: Ground): Promise<Omit<ComposeBuild, 'needs'> & { places: Places }> {
  const { inputs, secretFiles, ...shown } = described;
  // what it would be built from isn't known either
  if (isPartlyKnown(described)) return { ...shown, places: {} };
  const { context, dockerfile, secrets, obstacles } = await findPlaces(described, ground);
  const all = [...shown.obstacles, ...obstacles];
  const places = { ...(context && { context }), ...(dockerfile && { dockerfile }) };
  if (all.length > 0 || !context || !dockerfile) return { ...shown, obstacles: all, places };
  const { references, target, args } = shown;
  const placed = placeDockerfile(context, dockerfile);
  const given = args.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  const granted = secrets.map(({ id, file }): BuildSecret => ({ id, source: { from: 'file', file: ground.grant(file) } }));
  const whole = BuildInputs.safeParse({
    ...inputs,
    ...(isAbsolute(placed) ? { dockerfile: basename(placed), dockerfileFrom: ground.grant(placed) } : { dockerfile: placed }),
    references,
    ...(target && { target }),
    ...(given.length > 0 && { args: Object.fromEntries(given) }),
    ...(granted.length > 0 && { secrets: granted }),
  });
  // a build could not be started either with what is too long here
  if (!whole.success) return { ...shown, obstacles: whole.error.issues.map(obstacleOf), places };
  return { ...shown, obstacles: all, places, build: { folder: ground.grant(context), inputs: whole.data } };
}

const obstacleOf = ({ path }: { path: PropertyKey[] }): ComposeObstacle => ({ kind: 'value', option: String(path[0]), value: '' });

type Places = { context?: string; dockerfile?: string };

async function findPlaces({ context, dockerfile, secretFiles }: DescribedBuild, ground: Ground) {
  const obstacles: ComposeObstacle[] = [];
  const take = (place: Place): string | undefined => {
    if ('path' in place) return place.path;
    obstacles.push(place.obstacle);
    return undefined;
  };
  const folder = take(isRemote(context) ? { obstacle: { kind: 'remote', context } } : await findPlace(context, 'context', ground));
  const file = folder && take(await findPlace(resolve(folder, dockerfile), 'dockerfile', ground));
  const secrets: { id: string; file: string }[] = [];
  for (const secret of secretFiles) {
    const found = take(await findPlace(secret.file, 'secrets', ground));
    if (found) secrets.push({ id: secret.id, file: found });
  }
  return { context: folder, dockerfile: file, secrets, obstacles };
}

// the same words as in Compose and BuildKit
const isRemote = (context: string): boolean => context.includes('://') || /^(?:github\.com\/|git@)/.test(context);

/** Where something is once links are followed. */
async function findPlace(written: string, option: 'context' | 'dockerfile' | 'secrets', { folder, granted }: Ground): Promise<Place> {
  const meant = resolve(
    folder,
    written.replace(/^~(?=$|[\\/])/, () => homedir()),
  );
  const roots = await Promise.all(granted.map(async (root) => ({ root, real: await realpath(root) })));
  const real = await realpath(meant).catch(() => undefined);
  // of what is outside nobody is told whether it exists
  const isChosen = granted.some((root) => isWithin(root, meant)) || roots.some(({ real: root }) => isWithin(root, meant));
  if (real === undefined) return { obstacle: { kind: isChosen ? 'missing' : 'outside', option, path: meant } };
  const home = roots.find(({ real: root }) => isWithin(root, real));
  if (!home) return { obstacle: { kind: 'outside', option, path: isChosen ? real : meant } };
  const { root, real: realRoot } = home;
  const isRight = (await stat(real)).isDirectory() === (option === 'context');
  // a path without links below what was chosen: nothing that is changed later can lead out of it
  return isRight ? { path: join(root, relative(realRoot, real)) } : { obstacle: { kind: 'missing', option, path: meant } };
}
