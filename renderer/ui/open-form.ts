import { useEffect } from 'react';
import { create } from 'zustand';

/** How many dialogs are open that a person may have filled in. */
export const useOpenForms = create<{ count: number }>(() => ({ count: 0 }));

const add = (number: number): void => useOpenForms.setState(({ count }) => ({ count: count + number }));

/** Says that what is typed must not be lost, for as long as the calling component is mounted. */
export function useIsForm(isForm: boolean): void {
  useEffect(() => {
    if (!isForm) return;
    add(1);
    return () => add(-1);
  }, [isForm]);
}
