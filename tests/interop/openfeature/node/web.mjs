// @openfeature/web-sdk with @openfeature/ofrep-web-provider, asked as server.mjs says. Besides,
// {"do": "wait", "flags"} answers when the provider has said of all of them that they changed.

import { createInterface } from "node:readline";
import { EventSource } from "eventsource";

// What a browser has and Node.js has not.
globalThis.EventSource = EventSource;
const { OpenFeature, ProviderEvents } = await import("@openfeature/web-sdk");
const { OFREPWebProvider } = await import("@openfeature/ofrep-web-provider");

let connected = "";
let context = "";
const changed = new Set();
let wake = () => {};

async function connect({ url, key }) {
  if (connected === url + key) return;
  const headers = [["X-API-Key", key]];
  const provider = new OFREPWebProvider({ baseUrl: url, headers, cacheMode: "disabled" });
  await OpenFeature.setProviderAndWait(provider);
  connected = url + key;
}

OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged }) => {
  for (const name of flagsChanged ?? []) changed.add(name);
  wake();
});

async function wait(names) {
  while (!names.every((name) => changed.has(name))) {
    await new Promise((resolve) => (wake = resolve));
  }
  return { changed: names };
}

async function answer(question) {
  if (question.do === "wait") return wait(Object.keys(question.flags));
  const asked = JSON.stringify(question.context);
  if (asked !== context) {
    await OpenFeature.setContext(question.context);
    context = asked;
  }
  await connect(question);
  changed.clear();
  const client = OpenFeature.getClient();
  const answers = {};
  for (const [name, type] of Object.entries(question.flags)) {
    const { value, reason, variant, errorCode } =
      type === "boolean"
        ? client.getBooleanDetails(name, question.fallback)
        : client.getNumberDetails(name, -1);
    answers[name] = { value, reason, variant, errorCode };
  }
  return answers;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
await OpenFeature.close();
