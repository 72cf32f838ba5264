import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch, IconStack2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useMirror } from '../connection/mirror.ts';
import { imageName } from '../desk/image-name.ts';
import { openPage } from '../desk/navigation.ts';
import { useShownEngines } from '../desk/shown-engines.ts';
import { bytes } from '../ui/format.ts';
import c from './Palette.module.css';
import { paletteActions } from './palette-actions.tsx';

const mostShown = 30;

/** Every action and every image, from the keyboard. */
export function Palette() {
  const engines = useShownEngines();
  const engine = useMirror((mirror) => mirror.engine.state);
  const actions = useMemo((): SpotlightActionGroupData[] => {
    const found = engines.flatMap(({ at, name, images }) =>
      (images?.images ?? []).filter(({ references }) => references.length > 0).map((image) => ({ at, on: name, image })),
    );
    return [
      { group: 'Actions', actions: paletteActions(engine === 'connected') },
      {
        group: 'Images',
        actions: found.map(({ at, on, image }) => ({
          id: `${image.id} ${at ?? ''}`,
          label: imageName(image),
          description: engines.length > 1 ? `${bytes(image.size)} · ${on}` : bytes(image.size),
          keywords: [image.references.join(' '), image.id],
          leftSection: <IconStack2 size={16} stroke={1.6} />,
          onClick: () => openPage({ page: 'image', id: image.id, at }),
        })),
      },
    ];
  }, [engines, engine]);
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K', '/']}
      limit={mostShown}
      radius={14}
      size={560}
      overlayProps={{ blur: 0, backgroundOpacity: 1 }}
      scrollable
      maxHeight={380}
      highlightQuery
      nothingFound="Nothing matches"
      classNames={{
        content: c.content,
        search: c.search,
        action: c.action,
        actionDescription: c.description,
        actionSection: c.section,
        actionsGroup: c.group,
        overlay: c.overlay,
      }}
      searchProps={{ leftSection: <IconSearch size={16} stroke={1.6} />, placeholder: 'Search images and actions', 'aria-label': 'Search' }}
      attributes={{ content: { 'aria-label': 'Search or do anything' } }}
    />
  );
}
