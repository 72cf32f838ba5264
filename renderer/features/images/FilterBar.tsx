import { grouped } from '../../ui/format.ts';
import { SearchBox } from '../../ui/SearchBox.tsx';
import c from './FilterBar.module.css';
import { FilterMenu } from './FilterMenu.tsx';
import { filters, type ImageFilter } from './filter-rows.ts';
import type { ImageRow } from './image-row.ts';
import { searchFor, showFilter, useImageList } from './list-store.ts';
import { ViewMenu } from './ViewMenu.tsx';

/** Id of the list's own search field, which the key `/` moves to. */
export const searchFieldId = 'image-search';

type Props = { counts: Record<ImageFilter, number>; rows: readonly ImageRow[] };

export function FilterBar({ counts, rows }: Props) {
  const filter = useImageList((list) => list.filter);
  const text = useImageList((list) => list.text);
  return (
    <div className={c.bar}>
      <fieldset className={c.filters} aria-label="Show">
        {filters.map(({ id, label }) => (
          <button key={id} type="button" className={c.filter} aria-pressed={filter === id} onClick={() => showFilter(id)}>
            {label} <span className="num">{grouped(counts[id])}</span>
          </button>
        ))}
      </fieldset>
      <SearchBox
        id={searchFieldId}
        className={c.search}
        label="Search images"
        placeholder="Name, tag or id"
        text={text}
        onText={searchFor}
      />
      <FilterMenu rows={rows} />
      <ViewMenu />
    </div>
  );
}
