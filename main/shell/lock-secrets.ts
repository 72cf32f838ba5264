import { safeStorage } from 'electron';
import type { Lock } from '../logins/keychain.ts';

/** The keychain of the system. On a Linux without one Electron would seal with a key that everybody knows: that is no lock. */
export const lock: Lock = {
  isThere: async () =>
    (await safeStorage.isAsyncEncryptionAvailable()) &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
};
