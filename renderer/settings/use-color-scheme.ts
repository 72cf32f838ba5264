import { useSyncExternalStore } from 'react';
import { useMirror } from '../connection/mirror.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}

/** Main put its guess into the page; it holds until the settings arrive, so that nothing flashes. */
const served = document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light';

/** The scheme to draw with: as chosen, or as the system has it. */
export function useColorScheme(): 'light' | 'dark' {
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches);
  const theme = useMirror((mirror) => (mirror.arrived ? mirror.settings.theme : served));
  if (theme === 'system') return systemIsDark ? 'dark' : 'light';
  return theme;
}
