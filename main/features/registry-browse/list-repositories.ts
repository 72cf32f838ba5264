import type { Failure } from '../../../contract/failure.ts';
import { parseReference } from '../../../contract/reference.ts';
import { type RepositoriesPart, RepositoryPath } from '../../../contract/registry-browse.ts';
import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';
import { pagesOf } from '../../foundation/registries/read-pages.ts';
import type { RegistryClient } from '../../foundation/registries/registry-client.ts';

/** The most repositories to read; nobody looks through more. */
const most = 50_000;

/** The repositories of a registry page by page; where it gives no list, those that are known from the names of images. */
export async function* listRepositories(
  client: RegistryClient,
  known: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<RepositoriesPart> {
  let read = 0;
  try {
    const pages = { url: '/v2/_catalog?n=1000', member: 'repositories', scopes: ['registry:catalog:*'], most, signal };
    for await (const page of pagesOf(client, pages)) {
      const names = page.filter((name) => RepositoryPath.safeParse(name).success);
      read += page.length;
      yield { kind: 'listed', names, odd: page.length - names.length };
    }
    if (read >= most) yield { kind: 'cut-off', after: most };
  } catch (error) {
    signal?.throwIfAborted();
    if (read > 0 || !(error instanceof RegistryError) || !givesNoList(error)) throw error;
    yield { kind: 'unlisted', names: [...known], failure: noList(client.registry, error) };
  }
}

/** What is said of Docker Hub, which isn't even asked: it has no such list. */
export const unlistedHub = (known: readonly string[]): RepositoriesPart => ({
  kind: 'unlisted',
  names: [...known],
  failure: noList('docker.io'),
});

/** The repositories of a registry that the names of images name, sorted. */
export function repositoriesIn(registry: string, names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const name of names) {
    try {
      const { registry: host = 'docker.io', repository } = parseReference(name);
      if (host === registry) found.add(registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository);
    } catch {
      // an engine has names that follow no grammar
    }
  }
  return [...found].sort();
}

// a registry that is ill or wants to be left alone is not one without a list
const givesNoList = ({ status }: RegistryError): boolean =>
  (status >= 400 && status < 500 && status !== 408 && status !== 429) || status === 501;

function noList(registry: string, error?: RegistryError): Failure {
  const name = registry === 'docker.io' ? 'Docker Hub' : registry;
  const wantsLogin = error?.status === 401 && !error.hadLogin;
  return {
    kind: wantsLogin ? 'sign-in' : 'registry-refused',
    title: `${name} doesn’t list its repositories`,
    detail: 'These are the ones that images on your engine are named after. There may be others.',
    hint: wantsLogin
      ? 'Type the name of a repository, or sign in: it may list more then.'
      : 'Type the name of a repository to look into it.',
    registry,
    ...(error && { cause: error.message }),
  };
}
