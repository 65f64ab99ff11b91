// Save what is shown: a picture as it stands, the data behind it, the setting as a file.

import { html, svg } from "./svg.js";

const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-size", "font-family", "font-weight", "paint-order", "stroke-linejoin", "shape-rendering"];

export function download(name, content, kind) {
  const address = URL.createObjectURL(new Blob([content], { type: kind }));
  const link = html("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// The picture as a file of its own: with its styles inside, and what it shows as its description.
export function picture(element, title) {
  const copy = element.cloneNode(true);
  const [from, to] = [element.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((each, at) => {
    const style = getComputedStyle(each);
    for (const name of STYLES) to[at].setAttribute(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("tabindex");
  const paper = svg("rect", { width: "100%", height: "100%", fill: getComputedStyle(document.body).getPropertyValue("--card") });
  const described = svg("desc", {}, `${title}. ${element.getAttribute("aria-label")}`);
  copy.prepend(described, paper);
  return new XMLSerializer().serializeToString(copy);
}

export function table(description, chart, now, ghosts) {
  const levels = ["5 %", "25 %", "median", "75 %", "95 %"];
  const sets = [["now", now], ...ghosts.map((ghost) => [ghost.label, ghost.played])];
  const head = ["quarter", ...sets.flatMap(([label]) => levels.map((level) => `${label}: ${level}`))];
  const rows = description.labels.map((label, turn) => [label, ...sets.flatMap(([, played]) => played.fan.map((quantile) => quantile[turn]))]);
  const quoted = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return [[`# ${chart.label} (${chart.unit}); ${now.runs} runs, seed ${description.seed}`], head, ...rows].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}
