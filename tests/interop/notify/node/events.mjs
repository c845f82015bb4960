// Reads one report a line, and says what WorkOS's library makes of it.

import { createInterface } from "node:readline";
import { WorkOS } from "@workos-inc/node";

const { webhooks } = new WorkOS("sk_test_0123456789");

for await (const line of createInterface({ input: process.stdin })) {
  const { body, signature, secret } = JSON.parse(line);
  let answer;
  try {
    const event = await webhooks.constructEvent({ payload: body, sigHeader: signature, secret });
    answer = event === undefined ? {} : { id: event.id, event: event.event };
    if (event?.data?.slug !== undefined) {
      answer.slug = event.data.slug;
    }
  } catch (error) {
    answer = { refused: String(error) };
  }
  console.log(JSON.stringify(answer));
}
