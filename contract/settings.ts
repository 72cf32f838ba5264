import { z } from 'zod';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic` is BuildKit where the engine has it. */
  builder: z.enum(['automatic', 'classic']),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = { theme: 'system', builder: 'automatic' };
