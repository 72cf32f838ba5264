import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.ts';

const marker = Buffer.from('v99');

function readKey(): Buffer {
  const path = join(app.getPath('userData'), 'stand-in.key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 });
  return readFileSync(path);
}

function encryptString(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', readKey(), nonce);
  return Buffer.concat([marker, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decryptString(sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', readKey(), sealed.subarray(3, 15));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(15, -16), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * Electron's `safeStorage` with a key in a file beside the data: it shows that the calls work, and protects nothing.
 * `STANDIN_KEYCHAIN` names the keychain it pretends to have (`gnome_libsecret`); without it there is none.
 */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => true,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => true,
  getSelectedStorageBackend: (): string => process.env.STANDIN_KEYCHAIN ?? 'basic_text',
  setUsePlainTextEncryption: (): void => {},
  encryptString,
  decryptString,
  encryptStringAsync: async (text: string): Promise<Buffer> => encryptString(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: decryptString(sealed), shouldReEncrypt: false }),
};
