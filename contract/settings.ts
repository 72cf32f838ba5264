import * as z from 'zod';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** `automatic` is BuildKit where the engine has it. */
  builder: z.enum(['automatic', 'classic']),
  /**
   * Whose cache the classic builder shares: docker's command up to 23 writes the kind of a file into its mode, later ones
   * do not. `automatic` follows the command that is installed.
   */
  classicModes: z.enum(['automatic', 'docker-24', 'docker-20']),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = { theme: 'system', builder: 'automatic', classicModes: 'automatic' };
