// The page in Chromium, driven as a person would: see ../run.

import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const story = JSON.parse(readFileSync(process.argv[2], "utf8"));
const UNLIMITED = Number.MAX_SAFE_INTEGER;
if (story.shots) mkdirSync(story.shots, { recursive: true });

let passed = 0;
const failures = [];
function holds(what, condition, found) {
  if (condition) { passed += 1; return; }
  failures.push(found === undefined ? what : `${what}: ${JSON.stringify(found)?.slice(0, 600)}`);
}
const same = (what, found, expected) =>
  holds(what, JSON.stringify(found) === JSON.stringify(expected), { found, expected });

const browser = await chromium.launch({
  executablePath: story.browser,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"],
});

// A tab that notes whatever it asks for and whatever goes wrong in it.
async function tab(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", timezoneId: "UTC", ...options });
  const page = await context.newPage();
  const seen = { requests: [], errors: [], dialogs: 0 };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    addEventListener("securitypolicyviolation", (event) => { (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`); });
  });
  return { context, page, seen };
}

const settled = (page) => page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
const shown = (value) => value === true ? "on" : value === false ? "off"
  : value === UNLIMITED ? "unlimited" : value.toLocaleString("en");
// What the page makes of characters that act or hide.
const inert = (text) => text.replace(/[\u202e\u2066\u200b\u0007]/g, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);

async function enter(page, key, url = story.url) {
  await page.goto(url);
  await page.locator("#ask").waitFor();
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
}

async function picture(page, name) {
  if (story.shots) await page.screenshot({ path: `${story.shots}/${name}.png` });
}

async function accessible(page, what) {
  // The policy of the page lets nobody put in a script; the debugger may.
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  const said = found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join("; ")}`);
  same(`axe, ${what}`, said, []);
}

async function fits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  holds(`${what} does not scroll sideways`, over <= 0, over);
}

async function quiet({ page, seen }, what) {
  const origin = new URL(page.url()).origin;
  same(`${what}: no request leaves the server`, seen.requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith("data:")), []);
  same(`${what}: the policy is never broken`, await page.evaluate(() => window.violations ?? []), []);
  holds(`${what}: no dialog`, seen.dialogs === 0);
  same(`${what}: nothing foreign ran`, await page.evaluate(() => window.pwned ?? null), null);
}

// ---- the key ----------------------------------------------------------------------------------

async function keys() {
  const opened = await tab();
  const { page, context, seen } = opened;
  const answer = await page.goto(story.url);
  const headers = answer.headers();
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
    holds(`the policy says ${part}`, headers["content-security-policy"]?.includes(part), headers);
  }
  holds("the policy lets nothing inline run", !headers["content-security-policy"]?.includes("unsafe"));
  same("types are not guessed", headers["x-content-type-options"], "nosniff");
  await page.locator("#ask").waitFor();
  await picture(page, "key");
  await accessible(page, "the form for the key");
  same("the field for the key has the focus", await page.evaluate(() => document.activeElement.id), "key");
  await page.keyboard.press("Enter");
  same("no key is told", await page.textContent("#key-wrong"), "Enter a key.");
  await page.keyboard.type("sk_wrong");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("key-wrong").textContent.includes("not valid"));
  holds("a wrong key shows nothing", (await page.locator("#plans").isHidden()));
  await page.keyboard.type(story.keys.evaluate);
  await page.keyboard.press("Enter");
  await page.locator("#trouble").waitFor();
  holds("a key of another scope shows nothing", (await page.locator("#plans-table table").count()) === 0);
  holds("what is wrong with it is told", (await page.textContent("#trouble")).includes("scope"), await page.textContent("#trouble"));
  await page.click("#forget");
  await page.keyboard.type(story.keys.read);
  await page.keyboard.press("Enter");
  await page.locator("#plans-table table").waitFor();
  await page.reload();
  await page.locator("#plans-table table").waitFor();
  holds("the key is typed in once", await page.locator("#ask").isHidden());
  same("there is no cookie", await context.cookies(), []);
  same("nothing is kept beyond the tab", await page.evaluate(() => localStorage.length), 0);
  for (const key of Object.values(story.keys)) {
    holds("no address has the key in it", seen.requests.every((url) => !url.includes(key)) && !page.url().includes(key));
  }
  await page.click("#forget");
  same("a key is forgotten", await page.evaluate(() => sessionStorage.length), 0);
  await quiet(opened, "the form for the key");
  await context.close();
}

// ---- the views --------------------------------------------------------------------------------

