import { parseReference } from '../../../contract/reference.ts';

/** Whether an engine lists `x:1` as `docker.io/library/x:1`, and as `localhost/x:1` if a file calls an image so. */
type WritesNames = { writesNamesInFull: boolean };

/** The name that an engine lists for what was built, tagged or got as `x:1`. */
export const named =
  ({ writesNamesInFull }: WritesNames) =>
  (reference: string) => {
    const { registry, repository } = parseReference(reference);
    if (!writesNamesInFull || registry) return reference;
    return `docker.io/${repository.includes('/') ? '' : 'library/'}${reference}`;
  };

/** The name that an engine lists for what a file calls `x:1`. */
export const loadedAs =
  ({ writesNamesInFull }: WritesNames) =>
  (reference: string) =>
    writesNamesInFull && !parseReference(reference).registry ? `localhost/${reference}` : reference;
