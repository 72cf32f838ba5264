/** Electron's `app.commandLine`: switches for Chromium, read when it is started. */
export class CommandLine {
  readonly switches = new Map<string, string>();

  appendSwitch(name: string, value = ''): void {
    const earlier = this.switches.get(name);
    // lists of features add up; for other switches the last one counts
    const isList = name === 'disable-features' || name === 'enable-features';
    this.switches.set(name, isList && earlier ? `${earlier},${value}` : value);
  }

  appendArgument(): void {}

  hasSwitch(name: string): boolean {
    return this.switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.switches.get(name) ?? '';
  }

  removeSwitch(name: string): void {
    this.switches.delete(name);
  }
}
