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
