import type { Descriptor } from '../../../foundation/formats/manifest.ts';

/**
 * A list of a layer's files that is stored at the end of its blob, and where it is there. `zstd:chunked` is how Podman, buildah and skopeo
 * write it, `eStargz` what containerd's tools and BuildKit make. The digest comes from the image's own manifest: that of the list as it is
 * packed, or of the unpacked list.
 */
export type ToldList = { form: 'zstd:chunked' | 'eStargz'; digest: string; offset: number; packed: number };

/** The most bytes of a packed list; one of a hundred thousand files has some ten million. */
const mostPacked = 64 * 1024 ** 2;

/** What a manifest says of such a list; undefined if it says nothing, or nothing that can be. An eStargz' footer says where it is. */
export function toldListOf({ annotations = {}, size }: Descriptor): ToldList | undefined {
  const told = (key: string) => annotations[`io.github.containers.zstd-chunked.${key}`] ?? annotations[`io.containers.zstd-chunked.${key}`];
  const place = /^(\d{1,15}):(\d{1,10}):\d{1,10}:1$/.exec(told('manifest-position') ?? '');
  const [offset = 0, packed = 0] = place?.slice(1).map(Number) ?? [];
  return listAt({ form: 'zstd:chunked', digest: told('manifest-checksum') ?? '', offset, packed }, size);
}

/** Bytes of an eStargz' footer: an empty member of gzip, which says in its header where the list begins. */
export const footerSize = 51;

/** The digest that a manifest tells of an eStargz' list, which is then to be found by the footer. */
export const digestOfStargz = ({ annotations }: Descriptor): string | undefined =>
  annotations?.['containerd.io/snapshot/stargz/toc.digest'];

/** The list that an eStargz' footer leads to. */
export function stargzListOf({ size }: Descriptor, digest: string, footer: Buffer): ToldList | undefined {
  const digits = /([0-9a-f]{16})STARGZ/.exec(footer.toString('latin1'))?.[1];
  const offset = Number.parseInt(digits ?? '', 16);
  return listAt({ form: 'eStargz', digest, offset, packed: size - footerSize - offset }, size);
}

function listAt(list: ToldList, size: number): ToldList | undefined {
  const { digest, offset, packed } = list;
  const isThere = Number.isSafeInteger(offset) && packed > 0 && packed <= mostPacked && offset + packed <= size;
  return isThere && /^sha256:[0-9a-f]{64}$/.test(digest) ? list : undefined;
}

/** What the index of such a list is called, in the place of a diff id: it was not read from the layer's bytes. */
export const keyOfList = ({ digest }: ToldList): string => `list:${digest}`;

/** Whether an index was made from a list. */
export const isKeyOfList = (key: string): boolean => key.startsWith('list:');
