import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { BuildPage } from '../build/BuildPage.tsx';
import { BuildsPage } from '../build/BuildsPage.tsx';
import { ComparePage } from '../build/compare/ComparePage.tsx';
import { useMirror } from '../connection/mirror.ts';
import { ImagePage } from '../images/ImagePage.tsx';
import { ImagesPage } from '../images/ImagesPage.tsx';
import { LayersTab } from '../layers/LayersTab.tsx';
import { AboutPage } from '../licences/AboutPage.tsx';
import { RegistryPage } from '../registry/RegistryPage.tsx';
import { TransferPage } from '../transfer/TransferPage.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { openPage, type Route, useNavigation } from '../ui/navigation.ts';
import { EngineMissing } from './EngineMissing.tsx';
import { EngineSearching } from './EngineSearching.tsx';

/** Every page by the first word of its address. */
const pages: Record<string, (route: Route) => ReactNode> = {
  images: () => <ImagesPage />,
  image: ({ id = '' }) => <ImagePage key={id} id={id} layersTab={(details) => <LayersTab key={id} details={details} />} />,
  builds: () => <BuildsPage />,
  build: ({ id = '' }) => <BuildPage key={id} id={id} />,
  compare: ({ id = '' }) => <ComparePage key={id} ids={id.split(',')} />,
  task: ({ id = '' }) => <TransferPage key={id} id={id} />,
  registry: () => <RegistryPage />,
  about: () => <AboutPage />,
};

/** What main has itself can be looked at without an engine. */
const worksWithoutEngine = new Set(['build', 'builds', 'compare', 'task', 'registry', 'about']);

export function Page() {
  const route = useNavigation((navigation) => navigation.route);
  const engine = useMirror((mirror) => mirror.engine.state);
  const arrived = useMirror((mirror) => mirror.arrived);
  if (!arrived) return null;
  if (engine !== 'connected' && !worksWithoutEngine.has(route.page)) {
    return engine === 'missing' ? <EngineMissing /> : <EngineSearching />;
  }
  return pages[route.page]?.(route) ?? <NoPage />;
}

const NoPage = () => (
  <EmptyState isPage title="There is no such page" actions={<Button onClick={() => openPage('images')}>Show images</Button>} />
);
