import { createContext, useContext } from 'react';
import type { ImageList } from '../../contract/image.ts';
import { type Mirror, useMirror } from '../connection/mirror.ts';
import { type OpenDialog, openDialog } from './dialogs.ts';

const Scope = createContext<string | undefined>(undefined);

/** Around everything that is about one of the engines beside the one in use: its place. */
export const EngineScope = Scope.Provider;

/** The place of the engine that this part of the window is about; undefined for the one in use. */
export const useEngineScope = (): string | undefined => useContext(Scope);

/** The same, with the place of the one in use by name; undefined while there is none. */
export function useEnginePlace(): string | undefined {
  const at = useEngineScope();
  const inUse = useMirror(({ engine }) => (engine.state === 'connected' ? engine.candidate.id : undefined));
  return at ?? inUse;
}

/** Opens dialogs about the engine that this part of the window is about. */
export function useOpenDialog(): (dialog: OpenDialog) => void {
  const at = useEngineScope();
  return (dialog) => openDialog({ ...dialog, at });
}

/** The images of the engine that this part of the window is about. */
export function useImagesHere(): ImageList | undefined {
  const at = useEngineScope();
  return useMirror((mirror) => imagesAt(mirror, at));
}

export const imagesAt = (mirror: Mirror, at: string | undefined): ImageList | undefined =>
  at === undefined ? mirror.images : mirror.beside.find(({ place }) => place === at)?.images;
