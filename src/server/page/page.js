// The page: reads the native API and shows it. It writes nothing, asks no other server, and puts
// every text into the document as text, never as markup.

const $ = (id) => document.getElementById(id);
const VIEWS = ["plans", "subject", "changes"];
const KEY = "flags.key";
const UNLIMITED = Number.MAX_SAFE_INTEGER;
const PAGE = 25;
const MOST_CHANGES = 20;

// ---- the server -------------------------------------------------------------------------------

class Problem extends Error {
  constructor(status, code, message, hints = []) {
    super(message);
    Object.assign(this, { status, code, hints });
  }
}

// sessionStorage, so that reading the page anew does not ask again: it is this tab's alone and ends
// with it, and no script but this one runs here.
const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (text) => sessionStorage.setItem(KEY, text),
  forget: () => sessionStorage.removeItem(KEY),
};

let leaving = new AbortController();

async function read(path, query = {}, patience = 3) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  const headers = { accept: "application/json" };
  if (key.get()) headers.authorization = `Bearer ${key.get()}`;
  const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(30_000)]);
  let answer, body;
  try {
    answer = await fetch(url, { headers, signal, credentials: "omit", cache: "no-store", redirect: "error" });
    body = await answer.json();
  } catch (error) {
    if (leaving.signal.aborted) throw error;
    if (answer) throw new Problem(answer.status, "garbled", `The server's answer cannot be read (status ${answer.status}).`);
    throw new Problem(0, "unreachable", "The server cannot be reached.");
  }
  if (answer.status === 429 && patience > 0) {
    const seconds = Math.min(Number(answer.headers.get("retry-after")) || 1, 10);
    await new Promise((go) => setTimeout(go, seconds * 1000));
    return read(path, query, patience - 1);
  }
  // The revision is the tag, with a mark behind it where the clock has a say.
  if (answer.ok) return { body, revision: /^"(\d+)/.exec(answer.headers.get("etag") ?? "")?.[1] };
  const { code = "unknown", message = `The server answered with status ${answer.status}.`, hints = [] } = body?.error ?? {};
  throw new Problem(answer.status, code, message, hints);
}

const segment = (text) => encodeURIComponent(text);

// ---- texts ------------------------------------------------------------------------------------

// Characters that steer or hide: a name must not be able to reorder the line that it stands in.
const ACTING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115f\u1160\u3164\uffa0]/u;
const JOINERS = /\p{Extended_Pictographic}\u200d|\ufe0f/u;

// A text from outside, shown as it is written and kept apart from its neighbours' direction.
function foreign(text, name = "") {
  const element = document.createElement("bdi");
  if (name) element.className = name;
  let run = "";
  const flush = () => { if (run) element.append(run); run = ""; };
  for (const character of String(text)) {
    if (!ACTING.test(character) || JOINERS.test(character)) { run += character; continue; }
    flush();
    element.append(make("span", { class: "act" }, `\\u{${character.codePointAt(0).toString(16)}}`));
  }
  flush();
  return element;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(attribute, "");
    else if (value !== undefined && value !== false) element.setAttribute(attribute, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const unseen = (text) => make("span", { class: "unseen" }, text);
const tell = (text) => { $("told").textContent = text; };

function amount(value) {
  if (value === true) return "on";
  if (value === false || value === null || value === undefined) return "off";
  return value === UNLIMITED ? "unlimited" : value.toLocaleString("en");
}

function valueCell(value) {
  if (value === true) return make("span", { class: "on" }, make("span", { "aria-hidden": "true" }, "✓"), unseen("on"));
  if (typeof value === "number" && value > 0) return make("span", { class: "on" }, amount(value));
  if (value === 0) return make("span", { class: "off" }, "0");
  return make("span", { class: "off" }, make("span", { "aria-hidden": "true" }, "–"), unseen("off"));
}

function moment(text) {
  const date = new Date(text);
  if (Number.isNaN(date.valueOf())) return foreign(text);
  const shown = date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return make("time", { datetime: text, title: text }, shown);
}

// ---- plans ------------------------------------------------------------------------------------

const plans = { rows: [] };

async function showPlans() {
  const { revision, body: matrix } = await read("/v1/matrix");
  saw(revision);
  const names = matrix.length > 0 ? Object.keys(matrix[0].plans) : [];
  const table = make("table", {},
    make("caption", { class: "unseen" }, "What each plan gives of each feature"),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Feature"),
      ...names.map((name) => make("th", { scope: "col" }, foreign(name, "key"))))));
  plans.rows = matrix.map((row) => {
    const first = make("th", { scope: "row" }, foreign(row.feature, "key"));
    if (!row.enabled) first.append(" ", make("span", { class: "tag stop" }, "disabled"));
    const cells = names.map((name) => make("td", {}, valueCell(row.plans[name])));
    return { text: row.feature.toLowerCase(), element: make("tr", {}, first, ...cells) };
  });
  table.append(make("tbody", {}, ...plans.rows.map((row) => row.element)));
  $("plans-table").replaceChildren(...(matrix.length > 0 ? [table] : []));
  plans.names = names.length;
  filterPlans();
}

