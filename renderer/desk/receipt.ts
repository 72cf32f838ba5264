import { create } from 'zustand';
import type { GrantedPath } from '../../contract/file.ts';

/** The receipt of another computer that was dropped or chosen last: the next save is packed by it. */
export const useReceipt = create<{ receipt: GrantedPath | undefined }>(() => ({ receipt: undefined }));

export const takeReceipt = (receipt: GrantedPath | undefined): void => useReceipt.setState({ receipt });
