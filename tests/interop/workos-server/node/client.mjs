// WorkOS's Node SDK, unmodified, against the server of `flags`: a line for each question, a line
// for each answer.
import { createInterface } from 'node:readline';
import { WorkOS } from '@workos-inc/node';

const [host, port, key] = process.argv.slice(2);
const workos = new WorkOS(key, { apiHostname: host, port: Number(port), https: false });
const flags = workos.featureFlags;

let runtime;
const changes = [];
const problems = [];
let woken = () => {};

const slugs = (list) => list.map((flag) => flag.slug);
const paged = (list) => ({ slugs: slugs(list.data), ...list.listMetadata });

function contextOf(context) {
  const typed = Object.entries(context).map(([type, id]) => [type, { id }]);
  return Object.fromEntries(typed);
}

const answers = {
  list: async ({ options }) => paged(await flags.listFeatureFlags(options)),
  all: async ({ options }) => slugs(await (await flags.listFeatureFlags(options)).autoPagination()),
  get: ({ slug }) => flags.getFeatureFlag(slug),
  enable: ({ slug }) => flags.enableFeatureFlag(slug),
  disable: ({ slug }) => flags.disableFeatureFlag(slug),
  add: async ({ slug, target }) => (await flags.addFlagTarget({ slug, targetId: target })) ?? null,
  remove: async ({ slug, target }) =>
    (await flags.removeFlagTarget({ slug, targetId: target })) ?? null,
  organization: async ({ id }) => {
    const list = await flags.listOrganizationFeatureFlags({ organizationId: id });
    return slugs(await list.autoPagination());
  },
  user: async ({ id }) => slugs(await (await flags.listUserFeatureFlags({ userId: id })).autoPagination()),
  start: async () => {
    runtime = flags.createRuntimeClient({ pollingIntervalMs: 5000 });
    runtime.on('change', (change) => {
      changes.push(change);
      woken();
    });
    runtime.on('error', (error) => problems.push(error.name));
    await runtime.waitUntilReady({ timeoutMs: 10000 });
    return Object.keys(runtime.getAllFlags()).sort();
  },
  evaluate: ({ contexts }) => contexts.map((context) => runtime.getAllFlags(contextOf(context))),
  changed: async ({ slug }) => {
    const until = Date.now() + 20000;
    for (;;) {
      const found = changes.find((change) => change.key === slug);
      if (found) return { before: found.previous?.enabled ?? null, after: found.current?.enabled ?? null };
      if (Date.now() > until) throw new Error(`no change of ${slug} within 20 s`);
      await new Promise((resolve) => {
        woken = resolve;
        setTimeout(resolve, 200);
      });
    }
  },
  stop: () => {
    runtime.close();
    return problems;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  try {
    console.log(JSON.stringify({ answer: await answers[question.do](question) }));
  } catch (error) {
    const { name, status = null, code = null, message } = error;
    console.log(JSON.stringify({ error: { name, status, code, message } }));
  }
}
