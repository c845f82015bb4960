// npm `jsonwebtoken`, asked as python/pyjwt.py says.

import { createPublicKey, createSecretKey } from "node:crypto";
import { createInterface } from "node:readline";
import jsonwebtoken from "jsonwebtoken";

// Those of its documentation.
const algorithms = [
  "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
  "ES256", "ES384", "ES512",
];

function imported(key) {
  if (typeof key !== "object") return key;
  if (key.kty === "oct") return createSecretKey(Buffer.from(key.k, "base64url"));
  return createPublicKey({ key, format: "jwk" });
}

function answer({ do: what, alg, key, claims, token, at, for: audience }) {
  if (what === "algorithms") return { algorithms };
  if (what === "mint") return { token: jsonwebtoken.sign(claims, imported(key), { algorithm: alg }) };
  try {
    const asked = { algorithms: [alg], audience, clockTimestamp: at };
    return { claims: jsonwebtoken.verify(token, imported(key), asked) };
  } catch (error) {
    if (error instanceof jsonwebtoken.JsonWebTokenError) return { refused: error.message };
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(answer(JSON.parse(line))));
}