function filterPlans() {
  const count = filter(plans.rows, $("plans-filter").value);
  const all = plans.rows.length;
  $("plans-about").textContent = all === 0
    ? "There are no features yet: `flags feature define KEY` makes one."
    : `${count === all ? counted(all, "feature") : `${count} of ${counted(all, "feature")}`}, ${counted(plans.names, "plan")}`;
}

function filter(rows, typed, also = () => true) {
  const words = typed.toLowerCase().split(/\s+/);
  let count = 0;
  for (const row of rows) {
    const shown = words.every((word) => row.text.includes(word)) && also(row);
    row.element.hidden = !shown;
    count += shown ? 1 : 0;
  }
  return count;
}

// ---- a subject --------------------------------------------------------------------------------

const subject = {
  rows: [],
  path: ({ kind, id }) => `/v1/${kind}s/${segment(id)}/entitlements`,
  // Of a moment by the wall clock here, the server wants the moment.
  query: ({ within, at }) => ({ organization: within, at: at && new Date(at).toISOString().replace(/\.\d+Z$/, "Z") }),
};
const LAYERS = {
  switch: "kill switch", user_override: "user override", organization_override: "organization override",
  targeting: "targeting", plan: "plan", default: "default",
};

async function showSubject(query) {
  const kind = query.get("kind") === "organization" ? "organization" : "user";
  const asked = { kind, id: query.get("id") ?? "", within: query.get("within") ?? "", at: query.get("at") ?? "" };
  $("subject-kind").value = kind;
  $("subject-id").value = asked.id;
  $("subject-within").value = asked.within;
  $("subject-at").value = asked.at;
  $("subject-within-field").hidden = kind !== "user";
  if (!asked.id) { $("subject-answer").hidden = true; return; }
  const { revision, body } = await read(subject.path(asked), subject.query(asked));
  saw(revision);
  subject.rows = body.features.map((answer) => featureRow(answer, asked));
  $("subject-features").replaceChildren(...subject.rows.map((row) => row.element));
  $("subject-who").replaceChildren(`${kind} `, foreign(asked.id, "id"),
    ...(asked.within ? [" within ", foreign(asked.within, "id")] : []));
  $("subject-answer").hidden = false;
  filterSubject();
  tell(`${kind} ${asked.id}: ${$("subject-about").textContent}`);
}

function isOn(value) {
  return value === true || (typeof value === "number" && value > 0);
}

function featureRow({ feature, value, layer }, asked) {
  const on = isOn(value);
  const element = make("details", {},
    make("summary", {}, foreign(feature, "key"),
      make("span", { class: on ? "on" : "off" }, amount(value)),
      make("span", { class: "from" }, `from ${LAYERS[layer] ?? layer}`)));
  // Of many features few are looked into, so the layers are asked for when they are.
  element.addEventListener("toggle", () => {
    if (element.open && element.children.length === 1) explain(element, feature, asked);
  });
  return { text: feature.toLowerCase(), on, element };
}

