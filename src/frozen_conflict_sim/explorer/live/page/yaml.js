// A setting as a scenario file with nothing but what differs, as Python writes it.

export function toYaml(base, { values, drop }) {
  const tree = {};
  for (const [key, value] of Object.entries(values)) {
    const path = key.split(".");
    const last = path.pop();
    let branch = tree;
    for (const name of path) branch = branch[name] ??= {};
    branch[last] = value;
  }
  const events = drop.length ? `events:\n${drop.map((name) => `  - {name: ${quoted(name)}, remove: true}\n`).join("")}` : "";
  return `extends: ${quoted(base)}\n${lines(tree, "")}${events}`;
}

function lines(tree, indent) {
  let text = "";
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === "object" && !("from" in value)) text += `${indent}${name}:\n${lines(value, `${indent}  `)}`;
    else if (typeof value === "object") text += `${indent}${name}: {from: ${value.from}, to: ${value.to}}\n`;
    else text += `${indent}${name}: ${typeof value === "string" ? quoted(value) : value}\n`;
  }
  return text;
}

const quoted = (word) => (/^[A-Za-z][\w]*$/.test(word) && !/^(yes|no|on|off|true|false|null|y|n)$/i.test(word) ? word : JSON.stringify(word));
