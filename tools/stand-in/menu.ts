import { EventEmitter } from 'node:events';
import { record } from './calls.ts';

type Template = { id?: string; label?: string; role?: string; submenu?: Template[] | Menu; click?: (...args: unknown[]) => void };

/** Electron's MenuItem: what the template says. */
export class MenuItem {
  id?: string;
  label?: string;
  role?: string;
  submenu?: Menu;
  click?: (...args: unknown[]) => void;
  enabled = true;
  visible = true;

  constructor({ submenu, ...rest }: Template) {
    Object.assign(this, rest);
    if (submenu) this.submenu = submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu);
  }
}

let applicationMenu: Menu | null = null;

/** Electron's Menu: never drawn, but tests can read it and click its items. */
export class Menu extends EventEmitter {
  items: MenuItem[] = [];

  static buildFromTemplate(template: Template[]): Menu {
    const menu = new Menu();
    menu.items = template.map((item) => (item instanceof MenuItem ? item : new MenuItem(item)));
    return menu;
  }
  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }
  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  append(item: MenuItem): void {
    this.items.push(item);
  }
  popup(): void {
    record('Menu.popup', this);
  }
  closePopup(): void {}
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}
