// Where runs end: the distribution of the last value of the quantity shown, the ghost as outline.

import { labelled, number, svg, text } from "./svg.js";

const BINS = 28;
const [W, H, PAD] = [300, 130, 22];

export function spread(box, { chart, now, ghosts, follow }) {
  const all = [now, ...ghosts.map((ghost) => ghost.played)].flatMap((played) => played.ends);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const whole = chart.low !== null && chart.high !== null && (most - least) / (chart.high - chart.low) > 0.3;
  const [low, high] = whole ? [chart.low, chart.high] : [least, most > least ? most : least + 1];
  const x = (value) => 6 + ((W - 12) * (value - low)) / (high - low);
  const heights = (played) => {
    const found = new Array(BINS).fill(0);
    for (const value of played.ends) found[Math.min(BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * BINS)))] += 1 / played.runs;
    return found;
  };
  const bars = heights(now);
  const others = ghosts.map((ghost) => heights(ghost.played));
  const top = Math.max(...bars, ...others.flat());
  const y = (share) => H - PAD - ((H - PAD - 8) * share) / top;
  const width = (W - 12) / BINS;
  const median = [...now.ends].sort((a, b) => a - b)[Math.floor(now.runs / 2)];
  const picture = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${chart.label} at the end: half of the runs end below ${number(median, high - low)}, all between ${number(Math.min(...now.ends), high - low)} and ${number(Math.max(...now.ends), high - low)}.` });
  bars.forEach((share, at) => share && picture.append(svg("rect", { x: 6 + at * width, y: y(share), width: Math.max(1, width - 1), height: H - PAD - y(share), class: "column", rx: 1 })));
  others.forEach((each, number_) => {
    let path = `M6 ${y(each[0])}`;
    each.forEach((share, at) => (path += `L${6 + at * width} ${y(share).toFixed(1)}h${width}`));
    picture.append(svg("path", { d: path, class: `ghost ${ghosts[number_].style}` }));
  });
  const last = follow?.byHand && !follow.over ? undefined : follow?.courses[chart.name]?.at(-1);
  if (last !== undefined) picture.append(svg("line", { x1: x(last), x2: x(last), y1: 4, y2: H - PAD, class: "one" }));
  picture.append(svg("line", { x1: 6, x2: W - 6, y1: H - PAD, y2: H - PAD, class: "axis-line" }));
  for (const [value, written] of labelled(low, high, 4)) picture.append(text(x(value), H - 7, written, { class: "tick", "text-anchor": value - low < 0.05 * (high - low) ? "start" : high - value < 0.05 * (high - low) ? "end" : "middle" }));
  box.replaceChildren(picture);
}
