import type { ImageSummary } from '../../../contract/image.ts';
import { useMirror } from '../../connection/mirror.ts';

export const useImage = (id: string): ImageSummary | undefined =>
  useMirror((mirror) => mirror.images?.images.find((image) => image.id === id));
