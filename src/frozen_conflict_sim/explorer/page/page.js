// The page: one setting, one play at a time, everything drawn from what was played.

import { Controls } from "./controls.js";
import { ends } from "./ends.js";
import { Latest } from "./engine.js";
import { fan, sentence } from "./fan.js";
import { map } from "./map.js";
import { decisions, treaties } from "./multiples.js";
import { part } from "./part.js";
import { download, picture, table } from "./save.js";
import { spread } from "./spread.js";
import { fromFragment, History, sameSetting, setting, start, toFragment } from "./state.js";
import { story } from "./story.js";
import { byId, html } from "./svg.js";
import { worlds } from "./worlds.js";

const WHILE_MOVING = 128;
const QUIET = 500; // milliseconds without a change after which a gesture is over

export class Page {
  constructor(engine, description) {
    this.engine = engine;
    this.description = description;
    this.opening = start(description.shown);
    this.state = location.hash.length > 1 ? fromFragment(location.hash, description) : { ...this.opening, ...structuredClone(description.state) };
    this.history = new History(this.state);
    this.played = { now: null, before: null, pinned: null, unguided: null, scenario: null };
    this.follow = null;
    this.drawn = { plays: 0, last: 0, busy: 0 };
    this.latest = new Latest((task, overtaken) => this.play(task, overtaken));
    this.controls = new Controls(description, (key, value, final) => this.set(key, value, final), (drop) => this.drop(drop));
    this.controls.show(this.state);
    this.wire();
    this.part = engine.can("part") ? part(byId("part"), description, engine, { setting: () => setting(this.state), run: () => this.state.run, follow: (found) => this.playedByHand(found) }) : null;
    this.ready = this.begin();
  }

  async begin() {
    byId("title").textContent = this.description.title;
    document.title = `${this.description.title} · explorer`;
    byId("shown").replaceChildren(...this.description.charts.map((chart) => html("option", { value: chart.name }, chart.label)));
    this.show();
    await this.play({ runs: this.description.runs, final: true });
    if (this.state.run !== null) await this.followRun({ run: this.state.run });
    this.aside();
    if (this.engine.can("sensitivity")) this.engine.ask("sensitivity").then((found) => this.controls.rank(found.moves)).catch(() => {});
  }

  // ---- what the reader does

  set(key, value, final) {
    this.beginGesture(key);
    const values = { ...this.state.values };
    if (value === undefined) delete values[key];
    else values[key] = value;
    this.state = { ...this.state, values };
    this.moved(final);
  }

  drop(names) {
    this.beginGesture("events");
    this.state = { ...this.state, drop: names };
    this.moved(true);
  }

  // The ghost is the setting before the gesture, not before its last step.
  beginGesture(about) {
    clearTimeout(this.quiet);
    if (this.gesture !== about) this.played.before = this.played.now;
    this.gesture = about;
  }

  moved(final) {
    this.controls.values = this.state.values;
    this.latest.want({ runs: final ? this.description.runs : Math.min(WHILE_MOVING, this.description.runs), final });
    if (final) {
      this.show();
      this.quiet = setTimeout(() => this.settle(), QUIET);
    }
  }

  settle() {
    this.gesture = null;
    this.history.remember(this.state);
    this.show();
    this.aside();
  }

  go(state) {
    if (!state) return;
    const other = !sameSetting(state, this.state) || state.shown !== this.state.shown;
    if (!sameSetting(state, this.state)) this.played.before = this.played.now;
    this.state = state;
    this.controls.show(state);
    this.show();
    if (other) this.latest.want({ runs: this.description.runs, final: true });
    if (state.run === null) this.leave();
    else this.followRun({ run: state.run });
    this.aside();
  }

  // ---- playing

  async play({ runs, final }, overtaken = () => false) {
    const asked = structuredClone(this.state);
    try {
      this.played.now = await this.engine.play(setting(asked), runs, asked.shown);
      this.played.now.setting = asked;
      this.say("");
      if (overtaken()) this.draw();
      else {
        if (final && this.follow && !this.follow.byHand) await this.followRun({ run: this.follow.run, quietly: true });
        await this.ghosts();
        this.draw();
      }
    } catch (error) {
      this.say(error instanceof TypeError ? "The simulator does not answer: is it still running?" : error.message);
    }
  }

