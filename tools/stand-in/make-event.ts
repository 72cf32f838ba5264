export type StandInEvent<Extra extends object = object> = Extra & { defaultPrevented: boolean; preventDefault(): void };

/** Makes the event that Electron passes to listeners as their first argument. */
export function makeEvent(): StandInEvent;
export function makeEvent<Extra extends object>(extra: Extra): StandInEvent<Extra>;
export function makeEvent(extra: object = {}): StandInEvent {
  // defineProperties and not a spread: some extras are getters or setters
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return Object.defineProperties(event, Object.getOwnPropertyDescriptors(extra));
}
