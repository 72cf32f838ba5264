import { isReference, parseReference } from '../../../contract/reference.ts';

/** Whether an engine lists `x:1` as `docker.io/library/x:1`, and as `localhost/x:1` if a file calls an image so. */
type WritesNames = { writesNamesInFull: boolean };

/** The name that an engine lists for what was built, tagged or got as `x:1`. */
export const named =
  ({ writesNamesInFull }: WritesNames) =>
  (reference: string) => {
    // the name of a row may also be an id, or say on which engine its image is
    if (!writesNamesInFull || !isReference(reference)) return reference;
    const { registry, repository } = parseReference(reference);
    if (registry) return reference;
    return `docker.io/${repository.includes('/') ? '' : 'library/'}${reference}`;
  };

/** The name that an engine lists for what a file calls `x:1`. */
export const loadedAs =
  ({ writesNamesInFull }: WritesNames) =>
  (reference: string) =>
    writesNamesInFull && !parseReference(reference).registry ? `localhost/${reference}` : reference;