// A few at a time: somebody may open two hundred at once.
const queue = { free: 6, waiting: [] };

async function inTurn(work) {
  if (queue.free === 0) await new Promise((go) => queue.waiting.push(go));
  else queue.free -= 1;
  try {
    return await work();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.free += 1;
  }
}

async function explain(element, feature, asked) {
  const list = make("ol", { class: "layers", "aria-busy": "true" }, make("li", {}, make("span", { class: "silent" }, "Asking…")));
  element.append(list);
  try {
    const path = `${subject.path(asked)}/${segment(feature)}/explanation`;
    const { body } = await inTurn(() => read(path, subject.query(asked)));
    list.replaceChildren(...body.layers.map(layerRow));
  } catch (error) {
    if (!(error instanceof Problem)) return;
    list.replaceChildren(make("li", {}, make("span", { class: "wrong" }, foreign(error.message))));
    // Opened once more, it asks once more.
    element.addEventListener("toggle", () => list.remove(), { once: true });
    if (error.status === 401) fails(error, "subject");
  } finally {
    list.removeAttribute("aria-busy");
  }
}

const OUTCOMES = { won: "decides", lost: "overruled", silent: "no answer", aside: "set aside" };

function layerRow(layer) {
  const name = make("span", { class: "layer" }, LAYERS[layer.layer] ?? layer.layer, " ",
    make("span", { class: layer.outcome === "won" ? "tag won" : "tag" }, OUTCOMES[layer.outcome] ?? layer.outcome));
  const says = make("span", { class: layer.outcome === "silent" ? "says silent" : "says" });
  if (layer.value !== null && layer.value !== undefined) says.append(make("strong", {}, amount(layer.value)), ": ");
  says.append(foreign(layer.reason));
  const set = make("span", { class: "set" });
  if (layer.set_by) {
    set.append("set by ", foreign(layer.set_by), " ", moment(layer.set_at), " with ", foreign(layer.set_with));
    if (layer.set_because) set.append(": ", foreign(layer.set_because));
    set.append(` (revision ${layer.set_in_revision})`);
  }
  return make("li", {}, name, says, ...(layer.set_by ? [set] : []));
}

function filterSubject() {
  const only = $("subject-on").checked;
  const count = filter(subject.rows, $("subject-filter").value, (row) => row.on || !only);
  const on = subject.rows.filter((row) => row.on).length;
  const all = subject.rows.length;
  const shown = count === all ? "" : `, ${count} shown`;
  $("subject-about").textContent = `${on} on of ${counted(all, "feature")}${shown}. Open a feature to see what each layer says.`;
}

function setOpen(open) {
  for (const row of subject.rows) if (!row.element.hidden) row.element.open = open;
}

function askSubject(event) {
  event.preventDefault();
  const id = $("subject-id").value;
  $("subject-id").setAttribute("aria-invalid", String(!id));
  $("subject-wrong").textContent = id ? "" : "Whose entitlements? Enter an identifier.";
  if (!id) { $("subject-id").focus(); return; }
  const kind = $("subject-kind").value;
  const query = new URLSearchParams({ kind, id });
  if (kind === "user" && $("subject-within").value) query.set("within", $("subject-within").value);
  if ($("subject-at").value) query.set("at", $("subject-at").value);
  const hash = `#/subject?${query}`;
  if (location.hash === hash) show();
  else location.hash = hash;
}

// ---- changes ----------------------------------------------------------------------------------

const changes = { next: undefined, count: 0 };

async function showChanges() {
  $("changes-list").replaceChildren();
  Object.assign(changes, { next: undefined, count: 0 });
  await moreChanges(false);
}

