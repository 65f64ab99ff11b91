// The fan of one quantity over time: median, middle half, middle nine tenths; the ghost behind it, one run on top.

import { band, labelled, line, number, percent, svg, text, titled, years, signed } from "./svg.js";

const M = { left: 46, right: 14, top: 26, bottom: 26 };

// `view` has description, chart, now, ghosts [{label, played, style}], follow, and act {turn: [sentence]}; `pick(turn, value)`
// is called when the reader clicks.
export function fan(box, view, pick) {
  const { description, chart, now, ghosts, follow } = view;
  const width = Math.max(320, Math.min(900, box.clientWidth || 640));
  const height = Math.round(Math.max(230, Math.min(360, width * 0.5)));
  const [low, high] = limits(view);
  const last = description.turns - 1;
  const x = (turn) => M.left + ((width - M.left - M.right) * turn) / last;
  const y = (value) => height - M.bottom - ((height - M.top - M.bottom) * (value - low)) / (high - low || 1);
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "fan", role: "img", tabindex: 0, "aria-label": sentence(view) });
  axes(picture, { width, height, low, high, x, y, description, chart });
  for (const ghost of ghosts) {
    const drawn = ghost.played.fan;
    picture.append(svg("path", { d: line(drawn[0], x, y), class: `ghost edge ${ghost.style}` }), svg("path", { d: line(drawn[4], x, y), class: `ghost edge ${ghost.style}` }));
  }
  picture.append(svg("path", { d: band(now.fan[0], now.fan[4], x, y), class: "band wide" }), svg("path", { d: band(now.fan[1], now.fan[3], x, y), class: "band" }));
  for (const ghost of ghosts) picture.append(svg("path", { d: line(ghost.played.fan[2], x, y), class: `ghost ${ghost.style}` }));
  picture.append(svg("path", { d: line(now.fan[2], x, y), class: "median", id: "median" }));
  if (follow?.courses[chart.name]) one(picture, view, x, y);
  const turnAt = (event) => {
    const area = picture.getBoundingClientRect();
    return [Math.round((((event.clientX - area.left) / area.width) * width - M.left) / (width - M.left - M.right) * last), ((event.clientY - area.top) / area.height) * height];
  };
  picture.addEventListener("click", (event) => {
    const [turn, at] = turnAt(event);
    if (turn >= 0 && turn <= last) pick(turn, low + ((height - M.bottom - at) / (height - M.top - M.bottom)) * (high - low));
  });
  box.replaceChildren(picture);
}

function one(picture, view, x, y) {
  const { follow, chart, description } = view;
  const course = follow.courses[chart.name].slice(0, follow.ended ?? description.turns);
  picture.append(svg("path", { d: line(course, x, y), class: "one" }));
  for (const [turn, told] of Object.entries(view.acts || {}))
    if (course[turn] !== undefined) picture.append(titled(svg("circle", { cx: x(Number(turn)), cy: y(course[turn]), r: 3.6, class: "act" }), `${description.labels[turn]}: ${told.join("; ")}`));
}

function axes(picture, { width, height, low, high, x, y, description, chart }) {
  for (const [value, written] of labelled(low, high)) picture.append(svg("line", { x1: M.left, x2: width - M.right, y1: y(value), y2: y(value), class: "grid" }), text(M.left - 7, y(value) + 4, written, { class: "tick", "text-anchor": "end" }));
  const dates = description.dates;
  const atDate = (date) => x(((date - dates[0]) / (dates.at(-1) - dates[0])) * (dates.length - 1));
  for (const year of years(dates, width < 480 ? 5 : 9)) picture.append(text(atDate(year + 0.125), height - 8, year, { class: "tick", "text-anchor": "middle" }));
  picture.append(text(M.left, 13, `${chart.label} (${chart.unit})`, { class: "axis" }));
  let before = -99;
  for (const event of description.events.filter((one) => one.at !== null && !one.dropped)) {
    const at = atDate(event.at);
    if (at < M.left - 1 || at > width - M.right) continue;
    picture.append(titled(svg("line", { x1: at, x2: at, y1: M.top, y2: height - M.bottom, class: "event" }), `${event.name}, ${event.when}`));
    if (at - before < 10) continue;
    before = at;
    picture.append(text(0, 0, event.name, { class: "event-name", transform: `translate(${(at + 9).toFixed(1)} ${height - M.bottom - 5}) rotate(-90)` }));
  }
}

// The range of the axis: the declared bounds if what is drawn fills a good part of them, else what is drawn.
function limits({ chart, now, ghosts, follow }) {
  const drawn = [now, ...ghosts.map((ghost) => ghost.played)].flatMap((one) => [...one.fan[0], ...one.fan[4]]);
  if (follow?.courses[chart.name]) drawn.push(...follow.courses[chart.name]);
  const found = [Math.min(...drawn), Math.max(...drawn)];
  const [low, high] = [chart.low ?? found[0], chart.high ?? found[1]];
  if (high - low > 0 && (found[1] - found[0]) / (high - low) > 0.3) return [low, high];
  const pad = 0.08 * (found[1] - found[0] || 1);
  return [Math.max(chart.low ?? -Infinity, found[0] - pad), Math.min(chart.high ?? Infinity, found[1] + pad)];
}

// The sentence that says what the fan shows: the chart for whoever cannot see it.
export function sentence({ description, chart, now, ghosts, span = 1 }) {
  const ends = (played) => played.fan.map((quantile) => quantile.at(-1));
  const [low, , median, , high] = ends(now);
  const ghost = ghosts[0];
  const than = ghost ? ` (${ghost.label}: ${number(ends(ghost.played)[2], span)}, ${signed(median - ends(ghost.played)[2], span)})` : "";
  const shares = count(now, description);
  const most = shares.indexOf(Math.max(...shares));
  const other = ghost ? ` (${ghost.label}: ${percent(count(ghost.played, description)[most])})` : "";
  return `${chart.label} ends at ${number(median, span)} in the median run${than}, and in nine of ten runs between ${number(low, span)} and ${number(high, span)}. ${percent(shares[most])} of runs end as ${description.classes[most].name}${other}. In this model, under these settings.`;
}

export const count = (played, description) => description.classes.map((_, at) => played.classes.filter((one) => one === at).length / played.runs);
