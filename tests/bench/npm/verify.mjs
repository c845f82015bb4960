// npm `jsonwebtoken` on a file of tokens: `ALGORITHM KEY TOKENS`, checks and output as
// `../tokens/src/verify.rs`. The key is read once into the object that it takes without reading it
// again.

import { createHash, createPublicKey, createSecretKey } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import jwt from 'jsonwebtoken';

const [algorithm, keyFile, tokens] = process.argv.slice(2);
const bytes = readFileSync(keyFile);
const key = algorithm === 'HS256' ? createSecretKey(bytes) : createPublicKey(bytes);
const options = {
  algorithms: [algorithm],
  audience: 'app.example.com',
  issuer: 'https://auth.example.com',
};

function isGenuine(token) {
  try {
    jwt.verify(token, key, options);
    return true;
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError) return false;
    throw error;
  }
}

const digest = createHash('sha256');
let all = 0;
let genuine = 0;
let verdicts = '';
// By events: readline's asynchronous iterator costs a promise a line.
createInterface({ input: createReadStream(tokens, 'latin1') })
  .on('line', (line) => {
    const good = isGenuine(line);
    all += 1;
    genuine += good;
    verdicts += good ? '1' : '0';
    if (verdicts.length === 65536) {
      digest.update(verdicts);
      verdicts = '';
    }
  })
  .on('close', () => {
    digest.update(verdicts);
    console.log(JSON.stringify({ all, genuine, digest: digest.digest('hex') }));
  });
