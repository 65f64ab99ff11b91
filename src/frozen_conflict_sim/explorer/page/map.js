// The map of the dilemma: what the policy in force does over two strengths that nobody knows, with "you are here".

import { labelled, number, svg, text, titled } from "./svg.js";

const [W, H] = [300, 236];
const M = { left: 40, right: 8, top: 10, bottom: 36 };

// `names` gives readers the names of the two axes; `go(across, up)` is called when the reader clicks.
export function map(box, note, found, here, names, go) {
  const { across, up, values } = found;
  const [x0, x1, y0, y1] = [across[0], across.at(-1), up[0], up.at(-1)];
  const x = (value) => M.left + ((W - M.left - M.right) * (value - x0)) / (x1 - x0);
  const y = (value) => H - M.bottom - ((H - M.top - M.bottom) * (value - y0)) / (y1 - y0);
  const flat = values.flat();
  const largest = found.compared ? Math.max(...flat.map(Math.abs), 1e-9) : 1;
  const picture = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", class: "map" });
  const [wide, tall] = [(W - M.left - M.right) / (across.length - 1), (H - M.top - M.bottom) / (up.length - 1)];
  const inside = svg("clipPath", { id: "map-clip" }, svg("rect", { x: M.left, y: M.top, width: W - M.left - M.right, height: H - M.top - M.bottom }));
  const cells = svg("g", { "clip-path": "url(#map-clip)" });
  up.forEach((high, row) =>
    across.forEach((right, column) => {
      const value = values[row][column];
      const strength = Math.min(1, Math.abs(found.compared ? value : value - 0.5) / (found.compared ? largest : 0.5));
      const kind = (found.compared ? value : value - 0.5) >= 0 ? "positive" : "negative";
      cells.append(titled(svg("rect", { x: x(right) - wide / 2, y: y(high) - tall / 2, width: wide, height: tall, class: kind, "fill-opacity": (0.06 + 0.84 * strength).toFixed(3) }), `${names.across} ${number(right, 1)}, ${names.up} ${number(high, 1)}: ${number(value, 0.1)}`));
    }),
  );
  picture.append(inside, cells);
  if (found.compared) cells.append(svg("path", { d: zero(across, up, values, x, y), class: "zero" }));
  for (const [value, written] of labelled(x0, x1, 4)) picture.append(text(x(value), H - 22, written, { class: "tick", "text-anchor": "middle" }));
  for (const [value, written] of labelled(y0, y1, 4)) picture.append(text(M.left - 5, y(value) + 4, written, { class: "tick", "text-anchor": "end" }));
  picture.append(text((W + M.left) / 2, H - 6, `${names.across} →`, { class: "axis", "text-anchor": "middle" }));
  picture.append(text(0, 0, `${names.up} →`, { class: "axis", "text-anchor": "middle", transform: `translate(11 ${(H - M.bottom + M.top) / 2}) rotate(-90)` }));
  picture.append(...you(here, x, y, [x0, x1, y0, y1]));
  const share = flat.filter((value) => value > 0).length / flat.length;
  const words = found.compared
    ? `Against ${found.compared}, this ${found.positive} on ${Math.round(100 * share)} % of the map and ${found.negative} on the rest (${found.mapped} at the end, ${found.runs} runs). Click to stand elsewhere.`
    : `${found.mapped} at the end; no policy to compare with.`;
  picture.setAttribute("aria-label", words);
  picture.addEventListener("click", (event) => {
    const area = picture.getBoundingClientRect();
    const at = [((event.clientX - area.left) / area.width) * W, ((event.clientY - area.top) / area.height) * H];
    const right = x0 + ((at[0] - M.left) / (W - M.left - M.right)) * (x1 - x0);
    const high = y0 + ((H - M.bottom - at[1]) / (H - M.top - M.bottom)) * (y1 - y0);
    if (right >= x0 && right <= x1 && high >= y0 && high <= y1) go(Number(right.toFixed(2)), Number(high.toFixed(2)));
  });
  note.textContent = words;
  box.replaceChildren(picture);
}

function you(here, x, y, [x0, x1, y0, y1]) {
  const [[a, b], [c, d]] = here;
  const clip = (value, low, high) => Math.min(high, Math.max(low, value));
  const [left, right, bottom, top] = [x(clip(a, x0, x1)), x(clip(b, x0, x1)), y(clip(c, y0, y1)), y(clip(d, y0, y1))];
  if (right - left < 3 && bottom - top < 3) return [titled(svg("circle", { cx: left, cy: bottom, r: 6.5, class: "here" }), "you are here")];
  return [titled(svg("rect", { x: left + 1, y: top + 1, width: Math.max(2, right - left - 2), height: Math.max(2, bottom - top - 2), class: "here area", rx: 3 }), "you are somewhere in here"), text((left + right) / 2, bottom - 7, "you are somewhere in here", { class: "here-text", "text-anchor": "middle" })];
}

// The line on which nothing changes, cell by cell between neighbouring points (marching squares).
function zero(across, up, values, x, y) {
  let path = "";
  for (let row = 0; row + 1 < up.length; row++)
    for (let column = 0; column + 1 < across.length; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const points = [];
      corners.forEach(([c, r], at) => {
        const [c2, r2] = corners[(at + 1) % 4];
        const [one, other] = [values[r][c], values[r2][c2]];
        if (one > 0 === other > 0) return;
        const share = one / (one - other);
        points.push([x(across[c] + share * (across[c2] - across[c])), y(up[r] + share * (up[r2] - up[r]))]);
      });
      for (let at = 0; at + 1 < points.length; at += 2) path += `M${points[at].map((v) => v.toFixed(1)).join(" ")}L${points[at + 1].map((v) => v.toFixed(1)).join(" ")}`;
    }
  return path;
}
