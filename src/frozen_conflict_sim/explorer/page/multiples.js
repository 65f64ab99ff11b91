// Small charts side by side: how deep integration goes in each territory, and who does what in each quarter.

import { band, html, line, number, percent, svg, text, titled, years } from "./svg.js";

const [W, H] = [280, 118];
const M = { left: 26, right: 6, top: 8, bottom: 18 };

function frame(description, high, label) {
  const last = description.turns - 1;
  const x = (turn) => M.left + ((W - M.left - M.right) * turn) / last;
  const y = (value) => H - M.bottom - ((H - M.top - M.bottom) * value) / high;
  const picture = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": label });
  for (const value of [0, high / 2, high]) picture.append(svg("line", { x1: M.left, x2: W - M.right, y1: y(value), y2: y(value), class: "grid" }), text(M.left - 4, y(value) + 3.5, number(value, 10), { class: "tick small", "text-anchor": "end" }));
  const dates = description.dates;
  for (const year of years(dates, 4)) picture.append(text(x(((year + 0.125 - dates[0]) / (dates.at(-1) - dates[0])) * last), H - 5, year, { class: "tick small", "text-anchor": "middle" }));
  return { picture, x, y };
}

export function treaties(box, { description, now, ghosts, follow }) {
  box.replaceChildren(
    ...Object.entries(now.treaties).map(([member, quantiles]) => {
      const name = description.territories[member];
      const label = `${name}: the depth of integration is ${number(quantiles[1].at(-1), 1)} at the end in the median run, from ${number(quantiles[1][0], 1)} at the start.`;
      const { picture, x, y } = frame(description, 1, label);
      picture.append(svg("path", { d: band(quantiles[0], quantiles[2], x, y), class: "band" }));
      for (const ghost of ghosts) if (ghost.played.treaties[member]) picture.append(svg("path", { d: line(ghost.played.treaties[member][1], x, y), class: `ghost ${ghost.style}` }));
      picture.append(svg("path", { d: line(quantiles[1], x, y), class: "median" }));
      const course = follow?.courses[`${member}.integration`];
      if (course) picture.append(svg("path", { d: line(course.slice(0, follow.ended), x, y), class: "one" }));
      return html("figure", { class: "small" }, html("figcaption", {}, name), picture);
    }),
  );
}

export function decisions(box, { description, now, follow }) {
  const shown = now.decisions.filter((decision) => decision.options.length);
  box.replaceChildren(
    ...shown.map((decision) => {
      const most = decision.options.map((option) => `${option.option} in up to ${percent(Math.max(...option.shares))} of runs`).join(", ");
      const { picture, x, y } = frame(description, 1, `${decision.label}: ${most}.`);
      let below = new Array(description.turns).fill(0);
      decision.options.forEach((option, at) => {
        const above = below.map((share, turn) => share + option.shares[turn]);
        picture.append(titled(svg("path", { d: band(below, above, x, y), class: `option option-${at % 6}` }), option.option));
        below = above;
      });
      follow?.decisions[decision.name]?.forEach((code, turn) => code && turn < follow.ended && picture.append(svg("circle", { cx: x(turn), cy: H - M.bottom, r: 2.2, class: "act" })));
      const key = html("span", { class: "keys" }, ...decision.options.map((option, at) => html("span", { class: "key" }, html("i", { class: `key-${at % 6}` }), option.option)));
      return html("figure", { class: "small" }, html("figcaption", {}, decision.label), picture, key);
    }),
  );
}
