// The engine of a live file: the compiled model in a worker of this page, without a server.

import { toYaml } from "./yaml.js";

const content = (name) => document.getElementById(`live-${name}`).textContent;

async function unpacked(id) {
  const packed = Uint8Array.from(atob(content(id)), (letter) => letter.charCodeAt(0));
  return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

// Numbers are packed byte by byte: all first bytes, then all second bytes, which packs smaller.
function joined(parts, size) {
  if (size === 1) return parts;
  const whole = new Uint8Array(parts.length);
  const count = parts.length / size;
  for (let byte = 0; byte < size; byte++) for (let at = 0; at < count; at++) whole[at * size + byte] = parts[byte * count + at];
  return whole;
}

export class WorkerEngine {
  constructor() {
    this.waiting = new Map();
    this.number = 0;
    this.ready = this.begin();
  }

  async begin() {
    this.data = JSON.parse(new TextDecoder().decode(await unpacked("data")));
    const script = new Blob([content("worker")], { type: "text/javascript" });
    this.worker = new Worker(URL.createObjectURL(script));
    this.worker.onmessage = ({ data: { id, answer, error } }) => {
      const { resolve, reject } = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) resolve(answer);
      else reject(new Error(error));
    };
    const blobs = new Map();
    for (const { blob, word } of this.data.regions) if (!blobs.has(blob)) blobs.set(blob, joined(await unpacked(blob), word));
    const regions = this.data.regions.map(({ at, blob, changes }) => ({ at, changes, content: blobs.get(blob) }));
    await this.send("boot", { description: { ...this.data.engine, map: this.data.map }, regions, module: await unpacked("code") });
    this.check();
  }

  send(name, question) {
    const id = (this.number += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, question });
    });
  }

  // Before anybody relies on them, the numbers of this browser are compared with those of Python.
  async check() {
    const state = document.getElementById("checked");
    for (const { setting, digest } of this.data.trials) {
      const found = await this.send("digest", { setting });
      if (found.join() !== digest.join()) return this.warn(state);
    }
    if (this.data.map) {
      const { map } = await this.send("map", { setting: plain(), apart: true });
      if (JSON.stringify(map.values) !== JSON.stringify(this.data.map.expected)) return this.warn(state);
    }
    state.textContent = `Checked here: ${this.data.trials.length} settings give the numbers of Python, to the last bit.`;
    document.body.classList.add("right");
  }

  warn(state) {
    state.textContent = "Do not use this page: in this browser its numbers are not those of Python.";
    state.setAttribute("role", "alert");
    document.body.classList.add("wrong");
  }

  can(name) {
    return (name === "map" && this.data.map !== null) || ["follow", "story", "part", "diverge", "sensitivity", "still", "yaml", "receipts"].includes(name);
  }

  async describe() {
    await this.ready;
    return this.data.description;
  }

  async play(setting, runs, shown) {
    await this.ready;
    return this.send("play", { setting: plain(setting), shown });
  }

  async ask(name, question = {}) {
    await this.ready;
    const setting = plain(question);
    const own = !Object.keys(setting.values).length && !setting.drop.length ? this.data.answers : {};
    if (name === "sensitivity") return this.data.sensitivity;
    if (name === "still") return { still: this.data.still };
    if (name === "yaml") return { yaml: toYaml(this.data.name, setting) };
    if (name === "story" && own[question.run]) return own[question.run].story;
    if (name === "receipts") {
      const receipts = own[question.run]?.receipts[question.turn];
      if (!receipts) throw new Error("The reasons for this turn are not in this file: it has them for the turning points of typical runs of the scenario as it is.");
      return { run: question.run, turn: question.turn, receipts };
    }
    if (name === "diverge") return this.send("diverge", { setting, other: plain(question.other) });
    return this.send(name, { ...question, setting });
  }
}

const plain = ({ values = {}, drop = [] } = {}) => ({ values: { ...values }, drop: [...drop] });
