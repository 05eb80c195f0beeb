// All rows, and the figures of all together. What comes in between two frames is shown in one.

import { RowView } from "./row.js";
import * as words from "./words.js";

const list = document.getElementById("list");
const empty = document.getElementById("empty");
const summary = document.getElementById("summary");
const total = document.getElementById("rate");
const news = document.getElementById("news");
const views = new Map();
const pending = new Map();
let isFirst = true;
let isDue = false;

export const viewOf = id => views.get(id);

export const rows = () => [...views.values()].map(view => view.row);

export function takeAll(all) {
  const there = new Set(all.map(row => row.id));
  pending.clear();
  for (const id of views.keys()) {
    if (!there.has(id)) pending.set(id, null);
  }
  takeSome(all, []);
}

export function takeSome(changed, gone) {
  for (const row of changed) pending.set(row.id, row);
  for (const id of gone) pending.set(id, null);
  if (!isDue) {
    isDue = true;
    requestAnimationFrame(show);
  }
}

function show() {
  isDue = false;
  const fresh = [];
  const told = [];
  for (const [id, row] of pending) {
    const view = views.get(id);
    if (row === null) {
      remove(id, view);
    } else if (view === undefined) {
      fresh.push(row);
    } else {
      if (view.row.state !== row.state) told.push(words.news(row));
      view.show(row);
    }
  }
  pending.clear();
  insert(fresh);
  sum();
  tell(told.filter(text => text));
  isFirst = false;
}

// The newest comes first.
function insert(fresh) {
  if (fresh.length === 0) return;
  const fragment = document.createDocumentFragment();
  for (const row of fresh.sort((one, other) => other.order - one.order)) {
    const view = new RowView(row);
    views.set(row.id, view);
    fragment.append(view.element);
  }
  list.prepend(fragment);
}

function remove(id, view) {
  if (view === undefined) return;
  // Who works by keyboard goes on at the next row.
  if (view.element.contains(document.activeElement)) {
    const next = view.element.nextElementSibling ?? view.element.previousElementSibling;
    (next?.querySelector("button:not([hidden])") ?? document.getElementById("urls")).focus();
  }
  view.element.remove();
  views.delete(id);
}

function sum() {
  const counts = { all: views.size, active: 0, failed: 0, ended: 0 };
  let [speed, running, paused] = [0, 0, 0];
  for (const { row } of views.values()) {
    counts[words.groupOf(row.state)]++;
    speed += row.bytesPerSecond;
    running += row.state === "Running" ? 1 : 0;
    paused += row.state === "Paused" ? 1 : 0;
  }
  offer({ pause: counts.active > paused, resume: paused > 0, retry: counts.failed > 0, clear: counts.ended > 0, cancel: counts.active + counts.failed > 0 });
  for (const [group, count] of Object.entries(counts)) text(document.querySelector(`[data-count=${group}]`), String(count));
  empty.hidden = views.size > 0;
  total.hidden = speed <= 0;
  text(total, words.rate(speed));
  text(summary, [
    running ? `${running} running` : "", counts.active - running - paused ? `${counts.active - running - paused} waiting` : "", paused ? `${paused} paused` : "",
    counts.failed ? `${counts.failed} failed` : "", counts.ended ? `${counts.ended} done` : "",
  ].filter(part => part).join(", ") || "Nothing here yet");
}

// Only what there is something to do for.
function offer(acts) {
  const before = document.activeElement;
  for (const [act, isThere] of Object.entries(acts)) {
    const button = document.querySelector(`[data-all=${act}]`);
    if (button.hidden === isThere) button.hidden = !isThere;
  }
  if (before?.hidden && before.dataset.all) (document.querySelector("[data-all]:not([hidden])") ?? document.getElementById("urls")).focus();
}

function tell(told) {
  if (isFirst || told.length === 0) return;
  news.textContent = told.length <= 3 ? told.join(" ") : `${words.many(told.length, "download")} changed.`;
}

function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}
