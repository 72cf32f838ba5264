/** What happens to one layer on its way from or to a registry. */
export type LayerTransferState =
  | 'waiting'
  | 'downloading'
  | 'checking'
  | 'unpacking'
  | 'preparing'
  | 'uploading'
  | 'retrying'
  | 'done'
  | 'there-already'
  | 'mounted';

export type LayerTransfer = {
  /** As the engine names it: the start of the blob's digest (pull) or of the diff id (push). */
  id: string;
  state: LayerTransferState;
  bytes?: { done: number; total?: number };
  /** Repository the registry took the layer from. */
  mountedFrom?: string;
  /** Seconds until the engine tries again. */
  retryInSeconds?: number;
  /** Seconds of unpacking, where the engine counts time and not bytes. */
  unpackingSeconds?: number;
};
