/** By this label Layerdeck knows its own; it says which Layerdeck made it, as several may use one engine. */
export const trialLabel = 'app.layerdeck.trial';
/** And by this one that has the container's name: an image that somebody makes of a trial has its labels, and hands them on. */
export const nameLabel = 'app.layerdeck.trial.name';
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

type Named = { name: string; labels: Record<string, string> };

/** Whether a container is one that this Layerdeck made itself. */
export const isMadeBy = ({ installation }: TrialOwner, { name, labels }: Named): boolean =>
  labels[trialLabel] === installation && labels[nameLabel] === withoutSlash(name);

/** Docker writes a slash before the name of a container, Podman none. */
export const withoutSlash = (name: string): string => name.replace(/^\//, '');

/** All labels of a trial, empty: an image that is made of one must not hand them on. */
export const noLabels = Object.fromEntries([trialLabel, nameLabel, sessionLabel, imageLabel, variablesLabel].map((label) => [label, '']));
