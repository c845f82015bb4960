// WorkOS's own evaluator on the shared workload: `WORKLOAD SECONDS [each|all]`.
//
// `each` asks `isEnabled` for one flag after the other, `all` asks `getAllFlags` once a user.
// The clock, the answers and the digest are those of `../contest/src/lib.rs`; change both together.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { WorkOS } from '@workos-inc/node';

const OFF = '0'.charCodeAt(0);

// The evaluator class is not exported, but the runtime client carries one. Closed at once, the
// client never polls: nothing here touches the network.
function evaluatorFor(flags) {
  const workos = new WorkOS('sk_test_bench');
  const client = workos.featureFlags.createRuntimeClient({ bootstrapFlags: flags });
  client.close();
  return client.evaluator;
}

function askEach(evaluator, slugs, users, answers) {
  let at = 0;
  for (const id of users) {
    const context = { user: { id } };
    for (const slug of slugs) answers[at++] = OFF + evaluator.isEnabled(slug, context);
  }
}

function askAll(evaluator, slugs, users, answers) {
  let at = 0;
  for (const id of users) {
    const flags = evaluator.getAllFlags({ user: { id } });
    for (const slug of slugs) answers[at++] = OFF + flags[slug];
  }
}

// Runs passes until `seconds` are over, one at the least; returns each one's seconds.
function timePasses(pass, seconds) {
  const start = performance.now();
  const times = [];
  while (times.length === 0 || performance.now() - start < seconds * 1000) {
    const begun = performance.now();
    pass();
    times.push((performance.now() - begun) / 1000);
  }
  return times;
}

function fnv1a(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function countOn(answers, flags) {
  const on = new Array(flags).fill(0);
  answers.forEach((byte, at) => {
    on[at % flags] += byte - OFF;
  });
  return on;
}

function main([path, seconds, way = 'each']) {
  const { flags, users } = JSON.parse(readFileSync(path, 'utf8'));
  const ask = { each: askEach, all: askAll }[way];
  if (!ask) throw new Error(`unknown way ${way}: say each or all`);
  const slugs = Object.keys(flags);
  const answers = new Uint8Array(slugs.length * users.length);
  const evaluator = evaluatorFor(flags);
  const pass = () => ask(evaluator, slugs, users, answers);

  timePasses(pass, Number(seconds) / 2);
  const times = timePasses(pass, Number(seconds)).sort((a, b) => a - b);
  const median = times[times.length >> 1];
  const { version } = createRequire(import.meta.url)('@workos-inc/node/package.json');
  const score = {
    version,
    evaluations_per_second: answers.length / median,
    passes: times.length,
    digest: fnv1a(answers),
    on: countOn(answers, slugs.length),
  };
  console.log(JSON.stringify(score));
}

main(process.argv.slice(2));
