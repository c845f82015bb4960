// npm `jose`, asked as python/pyjwt.py says.

import { createInterface } from "node:readline";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";

const sets = new Map();

// One set for each address, as an application has: it fetches the keys, keeps them, and fetches them
// again for a key that it does not know. By default it would wait 30 seconds before that.
function keysAt(url) {
  if (!sets.has(url)) sets.set(url, createRemoteJWKSet(new URL(url), { cooldownDuration: 0 }));
  return sets.get(url);
}

async function answer({ url, token, issuer }) {
  try {
    const asked = { algorithms: ["RS256"], issuer, requiredClaims: ["sub", "exp", "iat"] };
    const { payload, protectedHeader } = await jwtVerify(token, keysAt(url), asked);
    return { claims: payload, kid: protectedHeader.kid };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refused: error.message };
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