  // The other settings that are shown behind this one, in the quantity that is shown.
  async ghosts() {
    const { shown, ghost } = this.state;
    const key = this.description.policy_key;
    const settings = {
      before: this.played.before?.setting,
      pinned: this.pinned,
      scenario: ghost === "scenario" ? { values: {}, drop: [] } : null,
      unguided: ghost === "unguided" ? { values: Object.fromEntries(Object.entries(this.state.values).filter(([name]) => name !== key && !this.instruments().has(name))), drop: this.state.drop } : null,
    };
    const wanted = settings[ghost];
    if (!wanted) return;
    const had = this.played[ghost];
    if (!had || had.shown !== shown || !sameSetting(had.setting, wanted)) {
      this.played[ghost] = await this.engine.play(setting(wanted), this.description.runs, shown);
      this.played[ghost].setting = structuredClone(wanted);
    }
  }

  instruments() {
    this.known ??= new Set(this.description.controls.filter((one) => one.group === "policy").map((one) => one.key));
    return this.known;
  }

  view() {
    const labels = { before: "before", pinned: "pinned", unguided: "no policy", scenario: "in the scenario" };
    const chart = this.description.charts.find((one) => one.name === this.state.shown);
    const other = this.played[this.state.ghost];
    const ghosts = other && other.shown === this.state.shown && !sameSetting(other.setting, this.state) ? [{ label: labels[this.state.ghost], played: other, style: this.state.ghost }] : [];
    const description = { ...this.description, events: this.description.events.map((one) => ({ ...one, dropped: this.state.drop.includes(one.name) })) };
    const span = chart.high !== null && chart.low !== null ? chart.high - chart.low : 1;
    return { description, chart, now: this.played.now, ghosts, follow: this.follow, acts: this.follow?.acts, span };
  }

  draw() {
    const began = performance.now();
    const view = this.view();
    if (!view.now || view.now.shown !== this.state.shown) return;
    fan(byId("fan"), view, (turn, value) => this.followRun({ turn, value }));
    ends(byId("ends"), view);
    spread(byId("spread"), view);
    treaties(byId("treaties"), view);
    decisions(byId("decisions"), view);
    byId("spread-title").textContent = `${view.chart.label}, at the end`;
    byId("subtitle").textContent = `An exploration of a model, not a forecast · ${view.now.runs} runs · seed ${this.description.seed}`;
    byId("sentence").textContent = sentence(view);
    this.legend(view);
    this.drawn.plays += 1;
    this.drawn.last = performance.now();
    this.drawn.busy = this.drawn.last - began;
    this.drawn.setting = setting(view.now.setting);
  }

  legend({ ghosts, follow }) {
    const keys = [html("span", { class: "key" }, html("i", { class: "key-now" }), "now: median, half, nine tenths of the runs")];
    if (ghosts.length) keys.push(html("span", { class: "key" }, html("i", { class: `key-ghost ${ghosts[0].style}` }), ghosts[0].label));
    if (follow) keys.push(html("span", { class: "key" }, html("i", { class: "key-one" }), follow.byHand ? "the world you play" : `run ${follow.run}`));
    byId("legend").replaceChildren(...keys);
    byId("followed").textContent = follow ? (follow.byHand ? "The world you play" : `Run ${follow.run}: ${follow.class}`) : "Click the fan to follow one run";
    byId("unfollow").hidden = !follow;
  }

  // ---- one run

  async followRun({ run = null, turn, value, quietly = false }) {
    const { runs } = this.description;
    const wanted = { ...setting(this.state), runs, shown: this.state.shown };
    try {
      this.follow = await this.engine.ask("follow", run === null ? { ...wanted, turn, value } : { ...wanted, run });
    } catch (error) {
      return this.say(error.message);
    }
    this.state = { ...this.state, run: this.follow.run };
    if (quietly) return this.tellSoon();
    this.history.remember(this.state);
    this.show();
    this.draw();
    this.tellSoon();
  }

