import { shownName } from '../formats/name-bytes.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';

// GNU tar's --sparse in its own format, which engines refuse too

const unpackAndPack =
  'The file was packed by a program that leaves out empty stretches (tar --sparse), in a format that engines can’t read. Unpack it and pack the result without that option.';

export const layerWithHoles = new RefusedArchive('A layer is stored with holes', unpackAndPack);

/** For one of a system's files. */
export const fileWithHoles = (name: string): RefusedArchive =>
  new RefusedArchive('A file of the system is stored with holes', `It is “${shownName(name.slice(0, 60))}”. ${unpackAndPack}`);
