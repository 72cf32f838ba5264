import { type ReactNode, useEffect, useRef } from 'react';
import { formatRoute, useNavigation } from './navigation.ts';

/** The page that had a title last: a window that was just opened takes the keyboard from nobody. */
let before: string | undefined;

type Props = { children: ReactNode; className?: string /** The title in words, where it is more than a text. */; name?: string };

/** What a page is called: also by the window, and by whoever hears it. It takes the keyboard where the page before took it along. */
export function PageTitle({ children, className, name = typeof children === 'string' ? children : '' }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const address = useNavigation(({ route: { page, id } }) => formatRoute({ page, ...(id && { id }) }));
  useEffect(() => {
    document.title = name ? `${name} · Layerdeck` : 'Layerdeck';
  }, [name]);
  useEffect(() => {
    const isNew = before !== undefined && before !== address;
    before = address;
    if (!isNew) return;
    // a dialog that closes gives the keyboard back first
    const timer = setTimeout(() => isLost() && heading.current?.focus({ preventScroll: true }));
    return () => clearTimeout(timer);
  }, [address]);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
