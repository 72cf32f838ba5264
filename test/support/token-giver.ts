import { createHash, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from './make-certificate.ts';
import { someone } from './run-registry.ts';
import { WorkFolder } from './work-folder.ts';

const issuer = 'layerdeck test';
const tokenService = 'layerdeck test registry';

type Access = { type: string; name: string; actions: string[] };

/**
 * Gives tokens as Docker Hub does (distribution's token specification), for a real registry that trusts its signature:
 * everybody may pull from `public/`, and `someone` may pull and push everything below that name. After a sign-in, an
 * identity token stands for name and password. `host` is where it listens, and `name` what the registry calls it.
 */
export async function startTokenGiver({ host = '127.0.0.1', name = 'localhost' } = {}) {
  const folder = new WorkFolder();
  makeCertificate(folder.path, '127.0.0.1');
  const key = readFileSync(join(folder.path, 'ca.key'), 'utf8');
  const certificate = readFileSync(join(folder.path, 'ca.crt'), 'utf8');
  const identityToken = createHash('sha256').update(key).digest('hex');
  const seen: string[] = [];
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    seen.push(`${request.method} ${form.get('grant_type') ?? 'basic'}`);
    const who = whoIs(request.headers.authorization, form.get('refresh_token'), identityToken);
    if (who === 'wrong')
      return void answer.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED","message":"incorrect username or password"}]}');
    const scopes = [...url.searchParams.getAll('scope'), ...(form.get('scope')?.split(' ') ?? [])];
    const token = makeToken(
      key,
      certificate,
      scopes.map(readScope).map((access) => granted(access, who)),
    );
    const offline = url.searchParams.get('offline_token') === 'true' && who === someone.username;
    answer.writeHead(200, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ token, access_token: token, expires_in: 300, ...(offline && { refresh_token: identityToken }) }));
  }).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    identityToken,
    seen,
    /** Settings that make a registry send everybody here. */
    settings: {
      AUTH: 'token',
      AUTH_TOKEN_REALM: `http://${name}:${port}/token`,
      AUTH_TOKEN_SERVICE: tokenService,
      AUTH_TOKEN_ISSUER: issuer,
      AUTH_TOKEN_ROOTCERTBUNDLE: folder.file('ca.crt'),
    },
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
      folder[Symbol.dispose]();
    },
  };
}

function whoIs(authorization: string | undefined, refreshToken: string | null, identityToken: string): string | undefined {
  if (refreshToken !== null) return refreshToken === identityToken ? someone.username : 'wrong';
  if (!authorization) return undefined;
  const given = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8');
  return given === `${someone.username}:${someone.password}` ? someone.username : 'wrong';
}

function readScope(text: string): Access {
  const [type = '', ...rest] = text.split(':');
  const actions = rest.pop() ?? '';
  return { type, name: rest.join(':'), actions: actions.split(',') };
}

function granted({ type, name, actions }: Access, who: string | undefined): Access {
  const isOwn = who !== undefined && name.startsWith(`${who}/`);
  return { type, name, actions: actions.filter((action) => isOwn || (action === 'pull' && name.startsWith('public/'))) };
}

/** A JSON web token that the registry can check with the certificate (ES256, `x5c`). */
function makeToken(key: string, certificate: string, access: Access[]): string {
  const now = Math.floor(Date.now() / 1000);
  const x5c = [certificate.replace(/-----[^-]+-----|\s/g, '')];
  const claims = { iss: issuer, aud: tokenService, sub: '', iat: now, nbf: now - 10, exp: now + 300, jti: String(now), access };
  const text = [{ typ: 'JWT', alg: 'ES256', x5c }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
