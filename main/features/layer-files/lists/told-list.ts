import type { Descriptor } from '../../../foundation/formats/manifest.ts';

/**
 * A list of a layer's files that is stored at the end of its blob (zstd:chunked, as Podman, buildah and skopeo write it): its digest,
 * and where it is. The digest is of the list as it is packed, and comes from the image's own manifest.
 */
export type ToldList = { digest: string; offset: number; packed: number; unpacked: number };

/** The most bytes of a list; one of a hundred thousand files has some fifty million. */
const mostUnpacked = 256 * 1024 ** 2;

/** What a manifest says of such a list; undefined if it says nothing, or nothing that can be. */
export function toldListOf({ annotations = {}, size }: Descriptor): ToldList | undefined {
  const told = (key: string) => annotations[`io.github.containers.zstd-chunked.${key}`] ?? annotations[`io.containers.zstd-chunked.${key}`];
  const digest = told('manifest-checksum');
  const place = /^(\d{1,15}):(\d{1,10}):(\d{1,10}):1$/.exec(told('manifest-position') ?? '');
  if (!place || digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const [offset = 0, packed = 0, unpacked = 0] = place.slice(1).map(Number);
  return offset + packed <= size && unpacked <= mostUnpacked ? { digest, offset, packed, unpacked } : undefined;
}

/** What the index of such a list is called, in the place of a diff id: it was not read from the layer's bytes. */
export const keyOfList = ({ digest }: ToldList): string => `list:${digest}`;

/** Whether an index was made from a list. */
export const isKeyOfList = (key: string): boolean => key.startsWith('list:');
