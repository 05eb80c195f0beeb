// What goes to the server.

export async function post(path, body = {}) {
  try {
    const answer = await fetch(`api/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const text = await answer.text();
    const said = text.startsWith("{") ? JSON.parse(text) : {};
    return answer.ok ? said : { why: said.why ?? `The app refused it (${answer.status}).` };
  } catch {
    return { why: "The app does not answer. What has arrived is kept; start it again and the list goes on." };
  }
}

export const get = async path => (await fetch(`api/${path}`)).json();
