/** By this label Layerdeck knows its own; it says which Layerdeck made it, as several may use one engine. */
export const trialLabel = 'app.layerdeck.trial';
/** And by this one from which start on: what an app that was killed left behind is nobody's. */
export const sessionLabel = 'app.layerdeck.trial.session';
/** What people call its image. */
export const imageLabel = 'app.layerdeck.trial.image';
/** The names of variables that were set, as JSON. */
export const variablesLabel = 'app.layerdeck.trial.variables';

/** Which Layerdeck, and which start of it. */
export type TrialOwner = { installation: string; session: string };

/** A filter for an engine's list of containers. */
export const madeBy = ({ installation }: TrialOwner): Record<string, string[]> => ({ label: [`${trialLabel}=${installation}`] });
