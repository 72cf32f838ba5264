import { safeStorage } from 'electron';
import type { Lock } from '../foundation/registries/logins/keychain.ts';

/** The system's keychain. On a Linux without one, Electron would encrypt with a publicly known key, which protects nothing. */
export const lock: Lock = {
  isThere: async () =>
    (await safeStorage.isAsyncEncryptionAvailable()) &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
};
