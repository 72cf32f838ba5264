import type { SpotlightActionData } from '@mantine/spotlight';
import {
  IconActivity,
  IconArrowsDiff,
  IconBuildingWarehouse,
  IconChartTreemap,
  IconClipboardCheck,
  IconCopy,
  IconDeviceDesktop,
  IconDownload,
  IconFileZip,
  IconHammer,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconMoon,
  IconPalette,
  IconPlus,
  IconServer,
  IconStack2,
  IconSun,
  IconWorldSearch,
} from '@tabler/icons-react';
import { changeSettings } from '../desk/change-settings.ts';
import { chooseArchives } from '../desk/choose-archives.ts';
import { openDialog } from '../desk/dialogs.ts';
import { openPage, showActivity } from '../desk/navigation.ts';
import { askAboutAll } from '../desk/newer.ts';
import { saveReceipt } from '../desk/save-receipt.ts';

const icon = { size: 16, stroke: 1.6 };

/** What can be done from anywhere; without an engine, only what needs none. */
export function paletteActions(hasEngine: boolean): SpotlightActionData[] {
  const always: SpotlightActionData[] = [
    {
      id: 'open',
      label: 'Open a file…',
      keywords: 'load import tar build record dockerbuild',
      leftSection: <IconFileZip {...icon} />,
      onClick: () => void chooseArchives(),
    },
    {
      id: 'compare',
      label: 'Compare two images…',
      keywords: 'diff difference versions files packages',
      leftSection: <IconArrowsDiff {...icon} />,
      onClick: () => openPage({ page: 'compare-images', sides: [null, null] }),
    },
    { id: 'builds', label: 'Show builds', leftSection: <IconHammer {...icon} />, onClick: () => openPage({ page: 'builds' }) },
    {
      id: 'registry',
      label: 'Show the registry',
      leftSection: <IconBuildingWarehouse {...icon} />,
      onClick: () => openPage({ page: 'registry' }),
    },
    {
      id: 'engines',
      label: 'Show engines',
      keywords: 'docker podman context switch ssh remote',
      leftSection: <IconServer {...icon} />,
      onClick: () => openPage({ page: 'engines' }),
    },
    {
      id: 'receipt',
      label: 'Make a receipt of this engine’s layers…',
      keywords: 'suitcase offline another computer missing air gap',
      leftSection: <IconClipboardCheck {...icon} />,
      onClick: () => void saveReceipt(undefined),
    },
    {
      id: 'copy',
      label: 'Copy an image…',
      keywords: 'registry tarball file without engine',
      leftSection: <IconCopy {...icon} />,
      onClick: () => openDialog({ name: 'copy' }),
    },
    {
      id: 'ask-for-newer',
      label: 'Ask registries for newer images',
      keywords: 'update outdated check latest',
      leftSection: <IconWorldSearch {...icon} />,
      onClick: () => void askAboutAll(),
    },
    {
      id: 'sign-in',
      label: 'Sign in to a registry…',
      keywords: 'login account password',
      leftSection: <IconKey {...icon} />,
      onClick: () => openDialog({ name: 'sign-in' }),
    },
    { id: 'activity', label: 'Show activity', leftSection: <IconActivity {...icon} />, onClick: () => showActivity(true) },
    {
      id: 'about',
      label: 'About Layerdeck and licences',
      keywords: 'version license open source packages third party',
      leftSection: <IconInfoCircle {...icon} />,
      onClick: () => openPage({ page: 'about' }),
    },
    { id: 'light', label: 'Use the light theme', leftSection: <IconSun {...icon} />, onClick: () => changeSettings({ theme: 'light' }) },
    { id: 'dark', label: 'Use the dark theme', leftSection: <IconMoon {...icon} />, onClick: () => changeSettings({ theme: 'dark' }) },
    {
      id: 'system',
      label: 'Use the system’s theme',
      leftSection: <IconDeviceDesktop {...icon} />,
      onClick: () => changeSettings({ theme: 'system' }),
    },
  ];
  return [...(hasEngine ? withEngine : []), ...always, ...inDevelopment];
}

/** The way to the gallery, which packaged apps do not have. */
const inDevelopment: SpotlightActionData[] =
  import.meta.env.MODE === 'production'
    ? []
    : [{ id: 'gallery', label: 'Show the gallery', leftSection: <IconPalette {...icon} />, onClick: () => openPage({ page: 'gallery' }) }];

const withEngine: SpotlightActionData[] = [
  {
    id: 'build',
    label: 'Build an image…',
    keywords: 'dockerfile',
    leftSection: <IconPlus {...icon} />,
    onClick: () => openDialog({ name: 'build' }),
  },
  {
    id: 'pull',
    label: 'Get an image…',
    keywords: 'pull download',
    leftSection: <IconDownload {...icon} />,
    onClick: () => openDialog({ name: 'pull' }),
  },
  {
    id: 'disk',
    label: 'Make room on the disk',
    keywords: 'clean up prune space free gb dangling cache',
    leftSection: <IconChartTreemap {...icon} />,
    onClick: () => openPage({ page: 'disk' }),
  },
  {
    id: 'tags',
    label: 'Show tags over time',
    keywords: 'history moves latest undo timeline repository',
    leftSection: <IconHistory {...icon} />,
    onClick: () => openPage({ page: 'tags' }),
  },
  { id: 'images', label: 'Show images', leftSection: <IconStack2 {...icon} />, onClick: () => openPage({ page: 'images' }) },
];
