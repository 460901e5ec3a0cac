import { ask, readDrifts, readExplanation, readStatistics, readTables } from "./api.js";

const REFRESH_MILLIS = 3000;
const byId = (id) => document.getElementById(id);

let connections = [];
let chosen = null; // the identifier of a table
let shownHash = null; // of the structure that the explanation on the page is about

/** An element with attributes and children; texts stay texts. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

const allTables = () => connections.flatMap((connection) => connection.tables);
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

function showTables() {
  const wanted = byId("filter").value.trim().toLowerCase();
  const focused = document.activeElement?.dataset?.table;
  byId("tables").replaceChildren(...connections.map((connection) => {
    const tables = connection.tables.filter(
      (table) => `${table.schema}.${table.name}`.toLowerCase().includes(wanted));
    return element("section", {},
      element("h2", {}, connection.name === "default" ? connection.database : connection.name,
        element("small", {}, ` ${connection.engine}${connection.state === "watched" ? "" : ", in doubt"}`)),
      element("ul", {}, ...tables.map(tableItem)));
  }));
  if (focused) {
    document.querySelector(`[data-table="${CSS.escape(focused)}"]`)?.focus();
  }
  const tables = allTables();
  const cached = tables.filter((table) => table.cached).length;
  byId("summary").textContent = `${count(tables.length, "table")} and views, ${cached} of them in the cache.`;
}

function tableItem(table) {
  const button = element("button", { type: "button", "data-table": table.id },
    element("span", {}, `${table.schema}.${table.name}`));
  if (table.id === chosen) {
    button.setAttribute("aria-current", "true");
  }
  if (table.cached) {
    button.append(element("span", { class: "mark cached" }, "cached"));
  }
  button.addEventListener("click", () => choose(table.id));
  return element("li", {}, button);
}

async function choose(id) {
  chosen = id;
  showTables();
  showScope();
  await showExplanation();
  await refresh();
}

async function showExplanation() {
  const table = allTables().find((one) => one.id === chosen);
  const article = byId("explanation");
  if (!table) {
    shownHash = null;
    article.replaceChildren(element("p", { class: "hint" }, "This table is gone."));
    return;
  }
  article.setAttribute("aria-busy", "true");
  try {
    const explanation = await readExplanation(table);
    if (chosen !== table.id) {
      return; // another one was chosen meanwhile
    }
    shownHash = explanation.structureHash;
    article.replaceChildren(...explanationParts(explanation));
  } catch (failure) {
    article.replaceChildren(element("p", { class: "problem", role: "alert" }, failure.message));
  } finally {
    article.removeAttribute("aria-busy");
  }
}

function explanationParts(explanation) {
  const how = explanation.fromCache
    ? element("span", { class: "mark cached", id: "how" }, "from the cache")
    : element("span", { class: "mark made", id: "how" }, "made anew");
  const body = element("div", { class: "text" });
  // The service made this from Markdown, in which tags are text; and the page's policy runs no script in it.
  body.innerHTML = explanation.html;
  return [
    element("h2", {}, `${explanation.schema}.${explanation.table}`),
    element("p", { class: "facts" },
      `${explanation.kind}, documented ${new Date(explanation.createdAt).toLocaleString()} by ${explanation.writer} `, how),
    body,
    ...relations("References", explanation.references),
    ...relations("Referenced by", explanation.referencedBy),
    element("p", { class: "hint" }, `Structure ${explanation.structureHash}`),
  ];
}

function relations(title, list) {
  return list.length === 0 ? [] : [
    element("h3", {}, title),
    element("ul", {}, ...list.map((relation) => {
      const button = element("button", { type: "button", class: "link" }, relation.table);
      button.addEventListener("click", () => choose(relation.id));
      return element("li", {}, button, ` (${relation.columns.join(", ")})`);
    })),
  ];
}

function showDrifts(drifts) {
  byId("drifts").replaceChildren(...(drifts.length === 0
    ? [element("li", { class: "hint" }, "Nothing yet.")]
    : drifts.slice(0, 50).map((drift) => element("li", {},
      element("time", { datetime: drift.at }, new Date(drift.at).toLocaleString()),
      element("strong", {}, ` ${drift.table} `),
      element("span", { class: "hint" }, `by ${drift.origin === "own connection" ? "this service" : "another session"}`),
      element("ul", {}, ...drift.changes.map((change) => element("li", {}, change)))))));
}

function showStatistics({ explanations, chat }) {
  const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;
  const money = (spent) => Object.entries(spent).map(([unit, amount]) => `${amount} ${unit}`).join(", ") || "–";
  const rows = [
    ["Served from the cache", (one) => one.hits],
    ["Made anew", (one) => one.misses],
    ["Shared with another caller", (one) => one.coalesced],
    ["Removed after a change", (one) => one.purged],
    ["Time spent", (one) => seconds(one.computeMillis)],
    ["Time saved", (one) => seconds(one.savedMillis)],
    ["Tokens spent", (one) => one.tokensSpent],
    ["Tokens saved", (one) => one.tokensSaved],
    ["Spent", (one) => money(one.spent)],
    ["Saved", (one) => money(one.saved)],
  ];
  byId("statistics").replaceChildren(...rows.map(([title, value]) => element("tr", {},
    element("th", { scope: "row" }, title),
    element("td", {}, `${value(explanations)}`),
    element("td", {}, `${value(chat)}`))));
}

function showScope() {
  const table = allTables().find((one) => one.id === chosen);
  byId("scope").textContent = table ? `About ${table.schema}.${table.name}.` : "";
}

async function submit(event) {
  event.preventDefault();
  const answer = byId("answer");
  const status = byId("answer-status");
  answer.textContent = "";
  status.textContent = "Asking …";
  const question = { question: byId("question").value };
  if (chosen) {
    question.table = chosen;
  } else if (connections.length > 0) {
    question.connection = connections[0].name;
  }
  try {
    await ask(question, (line) => {
      if (line.type === "content") {
        answer.append(line.content);
      } else if (line.type === "done") {
        status.textContent = line.cached ? "From the cache." : `Made anew in ${(line.computeMillis / 1000).toFixed(1)} s.`;
      } else if (line.type === "error") {
        status.textContent = line.detail;
      }
    });
  } catch (failure) {
    status.textContent = failure.message;
  }
  await refresh();
}

async function refresh() {
  try {
    const [tables, drifts, statistics] = await Promise.all([readTables(), readDrifts(), readStatistics()]);
    connections = tables;
    showTables();
    showDrifts(drifts);
    showStatistics(statistics);
    const table = allTables().find((one) => one.id === chosen);
    if (chosen && shownHash !== null && table?.structureHash !== shownHash && table?.structureHash !== "") {
      await showExplanation();
    }
  } catch (failure) {
    byId("summary").textContent = failure.message;
  }
}

async function keepFresh() {
  await refresh();
  document.body.dataset.ready = "true";
  setInterval(() => document.hidden || refresh(), REFRESH_MILLIS);
}

byId("filter").addEventListener("input", showTables);
byId("ask").addEventListener("submit", submit);
keepFresh();
