// Words of the model: the policy as radio buttons, rules as menus, events as check boxes.

import { html } from "./svg.js";

const words = (name) => name.replaceAll("_", " ");

export function policies(description, changed) {
  const control = description.controls.find((one) => one.key === description.policy_key);
  if (!control) return { element: html("p", { class: "note" }, "This scenario has no policies."), show() {} };
  const meanings = new Map(description.policies.map((policy) => [policy.name, policy.meaning]));
  const field = html("fieldset", { class: "policies" }, html("legend", {}, "Policy"));
  const inputs = new Map();
  for (const option of control.options) {
    const input = html("input", { type: "radio", name: "policy", value: option });
    input.addEventListener("change", () => changed(control.key, option === control.word ? undefined : option, true));
    inputs.set(option, input);
    field.append(html("label", { class: "option" }, input, html("span", {}, html("b", {}, words(option)), html("small", {}, meanings.get(option) || "Each actor decides by its own judgement."))));
  }
  const show = (value) => (inputs.get(value ?? control.word).checked = true);
  show();
  return { element: field, show };
}

export function menu(control, changed) {
  const select = html("select", { id: `c-${control.key}` }, ...control.options.map((option) => html("option", { value: option }, words(option))));
  select.addEventListener("change", () => changed(control.key, select.value === control.word ? undefined : select.value, true));
  const show = (value) => (select.value = value ?? control.word);
  show();
  const about = html("details", {}, html("summary", {}, "what is this?"), html("div", { class: "about" }, `${control.meaning} `, html("code", {}, control.key)));
  return { element: html("div", { class: "control menu" }, html("label", { for: `c-${control.key}` }, html("span", { class: "owner" }, control.owner), " ", control.name), select, about), show, control };
}

export function events(description, changed) {
  const inputs = new Map();
  const element = html("ul", { class: "events" });
  for (const event of description.events) {
    const input = html("input", { type: "checkbox", checked: true });
    input.addEventListener("change", () => changed([...inputs].filter(([, one]) => !one.checked).map(([name]) => name)));
    inputs.set(event.name, input);
    element.append(html("li", {}, html("label", {}, input, html("span", {}, html("b", {}, event.name), " ", html("small", {}, `${event.when}. ${event.meaning}`)))));
  }
  return { element, show: (drop) => inputs.forEach((input, name) => (input.checked = !drop.includes(name))) };
}