async function plans(page) {
  await page.locator("#plans-table table").waitFor();
  const found = await page.$$eval("#plans-table tbody tr", (rows) => rows.map((row) => {
    const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent.replace(/[✓–]/, ""));
    return [row.querySelector("th bdi").textContent, row.querySelector("th .tag") === null, cells];
  }));
  same("the matrix is that of the command line", found,
    story.matrix.map((row) => [row.feature, row.enabled, Object.values(row.plans).map(shown)]));
  const heads = await page.$$eval("#plans-table thead th", (cells) => cells.map((cell) => [cell.scope, cell.textContent]));
  same("each column names its plan", heads, [["col", "Feature"], ...Object.keys(story.matrix[0].plans).map((plan) => ["col", plan])]);
  await page.fill("#plans-filter", "feature_01");
  same("the filter leaves what it names", await page.locator("#plans-table tbody tr:visible").count(), 10);
  holds("and says how many", (await page.textContent("#plans-about")).startsWith("10 of 200 features"));
  await page.fill("#plans-filter", "");
  await page.locator("#plans-table").focus();
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.getElementById("plans-table").scrollTop > 500);
  const top = await page.$eval("#plans-table thead th", (head) => head.getBoundingClientRect().top - head.closest(".wide").getBoundingClientRect().top);
  holds("the plans' names stay in sight", Math.abs(top) < 3, top);
}

async function subject(page, one) {
  await page.click("#to-subject");
  await page.selectOption("#subject-kind", one.kind);
  await page.fill("#subject-id", one.id);
  if (one.kind === "user") await page.fill("#subject-within", one.within ?? "");
  await page.focus("#subject-id");
  await page.keyboard.press("Enter");
  const name = inert(one.id);
  await page.waitForFunction((name) => document.querySelector("#subject-who bdi")?.textContent === name, name);
  await settled(page);
  const found = await page.$$eval("#subject-features details", (all) => all.map((one) =>
    [one.querySelector(".key").textContent, one.querySelector("summary > span").textContent]));
  const what = `${one.kind} ${one.id.slice(0, 20)}${one.within ? ` within ${one.within}` : ""}`;
  same(`${what}: the values are those of the command line`, found, one.features.map((answer) => [answer.feature, shown(answer.value)]));
  for (const [feature, explained] of Object.entries(one.explained)) {
    const details = page.locator("#subject-features details", { has: page.locator(".key", { hasText: feature }) });
    await details.locator("summary").focus();
    await page.keyboard.press("Enter");
    await details.locator(".layer").first().waitFor();
    const layers = await details.locator("li").evaluateAll((rows) => rows.map((row) => [row.querySelector(".tag").textContent, row.querySelector(".says bdi").textContent]));
    const words = { won: "decides", lost: "overruled", silent: "no answer", aside: "set aside" };
    same(`${what}: every layer of ${feature} is told`, layers, explained.layers.map((layer) => [words[layer.outcome], inert(layer.reason)]));
  }
}

async function changes(page) {
  await page.click("#to-changes");
  await page.locator("#changes-list > li").first().waitFor();
  same("the log begins with the latest", await page.locator("#changes-list > li").count(), 25);
  await page.focus("#changes-more");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#changes-list > li").length === 50);
  const place = await page.evaluate(() => [...document.querySelectorAll("#changes-list > li")].indexOf(document.activeElement));
  same("older writes get the focus", place, 25);
  while (await page.locator("#changes-more").isVisible()) {
    const before = await page.locator("#changes-list > li").count();
    await page.click("#changes-more");
    await page.waitForFunction((before) => document.querySelectorAll("#changes-list > li").length > before, before);
    await settled(page);
  }
  const found = await page.$$eval("#changes-list > li", (all) => all.map((one) =>
    [one.querySelector(".number").textContent.replace("revision ", ""), one.querySelector(".by bdi").textContent, one.querySelector(".why bdi")?.textContent ?? null]));
  same("the log is that of the command line", found, story.log.map((write) => [String(write.revision), inert(write.actor), write.reason && inert(write.reason)]));
  const first = await page.textContent("#changes-list > li ul");
  holds("a write says what it did", /plan plan_\d: feature_001/.test(first), first);
}

async function views() {
  const opened = await tab();
  const { page } = opened;
  await enter(page, story.keys.read);
  await plans(page);
  await page.reload();
  await page.locator("#plans-table table").waitFor();
  holds("nothing is shifted as it loads", (await page.evaluate(() => window.shifted)) < 0.02, await page.evaluate(() => window.shifted));
  for (const one of story.subjects) await subject(page, one);
  await page.check("#subject-on");
  const on = await page.locator("#subject-features details:visible").count();
  const last = story.subjects.at(-1).features.filter((answer) => answer.value !== false && answer.value !== 0).length;
  same("only what is on", on, last);
  await page.fill("#subject-id", "nobody-knows");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("subject-wrong").textContent.includes("nobody-knows"));
  holds("an unknown subject has no answer", await page.locator("#subject-answer").isHidden());
  await changes(page);
  await page.goBack();
  await page.waitForFunction(() => location.hash.startsWith("#/subject"));
  same("no element came from a name", await page.locator("img, script:not([src]), iframe, object, svg").count(), 0);
  await quiet(opened, "the views");
  await opened.context.close();
}

// ---- how it looks, and for whom ---------------------------------------------------------------

