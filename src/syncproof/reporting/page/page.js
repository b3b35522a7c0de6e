"use strict";
// Filters the matrix, lists the scenarios and opens one: its chunk is unpacked when it is wanted.
const $ = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const COLOURS = { passed: "good", verified: "good", failed: "bad", error: "bad", aborted: "bad", unselected: "plain" };
const badge = (state) => make("span", { class: `badge ${COLOURS[state] || "warn"}` }, state);
const PAGE = 200;

async function unpack(id) {
  const bytes = Uint8Array.from(atob($(id).textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

const chunks = new Map();
const chunk = (number) => {
  if (!chunks.has(number)) chunks.set(number, unpack(`chunk-${number}`));
  return chunks.get(number);
};

function filterMatrix() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const state = $("state").value;
  let hits = 0;
  for (const row of $("matrix-table").tBodies[0].rows) {
    row.words ??= row.textContent.toLowerCase();
    const shown = (!state || row.dataset.state === state) && words.every((word) => row.words.includes(word));
    row.hidden = !shown;
    hits += shown;
  }
  $("hits").textContent = `${hits} of ${$("matrix-table").tBodies[0].rows.length} rows`;
}

let index = [];
let found = [];
function filterScenarios() {
  const words = $("s-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const verdict = $("s-verdict").value;
  found = index.filter((one) => (!verdict || one.verdict === verdict) && words.every((word) => one.words.includes(word)));
  $("s-list").replaceChildren();
  $("s-hits").textContent = `${found.length} of ${index.length} scenarios`;
  more();
}
function more() {
  const begin = $("s-list").children.length;
  const rows = found.slice(begin, begin + PAGE).map((one) => {
    const [feature, name] = one.id.split("::");
    const link = make("a", { href: `#s=${encodeURIComponent(one.id)}` }, name);
    return make("li", {}, badge(one.verdict), make("span", {}, link, " ", make("small", {}, `${feature} · ${one.requirements.join(", ") || "no requirement"}`)));
  });
  $("s-list").append(...rows);
  $("s-more").hidden = begin + PAGE >= found.length;
}

const time = (text) => (text ? `${text.slice(0, 10)} ${text.slice(11, 23)} UTC` : "not on record");
function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}
function lines(text, other) {
  const theirs = new Set(pretty(other).split("\n"));
  const pre = make("pre");
  for (const line of pretty(text).split("\n")) pre.append(theirs.has(line) ? line : make("mark", {}, line), "\n");
  return pre;
}
function side(title, part) {
  const box = make("div", {}, make("h4", {}, title));
  if (!part) return box;
  if (part.headers) box.append(make("pre", {}, Object.entries(part.headers).map(([name, value]) => `${name}: ${value}`).join("\n")));
  if (part.body) box.append(make("pre", {}, pretty(part.body)));
  if (part.sha) box.append(make("a", { href: `exchanges/${part.sha}` }, `exchanges/${part.sha.slice(0, 16)}…`));
  return box;
}
function exchange(one) {
  const label = one.call ? `${one.id}  ${one.system}  ${one.call}  → ${one.status ?? one.error}  ${one.ms} ms` : `${one.id} (not in this record)`;
  const box = make("details", { id: `x-${one.id}` }, make("summary", {}, label));
  box.append(make("small", {}, time(one.at)), make("div", { class: "pair" }, side("Request", one.sent), side("Response", one.got)));
  return box;
}
function check(one) {
  const box = make("div", {}, make("h3", {}, badge(one.verdict), ` ${one.requirement}: ${one.claim}`));
  box.append(make("div", { class: "pair" },
    make("div", {}, make("h4", {}, `Expected${one.tolerance ? `, within ${one.tolerance}` : ""}`), lines(one.expected, one.actual)),
    make("div", {}, make("h4", {}, "Actual"), lines(one.actual, one.expected))));
  box.append(make("small", {}, `${one.kind}${one.source ? `, expected value from ${one.source}` : ""}; rests on ${one.exchanges.join(", ") || "no exchange"}`));
  return box;
}
function step(one) {
  const box = make("div", { class: "step" }, make("h3", {}, badge(one.verdict), ` ${one.n}. ${one.text}`));
  box.append(make("small", {}, `${time(one.started)} to ${time(one.finished)}`));
  if (one.error) box.append(make("pre", {}, one.error));
  box.append(...one.checks.map(check));
  if (one.exchanges.length) {
    const all = make("details", { open: "" }, make("summary", {}, `${one.exchanges.length} exchanges`));
    all.append(...one.exchanges.map(exchange));
    if (one.exchanges.length > 12) all.removeAttribute("open");
    box.append(all);
  }
  return box;
}

async function open(id) {
  const one = index.find((each) => each.id === id);
  if (!one) return;
  const data = (await chunk(one.chunk))[one.place];
  const close = make("button", { class: "close", type: "button" }, "Close");
  close.onclick = () => $("detail").close();
  const body = make("div", {}, close, make("h2", { id: "detail-h" }, data.name || id), make("p", {}, badge(one.verdict), ` ${data.feature || ""}`));
  body.append(make("p", {}, make("small", {}, id)));
  const links = one.requirements.flatMap((name) => [make("a", { href: `#${name}` }, name), " "]);
  body.append(make("p", {}, "Requirements: ", ...(links.length ? links : ["none"])));
  if (data.description) body.append(make("p", {}, data.description));
  if (!data.steps) body.append(make("p", {}, "This scenario was not run."));
  else {
    body.append(make("p", {}, `${time(data.started)} to ${time(data.finished)}, worker ${data.worker}`));
    const parameters = Object.entries(data.parameters);
    if (parameters.length) body.append(make("p", {}, `With ${parameters.map(([name, value]) => `${name} = ${value}`).join(", ")}`));
    if (data.reason) body.append(make("pre", {}, data.reason));
    body.append(...data.steps.map(step));
  }
  $("detail-body").replaceChildren(body);
  if (!$("detail").open) $("detail").showModal();
  $("detail").scrollTop = 0;
}
function follow() {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash.startsWith("s=")) return open(hash.slice(2));
  if ($("detail").open) $("detail").close();
  const row = hash && $(hash);
  if (row && row.hidden) { $("search").value = ""; $("state").value = ""; filterMatrix(); row.scrollIntoView(); }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); $("search").focus(); }
});
$("detail").addEventListener("close", () => {
  if (location.hash.startsWith("#s=")) history.replaceState(null, "", "#scenarios");
});
$("search").oninput = $("state").onchange = filterMatrix;
$("s-search").oninput = $("s-verdict").onchange = filterScenarios;
$("s-more").onclick = more;
window.addEventListener("hashchange", follow);
window.addEventListener("beforeprint", () => document.querySelectorAll("#matrix-table details").forEach((one) => { one.open = true; }));
unpack("index").then((said) => {
  index = said.scenarios.map(([id, verdict, requirements, number], place) => ({
    id, verdict, requirements, chunk: number, place: place % said.per, words: `${id} ${requirements.join(" ")}`.toLowerCase(),
  }));
  for (const verdict of new Set(index.map((one) => one.verdict))) $("s-verdict").append(make("option", {}, verdict));
  filterMatrix();
  filterScenarios();
  follow();
});
