import type { BuildOrigin } from '../../../contract/build-record.ts';
import { useMirror } from '../../connection/mirror.ts';

/** What had a build made; absent for Layerdeck’s own builds. */
export const useOrigin = (id: string): BuildOrigin | undefined =>
  useMirror((mirror) => mirror.builds.find((build) => build.id === id)?.origin);
