// Small helpers for elements, numbers and scales.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function svg(tag, attributes = {}, ...inside) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

export function html(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

// A number as a reader takes it: as many digits as the span of the axis deserves.
export function number(value, span = 1) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.max(Math.abs(span), 1e-6)))));
  const text = value.toFixed(Math.min(digits, Math.abs(span) >= 50 ? 0 : digits));
  return text.replace("-", "−");
}

export const percent = (share) => (share > 0 && share < 0.01 ? "under 1 %" : `${Math.round(100 * share)} %`);

export const signed = (value, span) => (value >= 0 ? "+" : "") + number(value, span);

export function line(values, x, y) {
  let path = "";
  values.forEach((value, at) => {
    if (value !== null) path += `${path ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  return path;
}

export function band(low, high, x, y) {
  const back = high.map((value, at) => `L${x(at).toFixed(1)} ${y(value).toFixed(1)}`).reverse();
  return `${line(low, x, y)}${back.join("")}Z`;
}

// Round steps of an axis: 1, 2 or 5 times a power of ten.
export function ticks(low, high, most = 5) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const found = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + 1e-9 * step; value += step) found.push(Math.abs(value) < 1e-12 ? 0 : value);
  return found;
}

// The round numbers of an axis, each with as many digits as its steps need: [value, text].
export function labelled(low, high, most = 5) {
  const found = ticks(low, high, most);
  const step = found.length > 1 ? found[1] - found[0] : high - low || 1;
  const digits = Math.max(0, Math.min(4, Math.ceil(-Math.log10(step) - 1e-6)));
  return found.map((value) => [value, value.toFixed(digits).replace("-", "−")]);
}

// Years whose first quarter is on an axis of quarters, not more than about `most`.
export function years(dates, most = 6) {
  const first = Math.ceil(dates[0] - 0.13);
  const last = Math.floor(dates.at(-1) - 0.12);
  const step = Math.max(1, Math.ceil((last - first) / most));
  const found = [];
  for (let year = first; year <= last; year += step) found.push(year);
  return found;
}

export const text = (x, y, words, attributes = {}) => svg("text", { x, y, ...attributes }, String(words));

export const titled = (element, words) => {
  element.prepend(svg("title", {}, words));
  return element;
};
