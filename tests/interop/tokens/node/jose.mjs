// npm `jose`, asked as python/pyjwt.py says.

import { createInterface } from "node:readline";
import { SignJWT, errors, importJWK, importPKCS8, importSPKI, jwtVerify } from "jose";

// What the documentation lists for JWS with keys of the kinds there are here.
const algorithms = [
  "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
  "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
];

async function imported(key, alg, read) {
  return typeof key === "object" ? importJWK(key, alg) : read(key, alg);
}

async function answer(question) {
  const { alg, claims, token } = question;
  if (question.do === "algorithms") return { algorithms };
  if (question.do === "mint") {
    const key = await imported(question.key, alg, importPKCS8);
    const header = { alg, typ: "JWT" };
    return { token: await new SignJWT(claims).setProtectedHeader(header).sign(key) };
  }
  const key = await imported(question.key, alg, importSPKI);
  const currentDate = new Date(question.at * 1000);
  try {
    const asked = { algorithms: [alg], audience: question.for, currentDate };
    return { claims: (await jwtVerify(token, key, asked)).payload };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refused: error.message };
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
