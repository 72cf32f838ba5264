import { lookAtFile, type Tarball } from '../formats/packing/look-at-file.ts';
import { refuseFile } from './refuse-file.ts';

/** Examines a file that should be a tarball. If it is not one, throws a refusal that says what it is. */
export async function lookAtTarball(path: string): Promise<Tarball> {
  const file = await lookAtFile(path);
  const { packing } = file;
  if (!packing) throw refuseFile(file);
  return { ...file, packing };
}
