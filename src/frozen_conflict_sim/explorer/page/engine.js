// The engine that a page plays with. Charts and sliders know only this interface, so a page without a server can put an
// engine of its own in its place (a worker, for instance):
//
//   describe() -> Description                     controls, events, policies, charts: see description.py
//   play({values, drop}, runs, shown) -> Played   {runs, shown, fan[level][turn], ends[run], classes[run], treaties, decisions}
//   ask(name, question) -> answer                 follow, story, receipts, diverge, map, sensitivity, still, yaml, load, part
//   can(name) -> boolean                          whether it answers that: charts that need it are left out otherwise

export class HttpEngine {
  can() {
    return true;
  }

  async ask(name, question = {}) {
    const answer = await fetch(`ask/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question),
    });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.error || answer.statusText);
    return data;
  }

  describe() {
    return this.ask("describe");
  }

  play(setting, runs, shown) {
    return this.ask("play", { ...setting, runs, shown });
  }
}

// Latest wins: at most one task under way and one waiting, which is always the latest that was wanted.
export class Latest {
  constructor(perform) {
    this.perform = perform;
    this.underWay = false;
    this.waiting = null;
    this.most = 0;
  }

  want(task) {
    this.waiting = task;
    if (!this.underWay) this.work();
  }

  async work() {
    this.underWay = true;
    while (this.waiting) {
      const task = this.waiting;
      this.waiting = null;
      await this.perform(task, () => this.waiting !== null);
    }
    this.underWay = false;
  }
}
