"use strict";
// Filters and sorts the matrix, both ways; opens a scenario, whose chunk is unpacked when it is wanted.
// The address keeps what is seen: #v=…&q=… a view, #s=… a scenario, #URS-… a requirement.

const $ = (id) => document.getElementById(id);
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
const COLOURS = { passed: "good", failed: "bad", error: "bad", aborted: "bad", open: "bad", closed: "good", unselected: "plain" };
const badge = (state) => make("span", { class: `badge ${COLOURS[state] || "warn"}` }, state);
const PAGE = 200;
const PRINTED = 2000; // scenarios that are printed; the workbook has them all
const CONTROLS = ["q", "state", "phase", "epic", "risk"];
const GRAVITY = ["failed", "aborted", "gap", "blocked", "not supported", "not run", "awaiting a person", "orphan", "unselected", "procedural", "verified", "passed"];
const RISKS = ["high", "medium", "low"];
const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

// --- what the page holds ---------------------------------------------------------------------------------------

async function unpack(id) {
  const bytes = Uint8Array.from(atob($(id).textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}
const chunks = new Map();
function chunk(number) {
  if (!chunks.has(number)) chunks.set(number, unpack(`chunk-${number}`));
  return chunks.get(number);
}
let per = 8;
let rows = []; // of the matrix as it stands in the page
let scenarios = []; // of the index
let found = []; // what the filter leaves of one of the two
const byId = new Map();

function readIndex(said) {
  per = said.per;
  const risks = new Map([...$("matrix-table").tBodies[0].rows].map((node) => [node.id, node.dataset.risk]));
  scenarios = said.scenarios.map(([id, state, phase, epic, links], place) => ({
    id, state, phase, epic, links, place,
    name: id.slice(id.indexOf("::") + 2), phases: [phase], epics: [epic], risks: links.map(([name]) => risks.get(name)),
    words: `${id} ${epic} ${links.flat().join(" ")}`.toLowerCase(),
  }));
  for (const one of scenarios) byId.set(one.id, one);
}
function readRows() {
  const reached = new Map(); // requirement -> phases and epics of its scenarios
  for (const one of scenarios) {
    for (const [id] of one.links) {
      if (!reached.has(id)) reached.set(id, [new Set(), new Set()]);
      reached.get(id)[0].add(one.phase);
      reached.get(id)[1].add(one.epic);
    }
  }
  rows = [...$("matrix-table").tBodies[0].rows].map((node) => {
    const orphan = node.id ? null : byId.get(decode(node.querySelector("a").hash.slice(3)));
    const [phases, epics] = orphan ? [orphan.phases, orphan.epics] : [...(reached.get(node.id) || [[], []])].map((one) => [...one]);
    const { state, risk, gxp, n } = node.dataset;
    return { node, state, gxp, phases, epics, risks: [risk], n: -n, id: node.id || "\uffff", words: node.textContent.toLowerCase() };
  });
}

// --- the matrix ------------------------------------------------------------------------------------------------

const sorting = { requirements: "", scenarios: "" };
const direction = () => document.querySelector("input[name=v]:checked").value;

function options(select, values) {
  const chosen = select.value;
  select.replaceChildren(make("option", { value: "" }, "all"), ...values.filter(Boolean).map((value) => make("option", {}, value)));
  select.value = values.includes(chosen) ? chosen : "";
}
function fillChoices() {
  const all = direction() === "scenarios" ? scenarios : rows;
  options($("state"), [...new Set(all.map((one) => one.state))].sort((a, b) => GRAVITY.indexOf(a) - GRAVITY.indexOf(b)));
  options($("phase"), [...new Set(scenarios.map((one) => one.phase))].sort());
  options($("epic"), [...new Set(scenarios.map((one) => one.epic))].sort());
}
function key(one, name) {
  if (name === "risk") return RISKS.includes(one.risks[0]) ? RISKS.indexOf(one.risks[0]) : RISKS.length;
  return name === "state" ? GRAVITY.indexOf(one.state) : one[name];
}
function sorted(all) {
  const said = sorting[direction()];
  if (!said) return all;
  const [name, sign] = said.startsWith("-") ? [said.slice(1), -1] : [said, 1];
  const keyed = all.map((one, place) => [key(one, name), place, one]);
  keyed.sort(([a, i], [b, j]) => (a < b ? -sign : a > b ? sign : i - j));
  return keyed.map(([, , one]) => one);
}
function show() {
  const which = direction();
  for (const name of ["requirements", "scenarios"]) $(name).hidden = name !== which;
  const all = which === "scenarios" ? scenarios : rows;
  const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [state, phase, epic, risk] = CONTROLS.slice(1).map((id) => $(id).value);
  found = sorted(all).filter((one) => (!state || one.state === state) && (!phase || one.phases.includes(phase)) &&
    (!epic || one.epics.includes(epic)) && (!risk || one.risks.includes(risk)) && words.every((word) => one.words.includes(word)));
  if (which === "scenarios") {
    $("scenario-table").tBodies[0].replaceChildren();
    more();
  } else {
    const left = new Set(found);
    for (const one of rows) one.node.hidden = !left.has(one);
    $("matrix-table").tBodies[0].append(...sorted(rows).map((one) => one.node));
  }
  $("hits").textContent = `${found.length} of ${all.length} ${which === "scenarios" ? "scenarios" : "rows"}`;
  for (const button of document.querySelectorAll("[data-sort]")) {
    const said = sorting[button.closest(".panel").id];
    const order = { [button.dataset.sort]: "ascending", [`-${button.dataset.sort}`]: "descending" }[said];
    button.closest("th").setAttribute("aria-sort", order || "none");
  }
}
function more() {
  const body = $("scenario-table").tBodies[0];
  body.append(...found.slice(body.rows.length, body.rows.length + PAGE).map(scenarioRow));
  $("more").hidden = body.rows.length >= found.length;
}
const requirementLinks = (one) => one.links.flatMap(([id, review]) =>
  [make("a", { href: `#${encodeURIComponent(id)}` }, id), review === "reviewed" ? " " : make("span", { class: "stale" }, ` ${review} `)]);
function scenarioRow(one) {
  const cell = (label, ...children) => make("td", { "data-label": label }, ...children);
  const links = one.links.length ? requirementLinks(one) : [make("em", {}, "no requirement")];
  return make("tr", {},
    make("th", { scope: "row" }, make("a", { href: `#s=${encodeURIComponent(one.id)}` }, visible(one.name)), make("small", {}, visible(one.id.split("::")[0]))),
    cell("Verdict", badge(one.state)), cell("Phase", one.phase || "none"), cell("Epic", one.epic), cell("Requirements", ...links));
}

// --- the address -----------------------------------------------------------------------------------------------

function viewHash() {
  const said = new URLSearchParams({ v: direction() });
  for (const id of CONTROLS) if ($(id).value) said.set(id, $(id).value);
  if (sorting[direction()]) said.set("sort", sorting[direction()]);
  return `#${said}`;
}
function changed() {
  fillChoices();
  show();
  history.replaceState(null, "", viewHash());
}
function setView(said) {
  for (const radio of document.querySelectorAll("input[name=v]")) radio.checked = radio.value === (said.get("v") || "requirements");
  fillChoices();
  for (const id of CONTROLS) $(id).value = said.get(id) || "";
  const column = said.get("sort") || "";
  sorting[direction()] = document.querySelector(`#${direction()} [data-sort="${CSS.escape(column.replace(/^-/, ""))}"]`) ? column : "";
  show();
}
function follow() {
  const hash = location.hash.slice(1);
  if (hash.startsWith("s=")) return open(decode(hash.slice(2)));
  if ($("detail").open) $("detail").close();
  if (hash.startsWith("v=")) {
    setView(new URLSearchParams(hash));
    return $("matrix").scrollIntoView();
  }
  const row = hash && $(decode(hash))?.closest("#matrix-table tr");
  if (!row) return;
  if (row.hidden || $("requirements").hidden) setView(new URLSearchParams());
  const links = row.querySelector("details");
  if (links) links.open = true;
  row.scrollIntoView({ block: "center" });
  row.querySelector("a").focus({ preventScroll: true });
}

// --- values ----------------------------------------------------------------------------------------------------

const visible = (text) => text.replace(/[^\P{C}\n\t]|[\u2028\u2029]/gu, (char) => `\\u${char.codePointAt(0).toString(16).padStart(4, "0")}`);
const time = (text) => (text ? `${text.slice(0, 10)} ${text.slice(11, 23)} UTC` : "not on record");

// Indents JSON and leaves every token as it is: to read and write it again would round numbers and drop doubled keys.
function pretty(text) {
  try { JSON.parse(text); } catch { return visible(text); }
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g).map((token, place, all) => {
    if (token === "{" || token === "[") {
      depth += 1;
      return /^[\]}]$/.test(all[place + 1]) ? token : token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return /^[[{]$/.test(all[place - 1]) ? token : line() + token;
    }
    return token === "," ? token + line() : token === ":" ? ": " : token;
  }).join("");
}

// Which lines of each side are not in the other, by the longest common subsequence.
function differing(left, right) {
  if (left.length * right.length > 250000) return [left.map((line) => !right.includes(line)), right.map((line) => !left.includes(line))];
  const common = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) common[i][j] = left[i] === right[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  const marks = [left.map(() => true), right.map(() => true)];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) marks[0][i++] = marks[1][j++] = false;
    else if (common[i + 1][j] >= common[i][j + 1]) i++;
    else j++;
  }
  return marks;
}
// The line of the other side that speaks of the same: of the same key, or the only one.
function counterpart(line, others) {
  const name = line.match(/^\s*"(?:[^"\\]|\\.)*": /)?.[0];
  return name ? others.find((other) => other.startsWith(name)) : others.length === 1 ? others[0] : undefined;
}
// A line that differs from its counterpart only in some words is marked only there.
function marked(line, others) {
  const other = counterpart(line, others) ?? line.match(/^\s*/)[0];
  const most = Math.min(line.length, other.length);
  const word = (char) => /[\p{L}\p{N}_.:+-]/u.test(char);
  let begin = 0;
  while (begin < most && line[begin] === other[begin]) begin++;
  let end = 0;
  while (end < most - begin && line.at(-1 - end) === other.at(-1 - end)) end++;
  while (begin > 0 && word(line[begin - 1])) begin--;
  while (end > 0 && word(line.at(-end))) end--;
  const middle = line.slice(begin, line.length - end);
  return [line.slice(0, begin), middle && make("mark", {}, middle), line.slice(line.length - end)];
}
function compared(expected, actual, marking) {
  const sides = [expected, actual].map((text) => pretty(text).split("\n"));
  const bare = sides.map((lines) => lines.map((line) => line.replace(/,$/, "")));
  const marks = marking ? differing(...bare) : bare.map((lines) => lines.map(() => false));
  const changes = bare.map((lines, side) => lines.filter((_, place) => marks[side][place]));
  const throughout = changes.every((lines, side) => lines.length === sides[side].length) && Math.max(...changes.map((lines) => lines.length)) > 1;
  return sides.map((lines, side) => {
    const box = make("pre", throughout ? { class: "all" } : {});
    lines.forEach((line, place) => {
      const parts = marks[side][place] && !throughout ? marked(bare[side][place], changes[1 - side]) : [bare[side][place]];
      box.append(...parts, line.slice(bare[side][place].length), place < lines.length - 1 ? "\n" : "");
    });
    return box;
  });
}

