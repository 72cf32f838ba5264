import type { ComposeArg, ComposeObstacle } from '../../../../contract/compose.ts';
import { platform as platformPattern, variableName } from '../../../../contract/grammar.ts';
import { isReference, parseReference, withDefaultTag } from '../../../../contract/reference.ts';
import { type DescribedBuild, Findings } from './described-build.ts';
import { pairsIn, switchIn, textIn, textsIn } from './option-values.ts';
import type { ComposeModel } from './read-model.ts';
import { isPartlyKnown, type Service } from './service.ts';
import type { Lookup } from './substitute.ts';
import { isList, isMapping, type Mapping, printed, type Value } from './values.ts';

/** Options of `build:` that Layerdeck takes over; each is read below. */
const taken = new Set([
  ...['context', 'dockerfile', 'args', 'target', 'tags', 'labels', 'network', 'pull', 'no_cache'],
  ...['cache_from', 'platforms', 'secrets', 'ssh'],
]);

/** Options that change nothing in the image, only where caches go, what is attached to it, or how much a step may use. */
const harmless = new Set(['cache_to', 'provenance', 'sbom', 'shm_size', 'ulimits']);

/** Options without which another image would come of it. */
const decisive = new Set([
  'additional_contexts',
  'dockerfile_inline',
  'extra_hosts',
  'privileged',
  'entitlements',
  'isolation',
  'no_cache_filter',
]);

/** The builds of a project's services, in the file's order, before their folders are looked for. */
export const describeBuilds = (model: ComposeModel): DescribedBuild[] =>
  [...model.services].flatMap(([name, service]) => (isBuilt(service) ? [describeBuild(name, service, model)] : []));

/** Whether a service has a `build:`, or may have one in a file that can't be read. */
const isBuilt = (service: Service): boolean => service.content.has('build') || isPartlyKnown(service);

function describeBuild(name: string, service: Service, model: ComposeModel): DescribedBuild {
  const { lookup } = model;
  const found = new Findings(service.obstacles);
  const build = buildOf(service.content.get('build'), found);
  const read = new OptionReader(build, found);
  for (const option of build.keys()) judgeOption(option, build, found);
  const target = read.text('target');
  const args = argsOf(build, lookup, found);
  const { sshKeys, ...inputs } = inputsOf(read, service, lookup);
  return {
    service: name,
    context: read.text('context') ?? '.',
    dockerfile: read.text('dockerfile') || 'Dockerfile',
    ...(target && { target }),
    references: isPartlyKnown(service) ? [] : referencesOf(name, service, model, read),
    args,
    profiles: textsIn(service.content.get('profiles')) ?? [],
    unset: [...service.unset],
    asksForKeys: sshKeys,
    leftOut: found.leftOut,
    obstacles: found.obstacles,
    secretFiles: secretsOf(build, model, found),
    inputs,
  };
}

/** `build: folder` is short for `build: {context: folder}`. */
function buildOf(value: Value | undefined, found: Findings): Mapping {
  if (typeof value === 'string') return new Map([['context', value]]);
  if (isMapping(value)) return value;
  if (value !== undefined) found.refuse({ kind: 'value', option: 'build', value: printed(value) ?? '' });
  return new Map();
}

function judgeOption(option: string, build: Mapping, found: Findings): void {
  if (taken.has(option) || option.startsWith('x-') || isEmpty(build.get(option))) return;
  if (harmless.has(option)) found.leftOut.push(option);
  else found.refuse({ kind: decisive.has(option) ? 'option' : 'unknown-option', option });
}

/** Whether an option says as much as its absence. */
const isEmpty = (value: Value | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (isList(value) && value.length === 0) ||
  (isMapping(value) && value.size === 0);

/** Reads options, and refuses those whose value Compose would refuse. */
class OptionReader {
  readonly #build: Mapping;
  readonly found: Findings;

  constructor(build: Mapping, found: Findings) {
    this.#build = build;
    this.found = found;
  }

  text = (option: string): string | undefined => this.#read(option, textIn);
  texts = (option: string): string[] => this.#read(option, textsIn) ?? [];
  switch = (option: string): boolean => this.#read(option, switchIn) ?? false;
  pairs = (option: string): ComposeArg[] => this.#read(option, (value) => pairsIn(value, () => undefined)) ?? [];

  #read<T>(option: string, read: (value: Value) => T | undefined): T | undefined {
    const value = this.#build.get(option);
    if (value === undefined || value === null) return undefined;
    return read(value) ?? this.found.refuse({ kind: 'value', option, value: printed(value) ?? '' });
  }
}

