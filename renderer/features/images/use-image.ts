import type { ImageSummary } from '../../../contract/image.ts';
import { useImagesHere } from '../../desk/engine-scope.ts';

export const useImage = (id: string): ImageSummary | undefined => useImagesHere()?.images.find((image) => image.id === id);