async function moreChanges(focus) {
  const { body: { items, next, revision } } = await read("/v1/log", { limit: PAGE, changes: MOST_CHANGES, after: changes.next });
  saw(revision);
  const rows = items.map(writeRow);
  $("changes-list").append(...rows);
  changes.count += rows.length;
  changes.next = next ?? undefined;
  $("changes-more").hidden = !next;
  $("changes-about").textContent = changes.count === 0 ? "Nothing has been written yet."
    : `${next ? "The latest" : "All"} ${counted(changes.count, "write")}, latest first.`;
  if (focus) {
    tell(`${counted(rows.length, "older write")}`);
    rows[0]?.focus();
  }
}

function writeRow(write) {
  const what = make("div", { class: "what" }, make("span", { class: "number" }, unseen("revision "), String(write.revision)),
    foreign(write.command, "key"), make("span", { class: "by" }, "by ", foreign(write.actor)), moment(write.at));
  const lines = write.changes.slice(0, MOST_CHANGES).flatMap(inWords);
  const list = make("ul", {}, ...lines.map(({ sign, text, before, after }) => {
    const words = make("span", {}, unseen(`${sign}: `), foreign(text));
    if (before && after) words.append(": ", foreign(before), " → ", foreign(after));
    else if (before || after) words.append(": ", foreign(after || before));
    return make("li", {}, make("span", { class: `sign ${sign}`, "aria-hidden": "true" }, SIGNS[sign]), words);
  }));
  const rest = (write.change_count ?? write.changes.length) - Math.min(write.changes.length, MOST_CHANGES);
  if (rest > 0) list.append(make("li", {}, "", make("span", {}, `and ${counted(rest, "more change")}: flags log ${write.revision}`)));
  const why = write.reason ? [make("p", { class: "why" }, "“", foreign(write.reason), "”")] : [];
  return make("li", { tabindex: "-1" }, what, ...why, list);
}

const SIGNS = { added: "+", removed: "−", altered: "~" };

// A change in words, one line for each thing that comes, goes or becomes another.
function inWords(change) {
  const { before, after } = change;
  const what = subjectOf(change);
  if (typeof before === "boolean" && change.change === "target") {
    return [{ sign: after ? "added" : "removed", text: what }];
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.filter((name) => written(before[name]) !== written(after[name]))
      .map((name) => line(`${what}: ${name.replaceAll("_", " ")}`, before[name], after[name]));
  }
  return [line(what, before, after)];
}

