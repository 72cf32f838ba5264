/** The error of an answer that is none of 200, in dockerode's form, by which the wording of a failure is chosen. */
export function refusedAnswer(statusCode: number, body: string): Error {
  let message = body.trim();
  try {
    message = (JSON.parse(body) as { message?: string }).message ?? message;
  } catch {
    // some proxies answer in plain text
  }
  return Object.assign(new Error(message), { statusCode, json: { message } });
}
