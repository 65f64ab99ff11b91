// Two settings with the same random numbers: how many runs part, and over what they do so first.

import { html, percent } from "./svg.js";

export function worlds(box, found, label) {
  if (!found) return box.replaceChildren(html("p", { class: "note" }, "Change something: the same runs, with the same chances, are played in both settings and compared."));
  const head = html("p", {}, html("b", {}, percent(found.share)), ` of the runs part from ${label}; ${percent(found.classes_changed)} end in another class.`);
  const rows = found.first.map((one) => html("li", {}, html("time", {}, one.date), html("div", {}, `${one.label}: `, html("s", {}, one.before), " → ", html("b", {}, one.now), html("small", {}, ` ${percent(one.share)} of runs`))));
  box.replaceChildren(head, found.first.length ? html("p", { class: "note" }, "Most often first at:") : "", html("ol", { class: "points" }, ...rows));
}
