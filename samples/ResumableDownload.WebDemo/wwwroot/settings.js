// The speed of all together, and how many run at the same time.

import { post } from "./server.js";
import * as words from "./words.js";

const KiB = 1024;
// One step doubles the speed; the last one is no limit.
const speeds = [...Array(12).keys()].map(step => 64 * KiB * 2 ** step).concat([null]);
const slider = document.getElementById("limit");
const sliderWords = document.getElementById("limit-words");
const atATime = document.getElementById("at-a-time");
const choices = [1, 2, 3, 5, 10, 25, 50, 100];
let sending;

for (const choice of choices) atATime.append(new Option(String(choice), String(choice)));
slider.max = String(speeds.length - 1);
slider.addEventListener("input", () => {
  say();
  clearTimeout(sending);
  sending = setTimeout(send, 150);
});
atATime.addEventListener("change", send);

export function take(settings) {
  // Not while the user is about to change it.
  if (sending !== undefined) return;
  const limit = settings.bytesPerSecond ?? null;
  const step = limit === null ? speeds.length - 1 : speeds.findIndex(speed => speed === null || speed >= limit);
  if (slider.value !== String(step) || sliderWords.textContent === "") slider.value = String(step);
  if (!choices.includes(settings.atATime)) return say();
  if (atATime.value !== String(settings.atATime)) atATime.value = String(settings.atATime);
  say();
}

async function send() {
  await post("settings", { bytesPerSecond: speeds[slider.valueAsNumber], atATime: Number(atATime.value) });
  sending = undefined;
}

function say() {
  slider.style.setProperty("--at", `${100 * slider.valueAsNumber / (speeds.length - 1)}%`);
  const speed = speeds[slider.valueAsNumber];
  const text = speed === null ? "No limit" : words.rate(speed);
  if (sliderWords.textContent !== text) {
    sliderWords.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }
}
