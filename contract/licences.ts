import * as z from 'zod';

const LicenceText = z.object({
  file: z.string(),
  text: z.string().min(1),
  /** Shown above the text if the package itself does not contain it. */
  note: z.string().optional(),
});
export type LicenceText = z.infer<typeof LicenceText>;

/** A package whose files are in the app, with all it says about its licence; the build writes a list of them. */
export const LicensedPackage = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  /** As the package names it: "MIT", "Apache-2.0". */
  licence: z.string().min(1),
  author: z.string().optional(),
  homepage: z.string().optional(),
  /** Its licence and notices, each with the name of its file. */
  texts: z.array(LicenceText).min(1),
});
export type LicensedPackage = z.infer<typeof LicensedPackage>;

/** The app's own licence and those of the packages in it. */
export const LicenceFile = z.object({ own: LicensedPackage, packages: z.array(LicensedPackage) });
export type LicenceFile = z.infer<typeof LicenceFile>;
