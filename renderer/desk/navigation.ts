import { create } from 'zustand';
import type { FilesSource } from '../../contract/layer-files.ts';

const imageTabs = ['layers', 'files', 'config', 'origin', 'tags', 'inspect'] as const;
export type ImageTab = (typeof imageTabs)[number];

/** An image on the engine at a place, or on the one in use. */
export type ImageRoute = { page: 'image'; id: string; at?: string | undefined; tab?: ImageTab | undefined };

/** The files of an image that no engine need have: in a registry, or in a file, by the name that it has there. */
export type FilesRoute = { page: 'files'; from: Exclude<FilesSource, { kind: 'engine' }>; name: string };

/** One of two images that are compared, wherever it is; `name` is what a person calls it. */
export type ComparedSide = { from: FilesSource; name: string };

/** Two images beside each other; one that isn't there is still to be chosen. */
export type CompareImagesRoute = { page: 'compare-images'; sides: [ComparedSide | null, ComparedSide | null] };
/** Where tags were before: those of a repository, on an engine or in its registry; without one, which there are. */
export type TagsRoute = { page: 'tags'; repository?: string | undefined; at?: string | undefined; inRegistry?: true | undefined };

/** What is in a registry; of one of its repositories, its tags. */
export type BrowseRoute = { page: 'browse'; registry: string; repository?: string | undefined };

/** A page that can be opened, with what it is about. */
export type Route =
  | { page: 'images' | 'trials' | 'builds' | 'registry' | 'disk' | 'engines' | 'about' | 'gallery' }
  | ImageRoute
  | FilesRoute
  | CompareImagesRoute
  | TagsRoute
  | BrowseRoute
  | { page: 'build' | 'task' | 'trial'; id: string }
  | { page: 'compare'; ids: string[] };

/** Where the window is: an address that somebody typed may lead nowhere. */
export type Place = Route | { page: 'nowhere' };

/** Makes a route of each page from the rest of its address; of an address without the id that the page needs, none. */
const readers: Record<Route['page'], (id: string, query: URLSearchParams) => Route | undefined> = {
  images: () => ({ page: 'images' }),
  trials: () => ({ page: 'trials' }),
  builds: () => ({ page: 'builds' }),
  registry: () => ({ page: 'registry' }),
  disk: () => ({ page: 'disk' }),
  engines: () => ({ page: 'engines' }),
  about: () => ({ page: 'about' }),
  gallery: () => ({ page: 'gallery' }),
  image: (id, query) =>
    id ? { page: 'image', id, at: query.get('at') ?? undefined, tab: imageTabs.find((tab) => tab === query.get('tab')) } : undefined,
  build: (id) => (id ? { page: 'build', id } : undefined),
  trial: (id) => (id ? { page: 'trial', id } : undefined),
  task: (id) => (id ? { page: 'task', id } : undefined),
  files: readFiles,
  'compare-images': readSides,
  tags: (repository, query) => ({
    page: 'tags',
    repository: repository || undefined,
    at: query.get('at') ?? undefined,
    inRegistry: query.has('registry') || undefined,
  }),
  browse: (place) => {
    const [registry = '', ...path] = place.split('/');
    return registry ? { page: 'browse', registry, repository: path.join('/') || undefined } : undefined;
  },
  compare: (id) => (id ? { page: 'compare', ids: id.split(',') } : undefined),
};

/** Main checks what it is asked for; here it only has to be a source at all. */
function readFiles(id: string): FilesRoute | undefined {
  try {
    const [from, name] = JSON.parse(id) as [FilesRoute['from'], string];
    return (from.kind === 'registry' || from.kind === 'archive') && typeof name === 'string' ? { page: 'files', from, name } : undefined;
  } catch {
    return undefined;
  }
}

function readSides(id: string): CompareImagesRoute | undefined {
  try {
    const sides = JSON.parse(id) as (ComparedSide | null)[];
    const isSide = (side: unknown) =>
      side === null || (typeof (side as ComparedSide).name === 'string' && 'kind' in (side as ComparedSide).from);
    return sides.length === 2 && sides.every(isSide) ? { page: 'compare-images', sides: sides as CompareImagesRoute['sides'] } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the address after `#`: `#/image/sha256:…?tab=tags`. */
export function parseRoute(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', id = ''] = path.split('/');
  if (page === '') return { page: 'images' };
  const read = isPage(page) ? readers[page] : undefined;
  return read?.(decoded(id), new URLSearchParams(query)) ?? { page: 'nowhere' };
}

const isPage = (page: string): page is Route['page'] => Object.hasOwn(readers, page);

// somebody may have typed an invalid escape
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a page, whichever of its tabs is open. */
export function pathOf(route: Place): string {
  if (route.page === 'files') return `#/files/${encodeURIComponent(JSON.stringify([route.from, route.name]))}`;
  if (route.page === 'compare-images') return `#/compare-images/${encodeURIComponent(JSON.stringify(route.sides))}`;
  if (route.page === 'browse') return `#/browse/${encodeURIComponent([route.registry, route.repository ?? []].flat().join('/'))}`;
  const id = route.page === 'tags' ? (route.repository ?? '') : 'ids' in route ? route.ids.join(',') : 'id' in route ? route.id : undefined;
  if (route.page === 'tags' && route.inRegistry) return `#/tags/${encodeURIComponent(route.repository ?? '')}?registry`;
  const at = 'at' in route && route.at ? `?at=${encodeURIComponent(route.at)}` : '';
  return id === undefined ? `#/${route.page}` : `#/${route.page}/${encodeURIComponent(id)}${at}`;
}

export function formatRoute(route: Route): string {
  const path = pathOf(route);
  return 'tab' in route && route.tab ? `${path}${path.includes('?') ? '&' : '?'}tab=${route.tab}` : path;
}

type Navigation = { route: Place; activityOpen: boolean };

export const useNavigation = create<Navigation>(() => ({ route: parseRoute(globalThis.location?.hash ?? ''), activityOpen: false }));

globalThis.addEventListener?.('hashchange', () => useNavigation.setState({ route: parseRoute(location.hash) }));

export function openPage(route: Route): void {
  location.hash = formatRoute(route);
}

/** Changes the tab without adding a step to the way back. */
export function openTab(image: Pick<ImageRoute, 'id' | 'at'>, tab: ImageTab): void {
  location.replace(formatRoute({ page: 'image', ...image, tab }));
}

/** Compares an image with one that is chosen, or, on a page that waits for its second image, with the one there. */
export function compareWith(side: ComparedSide): void {
  const { route } = useNavigation.getState();
  const free = route.page === 'compare-images' ? route.sides.indexOf(null) : -1;
  if (route.page === 'compare-images' && free >= 0) showSides(route.sides.with(free, side) as CompareImagesRoute['sides']);
  else openPage({ page: 'compare-images', sides: [side, null] });
}

/** Changes what is compared without adding a step to the way back. */
export const showSides = (sides: CompareImagesRoute['sides']): void => location.replace(formatRoute({ page: 'compare-images', sides }));

/** Goes back to the page before, or to the given one if there is none. */
export function goBack(otherwise: Route): void {
  if (history.length > 1) history.back();
  else openPage(otherwise);
}

export const showActivity = (open: boolean): void => useNavigation.setState({ activityOpen: open });
