import { create } from 'zustand';

/** The address after `#`: `#/image/sha256:…?tab=tags`. */
export type Route = { page: string; id?: string; tab?: string };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', id] = path.split('/');
  const tab = new URLSearchParams(query).get('tab');
  return { page: page || 'images', ...(id && { id: decoded(id) }), ...(tab && { tab }) };
}

// an address that somebody typed may be no address; the page then says that it does not know it
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function formatRoute({ page, id, tab }: Route): string {
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${tab ? `?tab=${encodeURIComponent(tab)}` : ''}`;
}

type Navigation = { route: Route; activityOpen: boolean };

export const useNavigation = create<Navigation>(() => ({ route: parseRoute(globalThis.location?.hash ?? ''), activityOpen: false }));

globalThis.addEventListener?.('hashchange', () => useNavigation.setState({ route: parseRoute(location.hash) }));

export function openPage(page: string, id?: string): void {
  location.hash = formatRoute({ page, id });
}

/** A change of tab is no step of its own on the way back. */
export function openTab(tab: string): void {
  location.replace(formatRoute({ ...useNavigation.getState().route, tab }));
}

/** Back to where one came from; to the given page where that is nowhere. */
export function goBack(otherwise: string): void {
  if (history.length > 1) history.back();
  else openPage(otherwise);
}

export const showActivity = (open: boolean): void => useNavigation.setState({ activityOpen: open });
