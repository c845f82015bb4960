// npm `workos`'s emulator with flags, of which its own configuration knows none: they are put where
// its API would look for them. `emulator.mjs FLAGS TARGETS KEYS USER`; the keys are sk_test_0 and so
// on, since it takes a thousand requests a minute with each. The user is the last of each flag's
// targets, if there are any, and gets every flag.

import { createServer } from "./node_modules/workos/dist/emulate/core/index.js";
import { workosPlugin } from "./node_modules/workos/dist/emulate/workos/index.js";
import { getWorkOSStore } from "./node_modules/workos/dist/emulate/workos/store.js";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const inWorkos = createRequire(new URL("./node_modules/workos/package.json", import.meta.url));
const { serve } = await import(pathToFileURL(inWorkos.resolve("@hono/node-server")));

const [flags, targets, keys] = process.argv.slice(2, 5).map(Number);
const user = process.argv[5];
const apiKeys = {};
for (let key = 0; key < keys; key += 1) apiKeys[`sk_test_${key}`] = { environment: "test" };
const baseUrl = "http://localhost";
const { app, store } = createServer(workosPlugin, { port: 0, baseUrl, apiKeys });
workosPlugin.seed?.(store, baseUrl);

const workos = getWorkOSStore(store);
for (let number = 0; number < flags; number += 1) {
  const slug = `feature-${String(number).padStart(2, "0")}`;
  workos.featureFlags.insert({
    object: "feature_flag", slug, name: slug, description: null, type: "boolean",
    default_value: targets === 0, enabled: true,
  });
  for (let target = 0; target < targets; target += 1) {
    workos.flagTargets.insert({
      object: "flag_target", flag_slug: slug, resource_type: "user", value: true,
      resource_id: target === targets - 1 ? user : `user_${String(target).padStart(26, "0")}`,
    });
  }
}

const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
server.on("listening", () => console.log(`http://127.0.0.1:${server.address().port}`));