function argsOf(build: Mapping, lookup: Lookup, found: Findings): ComposeArg[] {
  const value = build.get('args');
  if (value === undefined || value === null) return [];
  const args = pairsIn(value, lookup);
  if (!args) return found.refuse({ kind: 'value', option: 'args', value: '' }) ?? [];
  for (const { name } of args.filter((arg) => !variableName.test(arg.name))) found.refuse({ kind: 'value', option: 'args', value: name });
  return args;
}

function inputsOf(read: OptionReader, service: Service, lookup: Lookup): DescribedBuild['inputs'] & { sshKeys: boolean } {
  const labels = Object.fromEntries(read.pairs('labels').map(({ name, value = '' }) => [name, value]));
  const platform = platformOf(read, service, lookup);
  const network = networkOf(read);
  const { cacheFrom, others } = cacheSourcesOf(read);
  if (others) read.found.leftOut.push('cache_from');
  return {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(platform && { platform }),
    ...(network && { network }),
    ...(cacheFrom.length > 0 && { cacheFrom }),
    ...(read.switch('pull') && { pullBase: true }),
    ...(read.switch('no_cache') && { noCache: true }),
    sshKeys: asksForKeys(read),
  };
}

/** Images to reuse steps from; other sources, such as a folder, only make builds faster. */
function cacheSourcesOf(read: OptionReader): { cacheFrom: string[]; others: boolean } {
  const sources = read.texts('cache_from');
  const images = sources.filter(isReference).map(withDefaultTag);
  return { cacheFrom: [...new Set(images)].slice(0, 20), others: images.length < sources.length };
}

function networkOf(read: OptionReader): 'default' | 'none' | 'host' | undefined {
  const network = read.text('network');
  if (!network) return undefined;
  if (network === 'none' || network === 'host' || network === 'default') return network;
  return read.found.refuse({ kind: 'value', option: 'network', value: network });
}

/** One platform, as `platforms:`, the service's `platform:` or `DOCKER_DEFAULT_PLATFORM` say it. */
function platformOf(read: OptionReader, service: Service, lookup: Lookup): string | undefined {
  const listed = read.texts('platforms');
  const meant = [lookup('DOCKER_DEFAULT_PLATFORM'), textIn(service.content.get('platform'))].filter(
    (one) => one !== undefined && one !== '',
  );
  const all = [...new Set([...meant, ...listed])] as string[];
  const unlisted = listed.length > 0 ? all.find((one) => !listed.includes(one)) : undefined;
  const wrong = unlisted ?? all.find((one) => !platformPattern.test(one));
  if (wrong !== undefined) return read.found.refuse({ kind: 'value', option: 'platform', value: wrong });
  return all.length > 1 ? read.found.refuse({ kind: 'platforms', platforms: all }) : all[0];
}

/** Only the agent's own keys can be lent: no key is read from a file. */
function asksForKeys(read: OptionReader): boolean {
  const keys = read.pairs('ssh');
  if (keys.some(({ name, value }) => name !== 'default' || value !== undefined)) read.found.refuse({ kind: 'option', option: 'ssh' });
  return keys.length > 0;
}

/** `image:` or the name that Compose makes up, then `tags:`. */
function referencesOf(name: string, { content }: Service, { name: project }: ComposeModel, read: OptionReader): string[] {
  const image = textIn(content.get('image'));
  if (!image && !project) read.found.refuse({ kind: 'no-name' });
  const named = image || (project ? `${project}-${name}` : undefined);
  const all = [...(named ? [named] : []), ...read.texts('tags')];
  const wrong = all.filter((one) => !isReference(one) || parseReference(one).digest !== undefined);
  for (const value of wrong)
    read.found.refuse({ kind: 'value', option: value === image ? 'image' : value === named ? 'name' : 'tags', value });
  if (all.length > 20) read.found.refuse({ kind: 'value', option: 'tags', value: '' });
  return [...new Set(all.filter((one) => !wrong.includes(one)).map(withDefaultTag))];
}

/** Files of the project's secrets that the build names. Secrets from elsewhere cannot be handed over as Compose does. */
function secretsOf(build: Mapping, { secrets }: ComposeModel, found: Findings): { id: string; file: string }[] {
  const value = build.get('secrets');
  if (isEmpty(value)) return [];
  if (!isList(value)) return found.refuse({ kind: 'value', option: 'secrets', value: '' }) ?? [];
  return value.flatMap((one) => {
    const id = isMapping(one) && one.size === 1 ? one.get('source') : one;
    const meant = typeof id === 'string' ? secrets.get(id) : undefined;
    const file = isMapping(meant) ? textIn(meant.get('file')) : undefined;
    if (typeof id === 'string' && file) return [{ id, file }];
    found.refuse({ kind: 'option', option: 'secrets' } satisfies ComposeObstacle);
    return [];
  });
}
