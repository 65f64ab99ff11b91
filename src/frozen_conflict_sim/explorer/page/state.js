// The setting of the page: what differs from the scenario and what is looked at. All of it is in the address; undo is a list.

const RANGE = /^(-?[\d.e+-]+)\.\.(-?[\d.e+-]+)$/i;

export const start = (shown) => ({ values: {}, drop: [], shown, run: null, ghost: "before" });

export const setting = (state) => ({ values: state.values, drop: state.drop });

export const sameSetting = (one, other) => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

const ordered = (state) => [Object.entries(state.values).sort(), [...state.drop].sort()];

// A setting as the fragment of an address: patron.policy=salami&parent.grievance=0.1..0.9&drop=Crimea&show=…
export function toFragment(state, opening) {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(state.values)) parts.append(key, written(value));
  for (const name of state.drop) parts.append("drop", name);
  if (state.shown !== opening.shown) parts.append("show", state.shown);
  if (state.run !== null) parts.append("run", state.run);
  if (state.ghost !== opening.ghost) parts.append("compare", state.ghost);
  return parts.toString();
}

const written = (value) =>
  typeof value === "object" ? ("from" in value ? `${value.from}..${value.to}` : JSON.stringify(value)) : String(value);

export function fromFragment(fragment, description) {
  const state = start(description.shown);
  const kinds = new Map(description.controls.map((control) => [control.key, control.kind]));
  for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    if (key === "drop") state.drop.push(value);
    else if (key === "show") state.shown = description.charts.some((chart) => chart.name === value) ? value : state.shown;
    else if (key === "run") state.run = /^\d+$/.test(value) ? Number(value) : null;
    else if (key === "compare") state.ghost = value;
    else state.values[key] = kinds.get(key) === "word" ? value : read(value);
  }
  return state;
}

function read(value) {
  const range = RANGE.exec(value);
  if (range) return { from: Number(range[1]), to: Number(range[2]) };
  if (value.startsWith("{")) return JSON.parse(value);
  return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

export class History {
  constructor(first) {
    this.past = [structuredClone(first)];
    this.future = [];
  }

  remember(state) {
    if (JSON.stringify(state) === JSON.stringify(this.past.at(-1))) return;
    this.past.push(structuredClone(state));
    this.future = [];
  }

  undo() {
    if (this.past.length < 2) return null;
    this.future.push(this.past.pop());
    return structuredClone(this.past.at(-1));
  }

  redo() {
    if (!this.future.length) return null;
    this.past.push(this.future.pop());
    return structuredClone(this.past.at(-1));
  }
}
