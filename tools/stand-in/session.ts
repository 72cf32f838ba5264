import { EventEmitter } from 'node:events';
import { record } from './calls.ts';
import { type PermissionRequestHandler, setPermissionRequestHandler } from './permissions.ts';
import { protocol } from './protocol.ts';

const recorded =
  (name: string) =>
  (...args: unknown[]): void =>
    record(name, ...args);

/** Electron's `Session`: there is only the default one. */
class Session extends EventEmitter {
  protocol = protocol;
  webRequest = {
    onBeforeRequest: recorded('webRequest.onBeforeRequest'),
    onBeforeSendHeaders: recorded('webRequest.onBeforeSendHeaders'),
    onHeadersReceived: recorded('webRequest.onHeadersReceived'),
    onCompleted: recorded('webRequest.onCompleted'),
    onErrorOccurred: recorded('webRequest.onErrorOccurred'),
  };
  setPermissionCheckHandler = recorded('session.setPermissionCheckHandler');
  setDevicePermissionHandler = recorded('session.setDevicePermissionHandler');
  setDisplayMediaRequestHandler = recorded('session.setDisplayMediaRequestHandler');
  setSpellCheckerEnabled = recorded('session.setSpellCheckerEnabled');
  setSpellCheckerLanguages = recorded('session.setSpellCheckerLanguages');
  setCertificateVerifyProc = recorded('session.setCertificateVerifyProc');

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    record('session.setPermissionRequestHandler', handler);
    setPermissionRequestHandler(handler);
  }

  async clearCache(): Promise<void> {
    record('session.clearCache');
  }
  async clearStorageData(options?: unknown): Promise<void> {
    record('session.clearStorageData', options);
  }
}

const defaultSession = new Session();

export const session = { defaultSession, fromPartition: (): Session => defaultSession };
