// The dialog of one scenario: its steps, expected beside actual, and the exchanges that each check rests on.

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
