const secretWord = /^(?:tokens?|passwords?|passwd|pwd|passphrase|secrets?|credentials?|pat|apikey|pgpassword)$/;
// TOKEN_URL or SECRET_NAME says where or which, not what
const harmlessEnd = /^(?:url|uri|name|path|file|dir|id|version|ttl|host|endpoint|length|type|provider)$/;

/** Whether a variable's name suggests that its value is a secret: NPM_TOKEN, PGPASSWORD, deployKey. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const last = words.at(-1) ?? '';
  if (harmlessEnd.test(last)) return false;
  if (words.some((word) => secretWord.test(word) || word.endsWith('password'))) return true;
  return last === 'key' && !words.includes('public');
}
