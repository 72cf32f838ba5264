import { EventEmitter } from 'node:events';

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, bounds: area, workArea: area, size: area, workAreaSize: area, scaleFactor: 1, rotation: 0 };

/** Electron's `screen`: one display. */
class Screen extends EventEmitter {
  getPrimaryDisplay() {
    return display;
  }
  getAllDisplays() {
    return [display];
  }
  getDisplayMatching() {
    return display;
  }
  getDisplayNearestPoint() {
    return display;
  }
  getCursorScreenPoint() {
    return { x: 0, y: 0 };
  }
}

export const screen = new Screen();
