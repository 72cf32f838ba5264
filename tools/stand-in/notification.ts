import { EventEmitter } from 'node:events';
import { record } from './calls.ts';

/** Electron's Notification: recorded, not shown. */
export class Notification extends EventEmitter {
  #options: object;

  constructor(options: object = {}) {
    super();
    this.#options = options;
  }

  static isSupported(): boolean {
    return true;
  }
  show(): void {
    record('Notification.show', this.#options);
    this.emit('show');
  }
  close(): void {
    this.emit('close');
  }
}
