import type { ListPart } from '../../../../contract/image-list.ts';
import type { TagReader } from '../browse/tag-reader.ts';

/** Tags as parts of a list: what one saw under them, if that is known. `name` is the repository with its registry. */
export const partsOf = (name: string, tags: readonly string[], reader: Pick<TagReader, 'get'>): ListPart[] =>
  tags.map((tag) => {
    const known = reader.get(tag);
    const digest = known && 'details' in known ? `@${known.details.digest}` : '';
    return { from: 'registry', reference: `${name}:${tag}${digest}` };
  });
