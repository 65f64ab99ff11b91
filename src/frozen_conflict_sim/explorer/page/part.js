// Play a part: sit in an actor's chair, choose quarter by quarter, see what the model would have done and how the odds move.

import { html, percent } from "./svg.js";

// `shared` gives the setting and the classes; `follow(found)` draws the world that is played in every chart.
export function part(box, description, engine, shared) {
  let game = null;
  const say = html("p", { class: "note", "aria-live": "polite" }, "Sit in a chair and decide every quarter yourself; all others decide by the model. The odds count runs with other chances in which you do the same.");
  const chair = html("select", { "aria-label": "Whose chair" }, ...description.chairs.map((one) => html("option", { value: one.name }, one.name)));
  const sit = html("button", {}, "Sit down");
  const table = html("div", { class: "table" });
  sit.addEventListener("click", () => begin());
  box.replaceChildren(html("div", { class: "bar" }, html("label", {}, "Chair ", chair), sit), say, table);

  async function begin() {
    game = { chair: chair.value, choices: [], run: shared.run() ?? 0, odds: [], setting: shared.setting() };
    await next();
  }

  const question = (more) => ({ ...game.setting, chair: game.chair, run: game.run, choices: game.choices, ...more });

  async function next() {
    const mine = game;
    table.setAttribute("aria-busy", "true");
    try {
      const found = await engine.ask("part", question({}));
      if (mine !== game) return;
      show(found);
      shared.follow(found);
      const { odds } = await engine.ask("part", question({ odds: true }));
      if (mine !== game || found.turn !== game.choices.length) return;
      game.odds.push(odds);
      table.querySelector(".odds")?.replaceWith(oddsOf(game));
    } catch (error) {
      say.textContent = error.message;
    } finally {
      table.removeAttribute("aria-busy");
    }
  }

  function show(found) {
    const told = found.happened.length ? html("ul", { class: "happened" }, ...found.happened.map((one) => html("li", {}, one.told))) : "";
    const before = html("details", { open: true }, html("summary", {}, `What happened in the quarter before`), told || html("p", { class: "note" }, "Nothing yet."));
    if (found.over) {
      const { ending, meaning } = description.classes.find(({ name }) => name === found.class);
      say.textContent = `This run ${ending}: ${meaning}`;
      return put(sit, before, oddsOf(game));
    }
    say.textContent = `${found.date}: ${found.questions.length ? `${game.chair} decides ${found.questions.length === 1 ? "one question" : `${found.questions.length} questions`}.` : `${game.chair} has nothing to decide.`}`;
    const forms = found.questions.map((one, at) => asked(one, at));
    const play = html("button", { class: "primary" }, "Play the quarter");
    play.addEventListener("click", () => {
      game.choices.push(found.questions.map((one, at) => [one.decision, one.member, table.querySelector(`input[name="q${at}"]:checked`).value]));
      next();
    });
    const back = html("button", { class: "back", disabled: game.choices.length === 0 }, "Take the last quarter back");
    back.addEventListener("click", () => {
      game.choices.pop();
      game.odds.length = Math.min(game.odds.length, game.choices.length);
      next();
    });
    const again = document.activeElement === table.querySelector(".back") && !back.disabled ? back : play;
    put(again, html("div", { class: "questions" }, ...forms, html("div", { class: "bar" }, play, back)), html("div", {}, oddsOf(game), before));
  }

  // Replace the table; who played with the keyboard finds the focus on the button to go on with.
  function put(next_, ...content) {
    const inside = table.contains(document.activeElement);
    table.replaceChildren(...content);
    if (inside) next_.focus({ preventScroll: true });
  }

  function asked(one, at) {
    const best = Math.max(...one.options.filter((option) => option.open).map((option) => Math.abs(option.worth)), 0.01);
    const field = html("fieldset", {}, html("legend", {}, `${one.about}: ${one.meaning}`));
    for (const option of one.options) {
      const input = html("input", { type: "radio", name: `q${at}`, value: option.name, checked: option.name === one.model, disabled: !option.open });
      const bar = html("span", { class: `worth ${option.worth < 0 ? "less" : ""}`, title: `worth ${option.worth.toFixed(2)} to ${game.chair}` });
      bar.style.width = `${Math.min(100, (60 * Math.abs(option.worth)) / best)}px`;
      const model = option.name === one.model ? html("em", {}, " ← the model would") : "";
      field.append(html("label", { class: "option", title: option.meaning }, input, html("span", {}, html("b", {}, option.label), model, html("small", {}, ` ${option.meaning}`)), option.open ? bar : html("small", {}, "not open")));
    }
    return field;
  }

  function oddsOf({ odds }) {
    const [now, before] = [odds.at(-1), odds.at(-2)];
    const box_ = html("div", { class: "odds" }, html("h3", {}, "The odds if you go on by the model"));
    if (!now) return box_.append(html("p", { class: "note" }, "counting…")), box_;
    for (const one of description.classes) {
      const [share, was] = [now[one.name] || 0, before ? before[one.name] || 0 : now[one.name] || 0];
      if (!share && !was) continue;
      const bar = html("span", { class: "bar-track" }, html("i", { class: `class-${description.classes.indexOf(one)}` }));
      bar.firstChild.style.width = `${100 * share}%`;
      const moved = share === was ? "" : ` ${share > was ? "▲" : "▼"}${Math.round(100 * Math.abs(share - was))}`;
      box_.append(html("div", { class: "ending" }, html("span", { class: "name" }, one.name), bar, html("span", { class: "share" }, `${percent(share)}${moved}`)));
    }
    return box_;
  }
}
