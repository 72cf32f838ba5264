import { notifications } from '@mantine/notifications';
import { Folded } from './Folded.tsx';
import c from './notify.module.css';
import { StateIcon } from './StateIcon.tsx';

type Shown = { title: string; detail: string; hint?: string; cause?: string };

/** A toast for what went wrong while one looked elsewhere. */
export function notifyFailure(failure: Shown, about?: string): void {
  notifications.show({
    title: failure.title,
    message: (
      <div className={c.message}>
        {about && <p className="strong">{about}</p>}
        <p>{[failure.detail, failure.hint].filter(Boolean).join(' ')}</p>
        {failure.cause && (
          <Folded summary="Details">
            <code>{failure.cause}</code>
          </Folded>
        )}
      </div>
    ),
    icon: <StateIcon state="failed" />,
    autoClose: 12_000,
    role: 'alert',
    closeButtonProps: { 'aria-label': 'Close' },
    classNames: { root: c.root, icon: c.icon, title: c.title, description: c.description, closeButton: c.close },
  });
}
