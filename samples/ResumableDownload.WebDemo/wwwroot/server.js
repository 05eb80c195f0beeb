// What goes to the server.

const answer = document.getElementById("add-answer");
const news = document.getElementById("news");

export async function post(path, body = {}) {
  try {
    const came = await fetch(`api/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const text = await came.text();
    const said = text.startsWith("{") ? JSON.parse(text) : {};
    return came.ok ? said : { why: said.why ?? `The app refused it (${came.status}).` };
  } catch {
    return { why: "The app does not answer. What has arrived is kept; start it again and the list goes on." };
  }
}

// Something of which only a refusal has to be told.
export async function wish(path, body) {
  const said = await post(path, body);
  if (!said.why) return;
  answer.dataset.kind = "refused";
  news.textContent = answer.textContent = said.why;
}

export const get = async path => (await fetch(`api/${path}`)).json();
