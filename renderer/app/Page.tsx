import { Button } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import type { ImageDetails } from '../../contract/image.ts';
import { useMirror } from '../connection/mirror.ts';
import { EmptyState } from '../desk/EmptyState.tsx';
import { EngineScope } from '../desk/engine-scope.ts';
import { openPage, type Place, pathOf, useNavigation } from '../desk/navigation.ts';
import { BuildPage } from '../features/builds/BuildPage.tsx';
import { BuildsPage } from '../features/builds/BuildsPage.tsx';
import { ComparePage } from '../features/builds/compare/ComparePage.tsx';
import { DiskPage } from '../features/disk/DiskPage.tsx';
import { EnginesPage } from '../features/engines/EnginesPage.tsx';
import { ImagePage } from '../features/images/ImagePage.tsx';
import { ImagesPage } from '../features/images/ImagesPage.tsx';
import { CompareImagesPage } from '../features/layer-files/compare/CompareImagesPage.tsx';
import { FilesPage } from '../features/layer-files/FilesPage.tsx';
import { FilesTab } from '../features/layer-files/FilesTab.tsx';
import { LayersTab } from '../features/layers/LayersTab.tsx';
import { AboutPage } from '../features/licences/AboutPage.tsx';
import { OriginTab } from '../features/origin/OriginTab.tsx';
import { BrowsePage } from '../features/registry/browse/BrowsePage.tsx';
import { RegistryPage } from '../features/registry/RegistryPage.tsx';
import { RepositoriesPage } from '../features/tags/RepositoriesPage.tsx';
import { TagsPage } from '../features/tags/TagsPage.tsx';
import { TransferPage } from '../features/transfer/TransferPage.tsx';
import { TrialPage } from '../features/trials/TrialPage.tsx';
import { TrialsPage } from '../features/trials/TrialsPage.tsx';
import { EngineMissing } from './EngineMissing.tsx';
import { EngineSearching } from './EngineSearching.tsx';

/** The pieces of `ui/`, for developers and tests: no packaged app has it. */
const Gallery =
  import.meta.env.MODE === 'production'
    ? undefined
    : lazy(async () => ({ default: (await import('./gallery/GalleryPage.tsx')).GalleryPage }));

function show(route: Place): ReactNode {
  switch (route.page) {
    case 'images':
      return <ImagesPage />;
    case 'image':
      return (
        <EngineScope value={route.at}>
          <ImagePage
            key={pathOf(route)}
            id={route.id}
            layersTab={(details) => <LayersTab key={route.id} details={details} />}
            originTab={(details) => <OriginTab key={route.id} details={details} />}
            filesTab={(details) => <ImageFiles details={details} at={route.at} />}
          />
        </EngineScope>
      );
    case 'files':
      return <FilesPage key={pathOf(route)} source={route.from} name={route.name} />;
    case 'tags':
      return (
        <EngineScope value={route.at}>
          {route.repository === undefined ? (
            <RepositoriesPage />
          ) : (
            <TagsPage key={pathOf(route)} repository={route.repository} inRegistry={route.inRegistry ?? false} />
          )}
        </EngineScope>
      );
    case 'builds':
      return <BuildsPage />;
    case 'build':
      return <BuildPage key={route.id} id={route.id} />;
    case 'compare':
      return <ComparePage key={route.ids.join(',')} ids={route.ids} />;
    case 'compare-images':
      return <CompareImagesPage sides={route.sides} />;
    case 'task':
      return <TransferPage key={route.id} id={route.id} />;
    case 'trials':
      return <TrialsPage />;
    case 'trial':
      return <TrialPage key={route.id} id={route.id} />;
    case 'registry':
      return <RegistryPage />;
    case 'browse':
      return <BrowsePage key={route.registry} registry={route.registry} repository={route.repository} />;
    case 'disk':
      return <DiskPage />;
    case 'engines':
      return <EnginesPage />;
    case 'about':
      return <AboutPage />;
    case 'gallery':
      return Gallery ? <Gallery /> : <NoPage />;
    case 'nowhere':
      return <NoPage />;
  }
}

/** Pages that need no engine: main itself knows what they show. */
const worksWithoutEngine: ReadonlySet<Place['page']> = new Set([
  'build',
  'builds',
  'compare',
  'compare-images',
  'files',
  'task',
  'registry',
  'browse',
  'engines',
  'about',
  'gallery',
]);

export function Page() {
  const route = useNavigation((navigation) => navigation.route);
  const engine = useMirror((mirror) => mirror.engine.state);
  const arrived = useMirror((mirror) => mirror.arrived);
  // what another engine has is shown all the same
  const hasOther = useMirror(({ beside }) => beside.some(({ engine: other }) => other.state === 'connected')) && isOfImages(route);
  const isOfRegistry = route.page === 'tags' && route.inRegistry;
  if (!arrived) return null;
  if (engine !== 'connected' && !worksWithoutEngine.has(route.page) && !hasOther && !isOfRegistry) {
    return engine === 'missing' ? <EngineMissing /> : <EngineSearching />;
  }
  return <Suspense>{show(route)}</Suspense>;
}

function ImageFiles({ details: { id, layers }, at }: { details: ImageDetails; at: string | undefined }) {
  const sizes = new Map(layers.flatMap(({ diffId, size }) => (diffId ? [[diffId, size] as const] : [])));
  return <FilesTab source={{ kind: 'engine', image: id, ...(at !== undefined && { at }) }} sizes={sizes} />;
}

const isOfImages = (route: Place): boolean =>
  route.page === 'images' || ((route.page === 'image' || route.page === 'tags') && route.at !== undefined);

const NoPage = () => (
  <EmptyState isPage title="This page doesn’t exist" actions={<Button onClick={() => openPage({ page: 'images' })}>Show images</Button>} />
);
