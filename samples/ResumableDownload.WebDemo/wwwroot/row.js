// One row of the list. Only what differs from what is shown touches the page, and all of it as text.

import * as words from "./words.js";

const template = document.getElementById("row");

// The one button that goes with a state: what it does, and what it is called.
const goes = {
  Queued: ["pause", "Pause"], Running: ["pause", "Pause"], WaitingForNetwork: ["pause", "Pause"], WaitingToRetry: ["pause", "Pause"],
  Paused: ["resume", "Resume"], Failed: ["retry", "Retry"], Cancelled: ["retry", "Start again"],
};

export class RowView {
  #shown = {};

  constructor(row) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.id = `d-${row.id}`;
    this.parts = {
      name: this.element.querySelector(".name bdi"),
      state: this.element.querySelector(".state"),
      track: this.element.querySelector(".track"),
      came: this.element.querySelector(".came"),
      kept: this.element.querySelector(".kept"),
      figures: this.element.querySelector(".figures"),
      failure: this.element.querySelector(".failure"),
      address: this.element.querySelector(".address bdi"),
      priority: this.element.querySelector(".priority"),
      go: this.element.querySelector("[data-act=go]"),
      icon: this.element.querySelector("[data-act=go] use"),
      cancel: this.element.querySelector("[data-act=cancel]"),
      remove: this.element.querySelector("[data-act=remove]"),
    };
    this.show(row);
  }

  show(row) {
    this.row = row;
    const { parts } = this;
    this.#set("state", row.state, value => {
      this.element.dataset.state = value;
      this.element.dataset.group = words.groupOf(value);
      this.#offer(row);
    });
    this.#set("name", row.name, value => {
      parts.name.textContent = value;
      this.#label(value);
    });
    this.#text("address", row.address);
    this.#set("words", words.state(row), value => { parts.state.textContent = value; });
    this.#text("figures", words.figures(row));
    this.#set("failure", row.failure ?? "", value => {
      parts.failure.textContent = value;
      parts.failure.hidden = value === "";
    });
    this.#bar(row);
    this.#priority(row);
  }

  #bar(row) {
    const share = words.shareOf(row);
    this.#set("share", share.toFixed(4), value => { this.parts.came.style.transform = `scaleX(${value})`; });
    const kept = row.total && row.state !== "Completed" ? Math.min(share, row.keptFromBefore / row.total) : 0;
    this.#set("kept", kept.toFixed(4), value => { this.parts.kept.style.transform = `scaleX(${value})`; });
    const isUnknown = row.state === "Running" && row.total == null;
    this.#set("isUnknown", isUnknown, value => { this.parts.track.classList.toggle("unknown", value); });

    // A bar without a value is one of which nobody knows how long it becomes.
    this.#set("percent", isUnknown ? null : Math.floor(share * 100), value => {
      if (value === null) this.parts.track.removeAttribute("aria-valuenow");
      else this.parts.track.setAttribute("aria-valuenow", value);
    });
  }

  #offer(row) {
    const { go, icon, cancel, remove, priority } = this.parts;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    const [what, name] = goes[row.state] ?? ["", ""];
    go.hidden = what === "";
    this.go = name;
    if (what) icon.setAttribute("href", `#${what}`);
    const group = words.groupOf(row.state);
    cancel.hidden = group === "ended";
    remove.hidden = group === "active";
    priority.hidden = group !== "active";
    // Who works by keyboard must not lose their place.
    if (focused?.hidden) (remove.hidden ? go : remove).focus();
    this.#label(row.name);
  }

  #label(name) {
    const { go, cancel, remove, priority, track } = this.parts;
    const labels = [[go, this.go], [cancel, "Give up"], [remove, "Remove"]];
    for (const [button, act] of labels) {
      button.setAttribute("aria-label", `${act} ${name}`);
      button.title = act;
    }
    priority.setAttribute("aria-label", `Priority of ${name}`);
    track.setAttribute("aria-label", `Progress of ${name}`);
  }

  #priority(row) {
    this.#set("priority", Math.sign(row.priority), value => {
      this.parts.priority.value = String(value);
      this.parts.priority.classList.toggle("usual", value === 0);
    });
  }

  #text(name, text) {
    this.#set(name, text, value => { this.parts[name].textContent = value; });
  }

  #set(name, value, put) {
    if (this.#shown[name] !== value) {
      this.#shown[name] = value;
      put(value);
    }
  }
}