// --- one scenario ----------------------------------------------------------------------------------------------

const facts = (pairs) => make("dl", { class: "facts" },
  ...pairs.filter(([, value]) => value).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));

function side(title, part) {
  const box = make("div", {}, make("h4", {}, title));
  if (!part) {
    box.append(make("p", {}, "none came"));
    return box;
  }
  const headers = Object.entries(part.headers).map(([name, value]) => `${name}: ${value}`).join("\n");
  if (headers) box.append(make("pre", { class: "headers" }, headers));
  if (part.body) box.append(make("pre", {}, pretty(part.body)));
  const said = part.sha ? [part.body ? "All bytes: " : "Body, not held in this page: ", make("a", { href: `exchanges/${part.sha}` }, `exchanges/${part.sha}`)] : ["no body"];
  box.append(make("p", { class: "sha" }, ...said));
  return box;
}
function exchange(one) {
  if (!one.call) return make("p", {}, `${one.id}: not in this record`);
  const box = make("details", { class: "exchange", id: `x-${one.id}` },
    make("summary", {}, make("b", {}, one.system), ` ${one.call} → ${one.status ?? one.error}, ${one.ms} ms `, make("small", {}, one.id)));
  box.addEventListener("toggle", () => {
    if (box.children.length > 1) return;
    box.append(make("small", {}, `${time(one.started)} to ${time(one.finished)}`), make("div", { class: "pair" }, side("Request", one.sent), side("Response", one.got)));
  });
  return box;
}
function took(one, system) {
  if (!one.latency_ms || !(system in one.latency_ms)) return "";
  const ms = one.latency_ms[system];
  return `, ${ms === null ? "never in step" : `in step after ${ms} ms`} (SLA ${one.sla_ms} ms)`;
}
function check(one) {
  const box = make("div", { class: "check" },
    make("h4", {}, badge(one.verdict), " ", make("a", { href: `#${encodeURIComponent(one.requirement)}` }, one.requirement), `: ${one.claim}`));
  const seen = typeof one.actual === "string" ? { "": one.actual } : one.actual;
  for (const [system, actual] of Object.entries(seen)) {
    const [left, right] = compared(one.expected, actual, one.verdict !== "passed" || one.tolerance);
    box.append(make("div", { class: one.verdict === "passed" ? "pair calm" : "pair" },
      make("div", {}, make("h5", {}, `Expected${one.tolerance ? `, within ${JSON.stringify(one.tolerance)}` : ""}`), left),
      make("div", {}, make("h5", {}, `Actual${system && ` in ${system}`}${took(one, system)}`), right)));
  }
  const rests = one.exchanges.flatMap((id) => {
    const link = make("button", { type: "button", class: "link" }, id);
    link.onclick = () => reveal(`x-${id}`);
    return [link, " "];
  });
  box.append(make("small", {}, `${one.kind}${one.source ? `; expected value from ${one.source}` : ""}; ${one.line}; rests on `, ...(rests.length ? rests : ["no exchange"])));
  return box;
}
function reveal(id) {
  const box = $(id);
  if (!box) return;
  for (let node = box; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  box.scrollIntoView({ block: "start" });
  box.firstChild.focus();
}
function step(one) {
  const box = make("section", { class: "step" }, make("h3", {}, badge(one.verdict), ` ${one.n}. ${one.text}`));
  box.append(make("small", {}, one.started ? `${time(one.started)} to ${time(one.finished)}` : "not begun"));
  if (one.error && !one.checks.length) box.append(make("pre", {}, one.error));
  box.append(...one.checks.map(check));
  if (one.exchanges.length) {
    const all = make("details", {}, make("summary", {}, `${one.exchanges.length} exchange${one.exchanges.length > 1 ? "s" : ""}`), ...one.exchanges.map(exchange));
    all.open = one.exchanges.length <= 6;
    box.append(all);
  }
  return box;
}
function bar(one) {
  const place = direction() === "scenarios" ? found.indexOf(one) : -1;
  const button = (text, other) => {
    const node = make("button", { type: "button" }, text);
    node.disabled = !other;
    node.onclick = () => { location.hash = `#s=${encodeURIComponent(other.id)}`; };
    return node;
  };
  const close = make("button", { type: "button", class: "close" }, "Close");
  close.onclick = () => $("detail").close();
  const listed = place < 0 ? [] : [button("Previous", found[place - 1]), button("Next", found[place + 1])];
  return make("div", { class: "bar" }, ...listed, close);
}
async function open(id) {
  const one = byId.get(id);
  if (!one) return;
  const data = (await chunk(Math.floor(one.place / per)))[one.place % per];
  const body = [bar(one), make("h2", { id: "detail-h" }, badge(one.state), ` ${data.name || visible(one.name)}`)];
  body.push(make("p", {}, "Verifies ", ...(one.links.length ? requirementLinks(one) : ["no requirement"])));
  if (data.description) body.push(make("p", {}, data.description));
  for (const [name, state, number] of data.deviations || []) {
    body.push(make("p", { class: "notice" }, make("a", { href: `#${encodeURIComponent(name)}` }, `Deviation ${name}`), ` at step ${number} `, badge(state)));
  }
  const parameters = Object.entries(data.parameters || {}).map(([name, value]) => `${name} = ${value}`).join(", ");
  body.push(facts([["Scenario", visible(one.id)], ["Feature", data.feature], ["With", parameters], ["Phase", one.phase],
    ["From", data.started && time(data.started)], ["To", data.started && time(data.finished)], ["Worker", data.worker]]));
  if (data.reason) body.push(make("h3", {}, "Why it did not pass"), make("pre", {}, data.reason));
  body.push(...(data.steps ? data.steps.map(step) : [make("p", {}, "This scenario was not run.")]));
  $("detail-body").replaceChildren(...body);
  if (!$("detail").open) $("detail").showModal();
  $("detail").scrollTop = 0;
}

// --- keys, mouse, printer --------------------------------------------------------------------------------------

function arrow(event) {
  const all = [...document.querySelectorAll(".panel:not([hidden]) tbody tr:not([hidden])")];
  const here = all.indexOf(event.target.closest("tr"));
  if (here < 0 && event.target.id !== "q") return;
  const next = all[here + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  (next ? next.querySelector("a, summary") : $("q")).focus();
}
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !$("detail").open) {
    event.preventDefault();
    $("q").focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") arrow(event);
});
$("filter").addEventListener("submit", (event) => event.preventDefault());
$("filter").addEventListener("input", changed);
$("clear").onclick = () => {
  for (const id of CONTROLS) $(id).value = "";
  changed();
  $("q").focus();
};
$("more").onclick = () => {
  const begin = $("scenario-table").tBodies[0].rows.length;
  more();
  $("scenario-table").tBodies[0].rows[begin].querySelector("a").focus();
};
for (const button of document.querySelectorAll("[data-sort]")) {
  button.onclick = () => {
    const name = button.dataset.sort;
    sorting[direction()] = { [name]: `-${name}`, [`-${name}`]: "" }[sorting[direction()]] ?? name;
    changed();
  };
}
$("detail").addEventListener("close", () => {
  if (location.hash.startsWith("#s=")) history.replaceState(null, "", viewHash());
});
window.addEventListener("hashchange", follow);
let folded = [];
window.addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")].filter((one) => !one.closest("dialog"));
  for (const one of folded) one.open = true;
  const lines = scenarios.slice(0, PRINTED).map(scenarioRow);
  if (scenarios.length > PRINTED) lines.push(make("tr", {}, make("th", { scope: "row", colspan: 5 }, `${scenarios.length - PRINTED} more scenarios are in traceability.xlsx`)));
  $("scenario-table").tBodies[0].replaceChildren(...lines);
});
window.addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
  show();
});
unpack("index").then((said) => {
  readIndex(said);
  readRows();
  fillChoices();
  show();
  document.documentElement.dataset.ready = "";
  follow();
});
