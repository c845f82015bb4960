// @openfeature/server-sdk with @openfeature/ofrep-provider, one line of JSON for each question:
// {"url", "key", "context", "flags": {name: type}} is answered by {name: details}.

import { createInterface } from "node:readline";
import { OpenFeature } from "@openfeature/server-sdk";
import { OFREPProvider } from "@openfeature/ofrep-provider";

let connected = "";

async function connect({ url, key }) {
  if (connected === url + key) return;
  const headers = [["Authorization", `Bearer ${key}`]];
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: url, headers }));
  connected = url + key;
}

async function answer(question) {
  await connect(question);
  const client = OpenFeature.getClient();
  const answers = {};
  for (const [name, type] of Object.entries(question.flags)) {
    // Defaults that no catalog has: what comes is not what was put in.
    const { value, reason, variant, errorCode } =
      type === "boolean"
        ? await client.getBooleanDetails(name, question.fallback, question.context)
        : await client.getNumberDetails(name, -1, question.context);
    answers[name] = { value, reason, variant, errorCode };
  }
  return answers;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
await OpenFeature.close();
