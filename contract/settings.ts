import * as z from 'zod';
import { PlaceId } from './engine.ts';

export const imageColumns = ['notes', 'size', 'own', 'used', 'created'] as const;

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic` means BuildKit if the engine has it. */
  builder: z.enum(['automatic', 'classic']),
  /**
   * Which docker command the classic builder shares its cache with: up to version 23 the command writes a file's kind into
   * its mode, later ones do not. `automatic` follows the installed command.
   */
  classicModes: z.enum(['automatic', 'docker-24', 'docker-20']),
  /** The place of the engine that does the work; null means the first that answers. */
  engine: PlaceId.nullable(),
  /** Places of engines whose images are shown beside its own. */
  beside: z.array(PlaceId).max(20),
  /** What the list of images shows besides their names. */
  imageColumns: z.array(z.enum(imageColumns)).max(imageColumns.length),
  /** Whether the list of images has a heading for each repository. */
  groupsImages: z.boolean(),
  /** For how many days moves of tags are remembered; 0 remembers none. */
  tagDays: z.number().int().min(0).max(3650),
  /** Bytes of images that tags have left and that are kept for undo; 0 keeps none. */
  undoBytes: z.number().int().min(0).max(1e15),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  builder: 'automatic',
  classicModes: 'automatic',
  engine: null,
  beside: [],
  imageColumns: ['notes', 'size', 'created'],
  groupsImages: false,
  // the longest span that a timeline shows, and a little more
  tagDays: 100,
  // an image that a tag has left stays anyway until somebody prunes; who wants more says how much
  undoBytes: 0,
};
