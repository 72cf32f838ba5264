/** A failure with all that one can have. */
export const failure = {
  title: 'The registry refused the push',
  detail: 'ghcr.io does not let you publish there.',
  hint: 'Sign in with another account, then try again.',
  cause: 'denied: permission_denied: write_package',
};

const esc = '\u001b';

/** A log with colours, an error, and more lines than there is room for. */
export const logLines = Array.from({ length: 400 }, (_, place) => ({
  number: place + 1,
  text: place % 7 === 3 ? `${esc}[33mwarning${esc}[0m: line ${place + 1} is ${esc}[1mbold${esc}[0m` : `Compiling part ${place + 1}`,
  isError: place % 50 === 49,
}));
