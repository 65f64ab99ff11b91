// The column of settings: policy, assumptions (the first by sensitivity, the others by search), events, rules.

import { events, menu, policies } from "./choice.js";
import { slider } from "./slider.js";
import { byId, html } from "./svg.js";

const MOST_FOUND = 40;

export class Controls {
  // `changed(key, value, final)` for values, `dropped(names)` for events.
  constructor(description, changed, dropped) {
    this.description = description;
    this.changed = changed;
    this.shown = new Map();
    this.values = {};
    this.order = description.controls.filter((one) => one.group === "assumption" && one.kind === "number");
    this.policy = policies(description, changed);
    const instruments = description.controls.filter((one) => one.group === "policy" && one.kind === "number");
    const more = html("details", { class: "instruments" }, html("summary", {}, `Its ${instruments.length} instruments`), ...instruments.map((one) => this.control(one).element));
    byId("policy").replaceChildren(this.policy.element, instruments.length ? more : "");
    this.events = events(description, dropped);
    byId("events").replaceChildren(this.events.element);
    this.rules();
    byId("search").addEventListener("input", () => this.list());
    this.list();
  }

  rules() {
    const words = this.description.controls.filter((one) => one.kind === "word" && one.key !== this.description.policy_key);
    const first = words.filter((one) => one.key.startsWith("play."));
    const others = words.filter((one) => !first.includes(one));
    byId("rules-title").hidden = !words.length;
    if (!words.length) return;
    byId("rules").replaceChildren(
      ...first.slice(0, 3).map((one) => this.control(one).element),
      html("details", {}, html("summary", {}, `${first.length - 3 + others.length} more`), ...[...first.slice(3), ...others].map((one) => this.control(one).element)),
    );
  }

  control(one) {
    if (!this.shown.has(one.key)) {
      const made = one.kind === "word" ? menu(one, this.changed) : slider(one, this.changed);
      made.show(this.values[one.key]);
      this.shown.set(one.key, made);
    }
    return this.shown.get(one.key);
  }

  // Say of which numbers nothing depends on them under the present words.
  still(keys) {
    const found = new Set(keys);
    for (const one of this.description.controls) if (one.kind === "number") one.moves = !found.has(one.key);
    for (const made of this.shown.values()) made.moves?.(made.control.moves);
  }

  // Put those first that move most.
  rank(moves) {
    const place = new Map(Object.keys(moves).map((key, at) => [key, at]));
    this.order.sort((one, other) => (place.get(one.key) ?? 1e6) - (place.get(other.key) ?? 1e6));
    if (!byId("assumptions").contains(document.activeElement)) this.list();
  }

  list() {
    const wanted = byId("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = this.description.controls.filter((one) => one.kind === "number" && one.group === "assumption");
    const moved = this.order.filter((one) => one.key in this.values);
    let listed;
    if (wanted.length) listed = this.order.filter((one) => wanted.every((word) => `${one.key} ${one.name} ${one.owner} ${one.meaning}`.toLowerCase().includes(word))).slice(0, MOST_FOUND);
    else {
      const uncertain = this.order.filter((one) => one.law !== "fixed" && one.set);
      listed = [...new Set([...moved, ...uncertain.slice(0, 4), ...this.order.filter((one) => one.moves)])].slice(0, Math.max(this.description.first, moved.length));
    }
    byId("assumptions").replaceChildren(...listed.map((one) => this.control(one).element));
    byId("found").textContent = wanted.length ? `${listed.length} found` : `The ${listed.length} that move most, of ${all.length}; search finds the others.`;
  }

  show(state) {
    this.values = state.values;
    for (const [key, made] of this.shown) made.show(state.values[key]);
    this.policy.show(state.values[this.description.policy_key]);
    this.events.show(state.drop);
    const listed = new Set([...byId("assumptions").children].map((one) => one.id.slice(2)));
    const missing = this.order.some((one) => one.key in state.values && !listed.has(one.key));
    if (missing && !byId("search").value) this.list();
  }
}
