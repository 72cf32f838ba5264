import { useSyncExternalStore } from 'react';
import { useMirror } from '../../connection/mirror.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}

/** The scheme that main guessed and put into the page; it holds until the settings arrive, so that nothing flashes. */
const served = document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light';

/** The scheme to draw with: the chosen one, or the system’s. */
export function useColorScheme(): 'light' | 'dark' {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches);
  const theme = useMirror((mirror) => (mirror.arrived ? mirror.settings.theme : served));
  if (theme === 'system') return systemIsDark ? 'dark' : 'light';
  return theme;
}
