// The speed of all together, and how many run at the same time.

import { wish } from "./server.js";
import * as words from "./words.js";

const KiB = 1024;
// One step doubles the speed; the last one is no limit.
const speeds = [...Array(12).keys()].map(step => 64 * KiB * 2 ** step).concat([null]);
const slider = document.getElementById("limit");
const sliderWords = document.getElementById("limit-words");
const atATime = document.getElementById("at-a-time");
const choices = [1, 2, 3, 5, 10, 25, 50, 100];
let sending;
// As the server has it; the slider stands at the next step.
let limit = null;

for (const choice of choices.splice(0)) offer(choice);
slider.max = String(speeds.length - 1);
slider.addEventListener("input", () => {
  limit = speeds[slider.valueAsNumber];
  say();
  clearTimeout(sending);
  sending = setTimeout(send, 150);
});
atATime.addEventListener("change", send);

export function take(settings) {
  // Not while the user is about to change it.
  if (sending !== undefined) return;
  limit = settings.bytesPerSecond ?? null;
  const step = limit === null ? speeds.length - 1 : speeds.findIndex(speed => speed === null || speed >= limit);
  if (slider.value !== String(step) || sliderWords.textContent === "") slider.value = String(step);
  if (!choices.includes(settings.atATime)) offer(settings.atATime);
  if (atATime.value !== String(settings.atATime)) atATime.value = String(settings.atATime);
  say();
}

async function send() {
  await wish("settings", { bytesPerSecond: limit, atATime: Number(atATime.value) });
  sending = undefined;
}

// One that was set elsewhere.
function offer(choice) {
  choices.push(choice);
  atATime.append(new Option(String(choice), String(choice)));
}

function say() {
  slider.style.setProperty("--at", `${100 * slider.valueAsNumber / (speeds.length - 1)}%`);
  const text = limit === null ? "No limit" : words.rate(limit);
  if (sliderWords.textContent !== text) {
    sliderWords.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }
}
