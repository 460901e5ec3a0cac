// What the service answers, as values; a problem becomes an Error that says it in a sentence.

async function checked(response) {
  if (response.ok) {
    return response;
  }
  let detail = `The service answers with status ${response.status}.`;
  try {
    detail = (await response.json()).detail ?? detail;
  } catch {
    // No problem in JSON: the status has to do.
  }
  throw new Error(detail);
}

async function json(path) {
  return (await checked(await fetch(path))).json();
}

export const readTables = async () => (await json("api/tables")).connections;
export const readDrifts = async () => (await json("api/drifts")).drifts;
export const readStatistics = () => json("api/cache/stats");

/** The explanation, and whether it came out of the service's cache. */
export async function readExplanation(table) {
  const response = await checked(await fetch(table.explanation.slice(1)));
  const status = response.headers.get("Cache-Status") ?? "";
  return { ...(await response.json()), fromCache: /;\s*hit\b/.test(status) };
}

/** Asks, and tells each line of the answer as it comes. */
export async function ask(question, onLine) {
  const response = await checked(await fetch("api/chat/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(question),
  }));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop();
    lines.forEach((line) => onLine(JSON.parse(line)));
  }
}