  tellSoon() {
    if (!this.engine.can("story")) return;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), 350);
  }

  async tell() {
    const asked = { ...setting(this.state), runs: this.description.runs, run: this.state.run };
    if (asked.run === null) return;
    byId("story").setAttribute("aria-busy", "true");
    try {
      const told = await this.engine.ask("story", asked);
      if (this.state.run !== asked.run || !this.follow) return;
      this.follow.acts = {};
      for (const point of told.turning_points) this.follow.acts[point.turn - 1] = point.happenings.map((one) => one.text);
      story(byId("story"), told, async (turn) => (await this.engine.ask("receipts", { ...asked, turn })).receipts);
      this.draw();
    } catch (error) {
      byId("story").textContent = error.message;
    } finally {
      byId("story").removeAttribute("aria-busy");
    }
  }

  step(by) {
    const runs = this.description.runs;
    const now = this.follow && !this.follow.byHand ? this.follow.run : by > 0 ? -1 : 0;
    this.followRun({ run: (now + by + runs) % runs });
  }

  leave() {
    this.follow = null;
    this.state = { ...this.state, run: null };
    byId("story").replaceChildren(html("p", { class: "note" }, "Click the fan, or press › under it, to follow a run through every chart and read what happened."));
    this.show();
    this.draw();
  }

  playedByHand({ courses, turn, over }) {
    const until = Object.fromEntries(Object.entries(courses).map(([name, course]) => [name, course.slice(0, turn)]));
    this.follow = { byHand: true, run: null, class: "", ended: turn, over, courses: until, decisions: {} };
    this.state = { ...this.state, run: null };
    this.show();
    this.draw();
  }

  // ---- what is computed when nothing moves: the map, the two worlds

  async aside() {
    const mine = (this.asides = (this.asides || 0) + 1);
    do await new Promise((done) => setTimeout(done, 200));
    while (this.latest.underWay);
    if (mine !== this.asides) return;
    const asked = structuredClone(this.state);
    const compared = { before: this.played.before, pinned: this.played.pinned, unguided: this.played.unguided }[asked.ghost]?.setting;
    const other = compared ?? { values: {}, drop: [] };
    const same = sameSetting(asked, other);
    const words = compared ? { before: "the setting before", pinned: "the pinned setting", unguided: "the same without a policy" }[asked.ghost] : "the scenario";
    try {
      if (this.engine.can("diverge")) worlds(byId("worlds"), same ? null : await this.engine.ask("diverge", { ...setting(asked), other: setting(other), runs: this.description.runs }), words);
      if (mine === this.asides) await this.still(asked);
      if (mine === this.asides && this.engine.can("map")) await this.drawMap(asked, mine);
    } catch (error) {
      this.say(error.message);
    }
  }

  // Which numbers move nothing depends on words alone: the policy and the rules.
  async still(asked) {
    this.words ??= new Set(this.description.controls.filter((one) => one.kind === "word").map((one) => one.key));
    const words = JSON.stringify(Object.entries(asked.values).filter(([key]) => this.words.has(key)).sort());
    if (words === (this.stillUnder ?? "[]") || !this.engine.can("still")) return;
    this.controls.still((await this.engine.ask("still", setting(asked))).still);
    this.stillUnder = words;
  }

  async drawMap(asked, mine) {
    const axes = this.map ? [this.map.across_key, this.map.up_key] : [];
    const rest = JSON.stringify([Object.entries(asked.values).filter(([key]) => !axes.includes(key)).sort(), asked.drop]);
    if (rest !== this.mapped) {
      const { map: found } = await this.engine.ask("map", setting(asked));
      if (mine !== this.asides) return;
      this.map = found;
      this.mapped = JSON.stringify([Object.entries(asked.values).filter(([key]) => ![this.map?.across_key, this.map?.up_key].includes(key)).sort(), asked.drop]);
    }
    byId("map-panel").hidden = !this.map;
    if (!this.map) return;
    const control = (key) => this.description.controls.find((one) => one.key === key);
    const [across, up] = [control(this.map.across_key), control(this.map.up_key)];
    const span = (one) => {
      const value = this.state.values[one.key];
      if (typeof value === "number") return [value, value];
      if (value && "from" in value) return [value.from, value.to];
      return one.law === "between" ? one.numbers : [one.numbers[0], one.numbers[0]];
    };
    map(byId("map"), byId("map-note"), this.map, [span(across), span(up)], { across: across.name, up: up.name }, (right, high) => {
      this.beginGesture("map");
      this.state = { ...this.state, values: { ...this.state.values, [across.key]: right, [up.key]: high } };
      this.controls.show(this.state);
      this.moved(true);
    });
  }

  // ---- the tools

  show() {
    const fragment = toFragment(this.state, this.opening);
    try {
      history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname);
    } catch {
      // A page inside another one (in a notebook) has no address of its own.
    }
    byId("undo").disabled = this.history.past.length < 2;
    byId("redo").disabled = !this.history.future.length;
    byId("shown").value = this.state.shown;
    byId("ghost").value = this.state.ghost;
  }

  say(message) {
    byId("message").textContent = message;
    byId("message").hidden = !message;
  }

  wire() {
    const on = (id, act, event = "click") => byId(id).addEventListener(event, act);
    on("undo", () => this.go(this.history.undo()));
    on("redo", () => this.go(this.history.redo()));
    on("reset", () => this.anew({ ...this.state, values: {}, drop: [] }));
    on("shown", () => this.anew({ ...this.state, shown: byId("shown").value }), "change");
    on("ghost", () => this.compare(byId("ghost").value), "change");
    on("pin", () => this.pin());
    on("previous", () => this.step(-1));
    on("next", () => this.step(1));
    on("unfollow", () => this.leave());
    on("link", () => this.copy());
    on("yaml", () => this.saveYaml());
    on("load", () => byId("file").click());
    on("file", () => this.load(), "change");
    on("picture", () => download("explorer.svg", picture(byId("fan").firstChild, this.description.title), "image/svg+xml"));
    on("data", () => download("explorer.csv", table(this.description, this.view().chart, this.played.now, this.view().ghosts), "text/csv"));
    on("theme", () => this.theme());
    byId("live").hidden = !this.description.live;
    const needs = { load: "load", "map-panel": "map", "worlds-panel": "diverge", "part-panel": "part" };
    for (const [id, name] of Object.entries(needs)) byId(id).hidden ||= !this.engine.can(name);
    on("live", () => this.saveLive());
    addEventListener("hashchange", () => this.anew(fromFragment(location.hash, this.description)));
    addEventListener("resize", () => this.draw());
    addEventListener("keydown", (event) => this.key(event));
  }

  anew(state) {
    this.history.remember(state);
    this.go(state);
  }

  async compare(ghost) {
    this.state = { ...this.state, ghost };
    this.show();
    await this.ghosts();
    this.draw();
    this.aside();
  }

  pin() {
    this.pinned = structuredClone(this.state);
    this.played.pinned = this.played.now;
    byId("pin").setAttribute("aria-pressed", "true");
    this.compare("pinned");
  }

  key(event) {
    const typing = event.target.matches("input:not([type=range]):not([type=radio]):not([type=checkbox]), select, textarea");
    const command = event.ctrlKey || event.metaKey;
    if (command && !typing && event.key.toLowerCase() === "z") (event.preventDefault(), this.go(event.shiftKey ? this.history.redo() : this.history.undo()));
    else if (command && !typing && event.key.toLowerCase() === "y") (event.preventDefault(), this.go(this.history.redo()));
    else if (event.target.classList?.contains("fan") && ["ArrowUp", "ArrowDown"].includes(event.key)) (event.preventDefault(), this.step(event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape" && this.follow) this.leave();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("The address of this setting is copied.");
    } catch {
      this.say(`This setting has this address: ${location.href}`);
    }
  }

  async saveYaml() {
    try {
      download("explored.yaml", (await this.engine.ask("yaml", setting(this.state))).yaml, "text/yaml");
    } catch (error) {
      this.say(error.message);
    }
  }

  async saveLive() {
    this.say("Making the live file…");
    try {
      download("explorer.html", (await this.engine.ask("live", setting(this.state))).html, "text/html");
      this.say("");
    } catch (error) {
      this.say(error.message);
    }
  }

  async load() {
    const [file] = byId("file").files;
    if (!file) return;
    byId("file").value = "";
    try {
      this.anew({ ...this.state, ...(await this.engine.ask("load", { yaml: await file.text() })) });
    } catch (error) {
      this.say(error.message);
    }
  }

  theme() {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    byId("theme").textContent = dark ? "Dark" : "Light";
    byId("theme").setAttribute("aria-pressed", String(!dark));
  }
}

export async function open(engine) {
  try {
    window.page = new Page(engine, await engine.describe());
    await window.page.ready;
  } catch (error) {
    byId("message").textContent = `The explorer could not start: ${error.message}`;
    byId("message").hidden = false;
  }
}
