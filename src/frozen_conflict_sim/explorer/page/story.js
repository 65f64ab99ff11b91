// The story of one run: how it ended, its turning points, its acts; for each act the receipt, and what would have changed it.

import { html, number, percent } from "./svg.js";

const words = (name) => name.replaceAll("_", " ").replace(/^.*\./, "");
const odds = (share) => (share === null || share === undefined ? "" : share > 0.995 ? "nearly certain" : `odds ${percent(share)}`);

export function story(box, told, ask) {
  const share = told.share === null ? "" : ` ${percent(told.share)} of ${told.runs} runs end so.`;
  const head = html("p", { class: "verdict" }, html("b", {}, `Run ${told.run} ${told.ending}:`), ` ${told.meaning}${share}`);
  const points = html("ol", { class: "points" }, ...told.turning_points.map((point) => turningPoint(point, ask)));
  const moved = told.ends.slice(0, 4).map(([label, start, end]) => html("li", {}, `${label}: ${number(start, 1)} → ${number(end, 1)}`));
  box.replaceChildren(head, points, html("h3", {}, "What it changed"), html("ul", { class: "moved" }, ...moved), acts(told.acts, ask));
}

function turningPoint(point, ask) {
  const said = point.happenings.map((one) => `${one.text}${one.odds === null ? "" : ` (${odds(one.odds)})`}`).join("; ");
  const moved = Math.abs(point.after - point.before) < 0.02 ? "" : ` ${point.moved} ${number(point.before, 1)} → ${number(point.after, 1)}.`;
  return html("li", {}, html("time", {}, point.date), html("div", {}, `${said}.${moved} `, why(point.turn, point.date, ask)));
}

function acts(list, ask) {
  const rows = list.map((act) => html("tr", {}, html("td", {}, act.date), html("td", {}, act.told), html("td", { class: "number" }, act.probability === null ? "–" : act.probability.toFixed(2)), html("td", {}, why(act.turn, act.date, ask))));
  const table = html("table", {}, html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "When"), html("th", { scope: "col" }, "What was done"), html("th", { scope: "col" }, "Odds"), html("th", { scope: "col" }, "Why"))), html("tbody", {}, ...rows));
  return html("details", { class: "acts" }, html("summary", {}, `All ${list.length} acts`), html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "All acts of the run" }, table));
}

function why(turn, date, ask) {
  const button = html("button", { class: "why", "aria-expanded": "false", "aria-label": `Why: the decisions of ${date}` }, "why?");
  const place = html("div", { class: "receipts", hidden: true });
  button.addEventListener("click", async () => {
    if (!place.hidden) {
      place.hidden = true;
      return button.setAttribute("aria-expanded", "false");
    }
    if (!place.childElementCount) {
      place.textContent = "…";
      place.hidden = false;
      try {
        place.replaceChildren(...(await ask(turn)).map(receipt));
      } catch (error) {
        place.textContent = error.message;
      }
    }
    place.hidden = false;
    button.setAttribute("aria-expanded", "true");
  });
  return html("span", {}, button, place);
}

export function receipt(one) {
  const about = one.about === one.actor ? "" : ` on ${one.about}`;
  const options = one.options.filter((option) => option.state !== "not open").map(optionRow);
  const closed = one.options.filter((option) => option.state === "not open").map((option) => html("li", {}, `${words(option.name)}: ${option.why}`));
  const flips = (one.flips ?? []).map((flip) => html("li", {}, html("code", {}, flip.key), ` ${precise(flip.value, flip.to)} → ${precise(flip.to, flip.value)}: then `, html("b", {}, words(flip.becomes))));
  const parts = [html("h4", {}, `${one.actor}${about}: ${one.meaning}`), html("ul", { class: "options" }, ...options)];
  for (const note of one.notes) parts.push(html("p", { class: "note" }, `${note[0].toUpperCase()}${note.slice(1)}.`));
  if (one.flips) parts.push(html("p", {}, flips.length ? "With one number otherwise, all chances as they were:" : "No single number within its bounds would have changed this."), html("ul", { class: "flips" }, ...flips));
  if (closed.length) parts.push(html("details", {}, html("summary", {}, `${closed.length} not open`), html("ul", {}, ...closed)));
  return html("article", { class: "receipt" }, ...parts);
}

function optionRow(option) {
  const chosen = option.state === "chosen";
  const reasons = option.reasons.filter((reason) => Math.abs(reason.contribution) >= 0.0005).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const list = html("ul", { class: "reasons" }, ...reasons.slice(0, 6).map((reason) => html("li", { title: reason.sentence }, html("span", { class: "number" }, plus(reason.contribution)), ` ${words(reason.name)}`, html("small", {}, ` ${reason.sentence}`))));
  const worth = option.state === "not considered" ? ` ${option.why}` : ` worth ${plus(option.utility)}, draw ${plus(option.draw)}, odds ${percent(option.probability)}`;
  return html("li", { class: chosen ? "chosen" : "" }, html("b", {}, `${chosen ? "→ " : ""}${words(option.name)}`), html("span", { class: "note" }, worth), list);
}

const plus = (value) => (value === null ? "–" : `${value >= 0 ? "+" : "−"}${Math.abs(value).toFixed(3)}`);

function precise(value, other) {
  for (let digits = 2; digits < 9; digits++) if (value.toFixed(digits) !== other.toFixed(digits)) return value.toFixed(digits);
  return String(value);
}
