import { notifications } from '@mantine/notifications';
import c from './notify.module.css';

/** A toast for something that one asked for and that has no place of its own on the page. */
export const notify = (title: string, message: string): string =>
  notifications.show({
    title,
    message,
    autoClose: 6000,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
    classNames: { root: c.root, title: c.title, description: c.description, closeButton: c.close },
  });
