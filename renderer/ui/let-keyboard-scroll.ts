const focusable = 'a, button, input, select, textarea, summary, [tabindex]';

/** For a `ref`: lets the keyboard reach an element that has to be scrolled while nothing in it can have the focus. */
export function letKeyboardScroll(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return;
  const update = () => {
    const isAlone = element.scrollHeight > element.clientHeight && !element.querySelector(focusable);
    if (isAlone) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  };
  const size = new ResizeObserver(update);
  const content = new MutationObserver(update);
  size.observe(element);
  content.observe(element, { childList: true, subtree: true });
  return () => {
    size.disconnect();
    content.disconnect();
  };
}
