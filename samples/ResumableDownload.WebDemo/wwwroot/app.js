// Ties the page to the server: events come in, wishes go out.

import * as list from "./list.js";
import { get, post, wish } from "./server.js";
import * as settings from "./settings.js";
import * as words from "./words.js";

const byId = id => document.getElementById(id);
const urls = byId("urls");
const answer = byId("add-answer");

function follow() {
  const events = new EventSource("api/events");
  const link = (state, text) => {
    document.body.dataset.link = state;
    byId("link-words").textContent = text;
  };
  events.addEventListener("open", () => link("there", "Live"));
  events.addEventListener("error", () => {
    link("gone", "The app is away");
    // A browser gives up for good where something else answers.
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  });
  events.addEventListener("all", event => take(event, changes => list.takeAll(changes.rows)));
  events.addEventListener("some", event => take(event, changes => list.takeSome(changes.rows, changes.gone)));
}

function take(event, show) {
  const changes = JSON.parse(event.data);
  show(changes);
  settings.take(changes.settings);
}

async function add(text) {
  if (text.trim() === "") return;
  const came = await post("downloads", { urls: text });
  answer.replaceChildren();
  const refused = came.why ? [{ text: "", why: came.why }] : came.refused;
  for (const { text: what, why } of refused) {
    const line = document.createElement("span");
    line.textContent = what ? `${what}: ${why}` : why;
    answer.append(line);
  }
  answer.dataset.kind = refused.length > 0 ? "refused" : "added";
  if (refused.length === 0) answer.textContent = `${words.many(came.added.length, "download")} added.`;
}

function size() {
  urls.rows = Math.min(8, Math.max(1, urls.value.split("\n").length));
}

urls.addEventListener("input", size);
urls.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("add").requestSubmit();
  }
});
byId("add").addEventListener("submit", async event => {
  event.preventDefault();
  await add(urls.value);
  if (answer.dataset.kind === "added") urls.value = "";
  size();
});

function ask(title, text) {
  const sure = byId("sure");
  byId("sure-title").textContent = title;
  byId("sure-words").textContent = text;
  sure.returnValue = "no";
  sure.showModal();
  return new Promise(resolve => sure.addEventListener("close", () => resolve(sure.returnValue === "yes"), { once: true }));
}

async function act(view, what) {
  const { row } = view;
  if (what === "cancel" && row.received > 0 && !await ask(`Give up ${row.name}?`, `The ${words.bytes(row.received)} that came are deleted.`)) return;
  wish(`downloads/${row.id}/${what}`);
}

byId("list").addEventListener("click", event => {
  const button = event.target.closest("button[data-act]");
  const view = button && list.viewOf(button.closest(".row").id.slice(2));
  if (!view) return;
  const isGoing = !["Paused", "Failed", "Cancelled"].includes(view.row.state);
  act(view, button.dataset.act === "go" ? isGoing ? "pause" : "resume" : button.dataset.act);
});
byId("list").addEventListener("change", event => {
  const view = list.viewOf(event.target.closest(".row").id.slice(2));
  wish(`downloads/${view.row.id}/priority`, { priority: Number(event.target.value) });
});
byId("all").addEventListener("click", async event => {
  const what = event.target.closest("button")?.dataset.all;
  if (!what) return;
  const open = list.rows().filter(row => words.groupOf(row.state) !== "ended");
  const came = open.reduce((sum, row) => sum + row.received, 0);
  if (what === "cancel" && came > 0 && !await ask(`Give up ${words.many(open.length, "download")}?`, `The ${words.bytes(came)} that came are deleted.`)) return;
  wish(`all/${what}`);
});
byId("tabs").addEventListener("click", event => {
  const chosen = event.target.closest("button");
  if (!chosen) return;
  byId("list").dataset.show = chosen.dataset.show;
  for (const button of byId("tabs").children) button.setAttribute("aria-pressed", String(button === chosen));
});

async function introduce() {
  const { folder, samples } = await get("about");
  byId("place").querySelector("bdi").textContent = folder;
  byId("place").hidden = false;
  for (const sample of samples) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.textContent = sample.title;
    chip.title = sample.what;
    chip.addEventListener("click", () => add(new URL(`samples/${sample.name}`, location.href).href));
    byId("samples").append(chip);
  }
}

follow();
introduce();
