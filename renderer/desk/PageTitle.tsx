import { type ReactNode, useEffect, useRef } from 'react';
import { pathOf, useNavigation } from './navigation.ts';

/** The page shown before; a window that has just opened doesn’t move the focus. */
let before: string | undefined;

type Props = { children: ReactNode; className?: string /** The title as text, if it is more than that. */; name?: string };

/** The heading of a page, which is also the window’s title. It takes the focus if that was lost with the page before. */
export function PageTitle({ children, className, name = typeof children === 'string' ? children : '' }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const address = useNavigation(({ route }) => pathOf(route));
  useEffect(() => {
    document.title = name ? `${name} · Layerdeck` : 'Layerdeck';
  }, [name]);
  useEffect(() => {
    const isNew = before !== undefined && before !== address;
    before = address;
    if (!isNew) return;
    // a dialog that closes gives the focus back first
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
