// One number of the model: as in the scenario, a range, or a number. Its own range is drawn on the track.

import { html, number } from "./svg.js";

const MODES = [["scenario", "as in the scenario"], ["range", "a range"], ["number", "a number"]];

// `changed(key, value, final)` is called while it is moved and, with final, at the end of a gesture; undefined: as in the scenario.
export function slider(control, changed) {
  const id = `c-${control.key}`;
  const span = control.high - control.low;
  const own = ownRange(control);
  const state = { value: undefined };
  const out = html("input", { type: "number", class: "value", step: "any", min: String(control.low), max: String(control.high), "aria-label": `${control.owner}: ${control.name}, as a number` });
  const word = html("output", { class: "value" });
  const one = range(`${id}-one`, `${control.owner}: ${control.name}`);
  const low = range(`${id}-low`, `${control.owner}: ${control.name}, at least`);
  const high = range(`${id}-high`, `${control.owner}: ${control.name}, at most`);
  const track = html("div", { class: "track" });
  const fill = html("span", { class: "fill" });
  track.append(fill);
  if (own) track.append(place(html("span", { class: own[0] === own[1] ? "own point" : "own", title: `in the scenario: ${control.own_text}` }), own));
  track.append(one, low, high);
  const modes = html("div", { class: "modes", role: "group", "aria-label": `${control.name}: how it is set` });
  const buttons = MODES.map(([mode, label]) => {
    const button = html("button", { type: "button", "aria-pressed": "false", title: label }, mode);
    button.addEventListener("click", () => setMode(mode));
    modes.append(button);
    return button;
  });
  if (control.common) buttons[1].hidden = true;

  function range(name, label) {
    const input = html("input", { type: "range", id: name, min: String(control.low), max: String(control.high), step: String(nice(span)), "aria-label": label });
    let pending = false;
    input.addEventListener("input", () => { pending = true; moved(input, false); });
    const end = () => { if (pending) { pending = false; moved(input, true); } };
    input.addEventListener("change", end);
    input.addEventListener("keyup", end); // Firefox tells of a change by keys only when the slider is left.
    return input;
  }

  function place(element, [from, to]) {
    // The middle of the thumb goes from half its width to the width of the track less that.
    element.style.left = `calc(9px + ${(from - control.low) / span} * (100% - 18px))`;
    element.style.width = `calc(${(to - from) / span} * (100% - 18px))`;
    return element;
  }

  function moved(input, final) {
    if (typeof state.value === "object") {
      const [from, to] = [Number(low.value), Number(high.value)];
      state.value = input === low ? { from, to: Math.max(from, to) } : { from: Math.min(from, to), to };
    } else state.value = Number(input.value);
    show(state.value);
    changed(control.key, state.value, final);
  }

  function setMode(mode) {
    const middle = typeof state.value === "number" ? state.value : own ? (own[0] + own[1]) / 2 : (control.low + control.high) / 2;
    const wide = own && own[1] > own[0] ? own : [Math.max(control.low, middle - span / 10), Math.min(control.high, middle + span / 10)];
    const fixed = Number(middle.toPrecision(6));
    const value = mode === "scenario" ? undefined : mode === "number" ? fixed : { from: Number(wide[0].toPrecision(6)), to: Number(wide[1].toPrecision(6)) };
    show(value);
    changed(control.key, value, true);
  }

  out.addEventListener("change", () => {
    if (out.value === "" || !out.checkValidity()) return show(state.value);
    show(Number(out.value));
    changed(control.key, Number(out.value), true);
  });

  function show(value) {
    state.value = value;
    const mode = value === undefined ? "scenario" : typeof value === "number" ? "number" : "range";
    const ranged = mode === "range" && "from" in value;
    const centre = own ? (own[0] + own[1]) / 2 : control.low;
    one.hidden = ranged;
    low.hidden = high.hidden = !ranged;
    out.hidden = mode !== "number";
    word.hidden = mode === "number";
    if (mode === "number") out.value = value;
    one.value = mode === "number" ? value : centre;
    if (ranged) [low.value, high.value] = [value.from, value.to];
    word.textContent = ranged ? `${number(value.from, span)} to ${number(value.to, span)}` : mode === "range" ? "a distribution" : control.own_text;
    one.setAttribute("aria-valuetext", mode === "number" ? `${number(value, span)} ${control.unit}` : `as in the scenario: ${control.own_text}`);
    fill.hidden = mode === "scenario";
    if (ranged) place(fill, [value.from, value.to]);
    else if (mode === "number") place(fill, [control.low, value]);
    element.classList.toggle("changed", mode !== "scenario");
    MODES.forEach(([name], at) => buttons[at].setAttribute("aria-pressed", String(name === mode)));
  }

  const grade = html("span", { class: `grade ${control.grade}` }, control.grade);
  const about = html("details", {}, html("summary", {}, grade, " about it"), explained(control));
  const head = html("div", { class: "head" }, html("label", { for: `${id}-one` }, html("span", { class: "owner" }, control.owner), " ", control.name), word, out);
  const still = html("p", { class: "still", hidden: control.moves }, "Moves nothing under the present rules and policy.");
  const element = html("div", { class: "control", id }, head, track, html("div", { class: "scale" }, html("span", {}, number(control.low, span)), html("span", {}, control.unit), html("span", {}, number(control.high, span))), still, html("div", { class: "foot" }, modes, about));
  show(undefined);
  return { element, show, moves: (any) => (still.hidden = any), control };
}

function explained(control) {
  const source = control.source ? `Source: ${control.source}${control.verified ? " (compared with it)" : ""}.` : "No source: an assumption.";
  const instead = control.recomputed ? ` Computed anew before anybody reads it: ${control.recomputed}.` : "";
  return html("div", { class: "about" }, `${control.meaning} ${source} In the scenario: ${control.own_text}.${instead} `, html("code", {}, control.key));
}

function ownRange(control) {
  const [first, second] = control.numbers;
  if (first === null || first === undefined) return null;
  if (control.law === "between") return [first, second];
  if (control.law === "normal") return [Math.max(control.low, first - 2 * second), Math.min(control.high, first + 2 * second)];
  if (control.law === "lognormal") return [first * Math.exp(-2 * second), Math.min(control.high, first * Math.exp(2 * second))];
  if (control.law === "choices") return [Math.min(...control.numbers), Math.max(...control.numbers)];
  return [first, first];
}

function nice(span) {
  const rough = span / 200;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999);
}
