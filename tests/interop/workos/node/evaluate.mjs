// Answers the interop questions with the evaluator of WorkOS's Node SDK (payload version 1).
// Lines in and out are those of ../ours/src/main.rs; `"throws"` is an answer here too.
import { createInterface } from 'node:readline';
import { WorkOS } from '@workos-inc/node';

const workos = new WorkOS('sk_test_interop');
const CALLERS_DEFAULT = Symbol('default');

// The two forms of a context that the SDK takes.
function contextOf({ context, legacy }) {
  if (legacy) {
    return { userId: context.user, organizationId: context.organization };
  }
  const typed = Object.entries(context).map(([type, id]) => [type, id === null ? null : { id }]);
  return Object.fromEntries(typed);
}

function ask(client, slug, context) {
  try {
    const answer = client.isEnabled(slug, context, CALLERS_DEFAULT);
    // What is not a boolean is handed out as it stands; an application puts it into an `if`.
    return answer === CALLERS_DEFAULT ? 'default' : Boolean(answer);
  } catch {
    return 'throws';
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { payload, contexts, legacy, slugs } = JSON.parse(line);
  const client = workos.featureFlags.createRuntimeClient({ bootstrapFlags: JSON.parse(payload) });
  const answers = contexts.map((context, index) => {
    const form = contextOf({ context, legacy: legacy[index] });
    return slugs.map((slug) => ask(client, slug, form));
  });
  client.close(); // before its first poll: nothing is sent
  console.log(JSON.stringify({ answers }));
}