function line(text, before, after) {
  const none = (value) => value === null || value === undefined;
  const sign = none(before) ? "added" : none(after) ? "removed" : "altered";
  return { sign, text, before: none(before) ? "" : written(before), after: none(after) ? "" : written(after) };
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function written(value) {
  if (typeof value === "boolean" || typeof value === "number") return amount(value);
  if (Array.isArray(value)) return value.map(written).join(", ");
  if (!isObject(value)) return value === null || value === undefined ? "" : String(value);
  return Object.entries(value).filter(([, part]) => written(part) !== "")
    .map(([name, part]) => `${name.replaceAll("_", " ")} ${written(part)}`).join(", ");
}

function subjectOf(change) {
  switch (change.change) {
    case "settings": return "catalog";
    case "feature": return `feature ${change.key}`;
    case "plan": return `plan ${change.key}`;
    case "grant": return `plan ${change.plan}: ${change.feature}`;
    case "user": return `user ${change.id}`;
    case "organization": return `organization ${change.id}`;
    case "override": return `${written(change.subject)}: override of ${change.feature}`;
    case "rule": return `targeting of ${change.feature}: rule ${change.index + 1}`;
    case "target": return `targeting of ${change.feature}: ${written(change.target)}`;
    case "audience_default": return `targeting of ${change.feature}: everybody else`;
    default: return String(change.change);
  }
}

// ---- what is shown ----------------------------------------------------------------------------

function saw(revision) {
  $("revision").textContent = revision === undefined ? "" : `revision ${revision}`;
}

function asks(wrong) {
  for (const view of VIEWS) $(view).hidden = true;
  $("trouble").hidden = true;
  $("ask").hidden = false;
  $("forget").hidden = true;
  $("key-wrong").textContent = wrong;
  $("key").setAttribute("aria-invalid", String(wrong !== ""));
  saw(undefined);
  document.title = "Key – flags";
  $("key").focus();
}

function fails(problem, view) {
  if (problem.status === 401) {
    const had = key.get() !== null;
    key.forget();
    asks(had ? "This key is not valid: it is unknown, revoked or expired." : "");
    return;
  }
  if (view === "subject" && (problem.status === 404 || problem.status === 400 || problem.status === 422)) {
    $("subject-answer").hidden = true;
    $("subject-id").setAttribute("aria-invalid", "true");
    $("subject-wrong").replaceChildren(foreign(problem.message));
    return;
  }
  // What was there before may be no longer so.
  for (const id of ["plans-table", "plans-about", "changes-list", "changes-about"]) $(id).replaceChildren();
  $("changes-more").hidden = true;
  $("subject-answer").hidden = true;
  $("trouble-text").replaceChildren(foreign(problem.message));
  $("trouble-hint").textContent = problem.status === 403
    ? "Forget this key and enter one with the scope read." : "";
  $("trouble").hidden = false;
}

// Shows what the address says. `turn` tells a view that was left meanwhile from the present one.
let turn = 0;

async function show(move = true) {
  const mine = ++turn;
  leaving.abort();
  leaving = new AbortController();
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const view = VIEWS.includes(path) ? path : "plans";
  for (const name of VIEWS) {
    $(name).hidden = name !== view;
    if (name === view) $(`to-${name}`).setAttribute("aria-current", "page");
    else $(`to-${name}`).removeAttribute("aria-current");
  }
  $("ask").hidden = true;
  $("trouble").hidden = true;
  $("forget").hidden = key.get() === null;
  $("subject-wrong").textContent = "";
  $("subject-id").removeAttribute("aria-invalid");
  document.title = `${$(`${view}-title`).textContent} – flags`;
  if (move && document.activeElement?.closest("nav, #ask, body > .skip")) $(`${view}-title`).focus();
  $(view).setAttribute("aria-busy", "true");
  $("busy").classList.add("now");
  try {
    await { plans: showPlans, subject: () => showSubject(new URLSearchParams(search)), changes: showChanges }[view]();
  } catch (error) {
    if (mine !== turn) return;
    if (error instanceof Problem) fails(error, view);
    else fails(new Problem(0, "garbled", "The server's answer is not what this page can show."), view);
  } finally {
    if (mine === turn) {
      $(view).removeAttribute("aria-busy");
      $("busy").classList.remove("now");
    }
  }
}

function takeKey(event) {
  event.preventDefault();
  const typed = $("key").value.trim();
  // A header holds no other characters; what was copied with more than the key is no key.
  const wrong = !typed ? "Enter a key." : /[^\x21-\x7e]/.test(typed) ? "A key has only letters, digits, - and _." : "";
  $("key-wrong").textContent = wrong;
  $("key").setAttribute("aria-invalid", String(wrong !== ""));
  if (wrong) { $("key").focus(); return; }
  key.set(typed);
  $("key").value = "";
  show();
}

$("skip").addEventListener("click", (event) => { event.preventDefault(); $("main").focus(); });
$("key-form").addEventListener("submit", takeKey);
$("forget").addEventListener("click", () => { leaving.abort(); turn++; key.forget(); asks(""); });
$("again").addEventListener("click", () => show());
$("plans-filter").addEventListener("input", filterPlans);
$("subject-form").addEventListener("submit", askSubject);
$("subject-kind").addEventListener("change", () => { $("subject-within-field").hidden = $("subject-kind").value !== "user"; });
$("subject-filter").addEventListener("input", filterSubject);
$("subject-on").addEventListener("change", filterSubject);
$("subject-open").addEventListener("click", () => setOpen(true));
$("subject-close").addEventListener("click", () => setOpen(false));
$("changes-more").addEventListener("click", () => moreChanges(true).catch((error) => {
  if (error instanceof Problem) fails(error, "changes");
}));
addEventListener("hashchange", () => show());
show(false);
