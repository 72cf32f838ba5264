import { z } from 'zod';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic`, or the id of the engine the user chose. */
  engine: z.string().max(500),
  builder: z.enum(['automatic', 'classic']),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = { theme: 'system', engine: 'automatic', builder: 'automatic' };
