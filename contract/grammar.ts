/**
 * What names look like, as plain regular expressions: main's schemas and the window's fields say the same because both take it from
 * here. Imports nothing.
 */

const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';

// The parts of a reference are as in distribution/reference (github.com/distribution/reference, regexp.go).

/** Host and port of a registry: `ghcr.io`, `localhost:5000`, `[::1]:5000`. */
export const registryHost = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`);
/** A registry that a cache gets images from: its host, and how it is reached if that isn't encrypted. */
export const cachedRegistry = new RegExp(`^(?:https?://)?(?:${registryHost.source.slice(1, -1)})$`);
/** S3-compatible storage: how and where it is reached, without a bucket. */
export const s3Endpoint = new RegExp(`^https?://(?:${registryHost.source.slice(1, -1)})$`);
/** Old buckets have capital letters. */
export const s3Bucket = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;
export const s3Region = /^[a-z0-9-]{1,60}$/;
/** It stands in a header, which takes no other letters. */
export const s3Key = /^[!-~]{1,300}$/;
/** What stands between two slashes of a repository's name. */
export const repositoryPart = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
export const tag = /^\w[\w.-]{0,127}$/;
/** `sha256:…`, or of another algorithm. */
export const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** A registry on this computer: engines ask it for no certificate. */
export const loopbackHost = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

/** A name for a registry on this computer: more than one part, so that it isn't taken for a user's name, and no address. */
export const friendlyName = /^(?=.{3,200}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Ports that need no rights of the system's owner. */
export const registryPort = { least: 1024, most: 65_535 };

/** Bytes of memory below which no engine starts a container. */
export const leastMemory = 6 * 1024 * 1024;

/** Who signs in to a registry of one's own. */
export const registryUser = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
/** The id of a container. */
export const containerId = /^[0-9a-f]{64}$/;
/** The id of an image. */
export const imageId = /^sha256:[0-9a-f]{64}$/;
/** `linux/amd64`, `linux/arm/v7`. */
export const platform = /^(?=.{1,60}$)[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/;
/** An environment variable or build argument. */
export const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
/** What a RUN step calls a secret by: `--mount=type=secret,id=…`. */
export const secretId = /^[\w.-]{1,200}$/;

/** The name of a docker context, as docker's command takes it (docker/cli, cli/context/store). */
export const contextName = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]{1,99}$/;

/**
 * An engine on another computer, as docker's command reads it: `ssh://me@build.example:2222/run/docker.sock`, with user, port and the
 * socket over there left out as one likes. No part can be taken for an option by ssh, and a password is none of it.
 */
export const sshAddress =
  /^ssh:\/\/(?:(?<user>[\w%][\w.+%-]{0,99})@)?(?<host>\w[\w.-]{0,252}|\[[0-9a-fA-F:.]{2,45}(?:%25\w[\w.-]{0,20})?\])(?::(?<port>\d{1,5}))?(?<socket>\/[^\s\0?#]{0,200})?$/;

/** Addresses that can be reached; nothing that a shell or ssh could take for an option. */
export const engineAddress = new RegExp(
  `^(?:unix:///[^\\0]{1,200}|npipe://[^\\0]{1,200}|tcp://[a-zA-Z0-9[][^\\s\\0]{0,300})$|${sshAddress.source}`,
);