const LOOKS = [
  ["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }],
  ["narrow", { viewport: { width: 320, height: 640 } }],
  ["narrow-dark", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }],
  ["zoomed", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
];

async function looks() {
  for (const [name, options] of LOOKS) {
    const opened = await tab(options);
    const { page } = opened;
    await enter(page, story.keys.read);
    await page.locator("#plans-table table").waitFor();
    await picture(page, `plans-${name}`);
    await accessible(page, `plans, ${name}`);
    await fits(page, `plans, ${name}`);
    for (const id of ["dev", story.hostile.long]) {
      await page.goto(`${story.url}/#/subject?kind=user&id=${encodeURIComponent(id)}`);
      await page.locator("#subject-answer").waitFor();
      for (const place of [1, 4]) {
        await page.locator("#subject-features summary").nth(place).click();
        await page.locator("#subject-features details").nth(place).locator(".layer").first().waitFor();
      }
      await picture(page, `subject-${name}${id === "dev" ? "" : "-long"}`);
      await accessible(page, `subject, ${name}`);
      await fits(page, `subject ${id.slice(0, 5)}, ${name}`);
    }
    await page.goto(`${story.url}/#/changes`);
    await page.locator("#changes-list > li").first().waitFor();
    await settled(page);
    await picture(page, `changes-${name}`);
    await accessible(page, `changes, ${name}`);
    await fits(page, `changes, ${name}`);
    await quiet(opened, name);
    await opened.context.close();
  }
}

async function keyboard() {
  const { page, context } = await tab();
  await enter(page, story.keys.read);
  await page.locator("#plans-table table").waitFor();
  await page.reload();
  await page.locator("#plans-table table").waitFor();
  const walk = [];
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    walk.push(await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      const box = document.activeElement.getBoundingClientRect();
      const visible = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.left >= 0;
      return [document.activeElement.id, visible];
    }));
  }
  same("the keyboard reaches everything in order, and its place is seen", walk.slice(0, 7),
    ["skip", "to-plans", "to-subject", "to-changes", "forget", "plans-filter", "plans-table"].map((id) => [id, true]));
  await page.evaluate(() => document.activeElement.blur());
  await page.reload();
  await page.locator("#plans-table table").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  same("the link past the head leads to what is behind it", await page.evaluate(() => [document.activeElement.id, location.hash]), ["main", ""]);
  await page.focus("#to-subject");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "subject-title");
  same("the present view is marked", await page.locator("[aria-current=page]").getAttribute("id"), "to-subject");
  same("the title says where one is", await page.title(), "Subject – flags");
  await page.focus("#subject-id");
  await page.keyboard.press("Enter");
  same("what is missing is asked for", await page.evaluate(() => [document.activeElement.id, document.getElementById("subject-wrong").textContent !== ""]), ["subject-id", true]);
  await context.close();
}

async function states() {
  const { page, context, seen } = await tab();
  await page.goto(story.bare);
  await page.waitForFunction(() => document.getElementById("plans-about").textContent.includes("no features yet"));
  holds("a server without keys asks for none", await page.locator("#ask").isHidden());
  await accessible(page, "an empty project");
  await picture(page, "empty");
  await page.click("#to-changes");
  await page.waitForFunction(() => document.getElementById("changes-about").textContent.includes("Nothing has been written"));
  await page.route("**/v1/**", (route) => route.abort());
  await page.click("#to-plans");
  await page.locator("#trouble").waitFor();
  holds("a server that is gone is told", (await page.textContent("#trouble-text")).includes("cannot be reached"));
  await picture(page, "trouble");
  await accessible(page, "trouble");
  await page.unroute("**/v1/**");
  await page.click("#again");
  await page.waitForFunction(() => document.getElementById("plans-about").textContent.includes("no features yet"));
  holds("and comes back", await page.locator("#trouble").isHidden());
  for (const [status, body] of [[200, "<html>"], [500, "oops"], [403, '{"error":{"code":"x","message":"this is not for you","hints":[]}}'], [200, "null"]]) {
    await page.route("**/v1/**", (route) => route.fulfill({ status, body, contentType: "application/json" }));
    await page.click("#to-subject");
    await page.click("#to-plans");
    await page.locator("#trouble").waitFor();
    holds(`an answer with ${status} ${body} is told`, (await page.textContent("#trouble-text")).length > 10);
    await page.unroute("**/v1/**");
  }
  same("nothing is thrown", seen.errors.filter((text) => !text.includes("Failed to load resource")), []);
  await context.close();
}

const wanted = process.argv.slice(3);
for (const part of [keys, views, looks, keyboard, states].filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const before = failures.length;
  try {
    await part();
  } catch (error) {
    failures.push(`${part.name} broke off: ${error.stack}`);
  }
  console.log(`page, ${part.name}: ${failures.length - before} failed`);
}
await browser.close();
for (const failure of failures.slice(0, 25)) console.log(failure);
console.log(`interop page: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
