import type { ReactNode, Ref, UIEvent } from 'react';

type Props = {
  label: string;
  children: ReactNode;
  className?: string;
  ref?: Ref<HTMLElement>;
  onScroll?(event: UIEvent<HTMLElement>): void;
};

/** Something long with nothing to press in it: it takes the focus itself, so that the arrow keys can scroll it. */
export const ScrollRegion = ({ label, children, className, ref, onScroll }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section ref={ref} className={`scroll ${className ?? ''}`} aria-label={label} tabIndex={0} onScroll={onScroll}>
    {children}
  </section>
);
