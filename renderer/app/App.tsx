import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useNavigation } from '../desk/navigation.ts';
import { useColorScheme } from '../features/settings/use-color-scheme.ts';
import { ActivityPanel } from '../features/tasks/ActivityPanel.tsx';
import { theme } from '../ui/theme.ts';
import { Dialogs } from './Dialogs.tsx';
import { DropZone } from './DropZone.tsx';
import { Page } from './Page.tsx';
import { Palette } from './Palette.tsx';
import { Questions } from './Questions.tsx';
import { Shell } from './Shell.tsx';
import { useFailureToasts } from './use-failure-toasts.ts';

/** The whole window. */
export function App({ nonce }: { nonce: string }) {
  const scheme = useColorScheme();
  const activityOpen = useNavigation((navigation) => navigation.activityOpen);
  useFailureToasts();
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} getStyleNonce={() => nonce}>
      <Shell>
        <Page />
      </Shell>
      {activityOpen && <ActivityPanel />}
      <Dialogs />
      <Questions />
      <DropZone />
      <Palette />
      <Notifications position="bottom-right" containerWidth={380} limit={3} />
    </MantineProvider>
  );
}
