import { useEffect, useId } from 'react';
import { create } from 'zustand';

/** The dialogs that are open, each above the one before. */
const useStack = create<{ ids: string[] }>(() => ({ ids: [] }));

/** Whether the calling dialog is the uppermost: keys are meant for that one alone. */
export function useIsTop(): boolean {
  const id = useId();
  useEffect(() => {
    useStack.setState(({ ids }) => ({ ids: [...ids, id] }));
    return () => useStack.setState(({ ids }) => ({ ids: ids.filter((other) => other !== id) }));
  }, [id]);
  return useStack(({ ids }) => !ids.includes(id) || ids.at(-1) === id);
}
