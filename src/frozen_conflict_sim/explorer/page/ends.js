// How runs end: the share of each class, with a mark for the ghost.

import { count } from "./fan.js";
import { html, percent } from "./svg.js";

export function ends(box, { description, now, ghosts, follow }) {
  const shares = count(now, description);
  const before = ghosts.map((ghost) => count(ghost.played, description));
  const list = html("ul", { class: "ends" });
  description.classes.forEach((one, at) => {
    if (!shares[at] && !before.some((each) => each[at])) return;
    const bar = html("span", { class: "bar-track" }, html("i", { class: `class-${at}` }));
    bar.firstChild.style.width = `${100 * shares[at]}%`;
    before.forEach((each, number) => {
      const mark = html("b", { class: ghosts[number].style, title: `${ghosts[number].label}: ${percent(each[at])}` });
      mark.style.left = `${100 * each[at]}%`;
      bar.append(mark);
    });
    const spoken = before.length ? html("span", { class: "visually-hidden" }, ` (${ghosts[0].label}: ${percent(before[0][at])})`) : "";
    const here = follow?.class === one.name ? " followed" : "";
    list.append(html("li", { title: one.meaning, class: `ending${here}` }, html("span", { class: "name" }, one.name), bar, html("span", { class: "share" }, percent(shares[at]), spoken)));
  });
  box.replaceChildren(list);
}
