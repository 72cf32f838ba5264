const telling = /^(?:tokens?|passwords?|passwd|pwd|passphrase|secrets?|credentials?|pat|apikey|pgpassword)$/;
// a TOKEN_URL or a SECRET_NAME says where or which, not what
const harmlessEnd = /^(?:url|uri|name|path|file|dir|id|version|ttl|host|endpoint|length|type|provider)$/;

/** Whether a variable's name sounds as if its value were nobody's business: NPM_TOKEN, PGPASSWORD, deployKey. */
export function isSecretive(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const last = words.at(-1) ?? '';
  if (harmlessEnd.test(last)) return false;
  if (words.some((word) => telling.test(word) || word.endsWith('password'))) return true;
  return last === 'key' && !words.includes('public');
}
