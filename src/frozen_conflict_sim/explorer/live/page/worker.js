// The compiled model in a worker: it writes a setting to memory, plays all runs, and reads what the page shows.

let data, code, memory, words, bytes, doubles, uniforms;
const remembered = new Map(); // the last plays, so that a run of one of them can be followed
const KEPT = 6;

const place = (at) => at >> 3;

// Firefox alternates between two kinds of vector instructions. On some processors each change takes a hundred times as long as
// the instruction while the upper halves of registers count as used, as they do in every worker of Firefox. Drawing anything
// ends that; without it a play takes 20 s instead of 0.1 s there.
function clearUpperHalves() {
  globalThis.OffscreenCanvas && new OffscreenCanvas(8, 8).getContext("2d")?.fillRect(0, 0, 8, 8);
}

async function boot({ description, regions, module }) {
  clearUpperHalves();
  data = description;
  memory = new WebAssembly.Memory({ initial: Math.ceil(data.end / 65536) });
  const table = new WebAssembly.Table({ initial: data.first_function + data.functions.length, element: "anyfunc" });
  code = (await WebAssembly.instantiate(module, { env: { memory, table } })).instance.exports;
  data.functions.forEach((name, number) => table.set(data.first_function + number, code[name]));
  data.regions = regions;
  bytes = new Uint8Array(memory.buffer);
  words = new Uint32Array(memory.buffer);
  doubles = new Float64Array(memory.buffer);
  for (const { at, content } of regions) bytes.set(content, at);
  data.lanes = Array.from(new BigInt64Array(memory.buffer, data.columns, data.blocks * 16), Number);
  uniforms = new Map();
}

// One number a run, uniform between 0 and 1, from the random stream of a key.
function uniform(key) {
  if (!uniforms.has(key)) {
    const [numbers, streams, width] = data.uniform;
    code.uniform_1(numbers, streams, BigInt(width), 1n, 0n, ...data.movable[key].stream.map(BigInt));
    uniforms.set(key, doubles.slice(place(numbers), place(numbers) + data.runs));
  }
  return uniforms.get(key);
}

function write([at, stride], value) {
  for (let block = 0; block < data.blocks; block++)
    for (let lane = 0; lane < 16; lane++) doubles[place(at + block * stride) + lane] = typeof value === "number" ? value : value[data.lanes[block * 16 + lane]];
}

function prepare({ values, drop }) {
  for (const { at, content, changes } of data.regions) if (changes) bytes.set(content, at);
  const word = values[data.policy_key] ?? data.policy;
  const policy = data.policies[word];
  if (!policy) throw new Error(`This file cannot play the policy ${word}.`);
  // What is set for a single member wins over what is set for all, and what a policy mandates over both.
  const keys = Object.keys(values).filter((key) => key !== data.policy_key);
  for (const key of keys) if (!data.movable[key]) throw new Error(`This file cannot move ${key}; in Python: frozen-conflict-sim explore`);
  keys.sort((one, other) => data.movable[other].shared - data.movable[one].shared);
  for (const key of keys) {
    const { slots, low, high } = data.movable[key];
    const value = values[key];
    const ends = typeof value === "number" ? [value, value] : [value?.from, value?.to];
    if (!ends.every((end) => typeof end === "number" && end >= low && end <= high) || ends[0] > ends[1]) throw new Error(`${key}: expected ${low} to ${high}, found ${JSON.stringify(value)}`);
    const given = typeof value === "number" ? value : uniform(key).map((share) => ends[0] + (ends[1] - ends[0]) * share);
    for (const slot of slots) write(slot, given);
  }
  for (const [slots, given] of policy.values) for (const slot of slots) write(slot, given);
  for (const name of drop) {
    if (!data.drop[name]) throw new Error(`This file cannot leave out ${name}.`);
    for (const [slot, number] of data.drop[name]) write(slot, number);
  }
  for (const [at, number] of policy.constants) doubles[place(at)] = number;
}

// `steps` has for each turn the choices that a player makes for an actor: the place of a question, and of an option.
function run({ values, drop, steps = [] }) {
  prepare({ values, drop });
  if (steps.length) for (let block = 0; block < data.blocks; block++) steer(block, steps, 0, data.turns);
  else code.play(data.play[0], BigInt(data.blocks), data.play[1], 0n, BigInt(data.turns));
  checkRuns();
  for (let block = 0; block < data.blocks; block++) evaluate(block);
  inside("outcomes", outcomes(), data.runs);
}

// Play turns of a block; what is not chosen for an actor it decides by its rules.
function steer(block, steps, from, to) {
  const { questions, by_rules } = data.part;
  for (let turn = from; turn < to; turn++) {
    for (const { forced } of questions) doubles[place(forced)] = by_rules;
    for (const [question, option] of steps[turn] ?? []) doubles[place(questions[question].forced)] = option;
    code.play(data.play[0] + block * data.own_stride, 1n, data.play[1], BigInt(turn), BigInt(turn + 1));
  }
}

const evaluate = (block) => code.evaluate(...data.evaluate.map(([at, stride]) => at + block * stride), BigInt(data.runs));
const outcomes = () => new Float64Array(memory.buffer, data.outcomes[0], data.outcomes[1] * data.runs);
const trajectories = () => new Float32Array(memory.buffer, data.trajectories[0], data.trajectories[1] * data.runs * data.turns);

function checkRuns() {
  for (let block = 0; block < data.blocks; block++) for (let lane = 0; lane < 16; lane++) finite(block, lane);
  inside("trajectories", trajectories(), data.runs * data.turns);
}

function finite(block, lane) {
  if (Number.isNaN(lanes(data.fault, block)[lane])) throw new Error("A run fails under this setting: a rule gives no finite number.");
}

// What leaves its declared bounds is an error, never a result. Of each row of `size` numbers those from `from` to `to` count.
function inside(name, values, size, from = 0, to = size) {
  data.bounds[name].forEach(([low, high], row) => {
    for (let at = row * size + from; at < row * size + to; at++) if (values[at] < low || values[at] > high) throw new Error("A run fails under this setting: a number leaves its bounds.");
  });
}

// The numbers of a slot in a block, one for each lane.
const lanes = ([at, stride], block) => doubles.subarray(place(at + block * stride), place(at + block * stride) + 16);

function played({ values, drop, steps = [] }) {
  const key = JSON.stringify([Object.entries(values).sort(), [...drop].sort(), steps]);
  if (!remembered.has(key)) {
    run({ values, drop, steps });
    const copied = ([at, rows], Kind, size) => new Kind(memory.buffer.slice(at, at + rows * size * Kind.BYTES_PER_ELEMENT));
    const found = {
      trajectories: copied(data.trajectories, Float32Array, data.runs * data.turns),
      choices: copied(data.choices, Int8Array, data.runs * data.turns),
      outcomes: copied(data.outcomes, Float64Array, data.runs),
    };
    found.classes = Array.from(found.outcomes.subarray(data.class_row * data.runs, (data.class_row + 1) * data.runs));
    found.ended = ended();
    while (remembered.size >= KEPT) remembered.delete(remembered.keys().next().value);
    remembered.set(key, found);
  }
  const found = remembered.get(key);
  remembered.delete(key);
  remembered.set(key, found);
  return found;
}

function ended() {
  const found = new Array(data.runs);
  for (let block = 0; block < data.blocks; block++) lanes(data.ended, block).forEach((turn, lane) => (found[data.lanes[block * 16 + lane]] = turn));
  return found;
}

const course = (found, name) => {
  const row = data.rows[name] * data.runs * data.turns;
  return found.trajectories.subarray(row, row + data.runs * data.turns);
};
const chosen = (found, row) => found.choices.subarray(row * data.runs * data.turns, (row + 1) * data.runs * data.turns);

// Quantiles as NumPy computes them: between neighbours of which the difference is taken in single precision.
function quantiles(values, levels) {
  const found = levels.map(() => new Array(data.turns));
  const sorted = new Float32Array(data.runs);
  for (let turn = 0; turn < data.turns; turn++) {
    for (let one = 0; one < data.runs; one++) sorted[one] = values[one * data.turns + turn];
    sorted.sort();
    levels.forEach((level, at) => {
      const exact = (data.runs - 1) * level;
      const below = Math.floor(exact);
      const share = exact - below;
      const [low, high] = [sorted[below], sorted[Math.min(below + 1, data.runs - 1)]];
      const step = Math.fround(high - low);
      found[at][turn] = share >= 0.5 ? high - step * (1 - share) : low + step * share;
    });
  }
  return found;
}

function play({ setting, shown }) {
  const found = played(setting);
  const values = course(found, shown);
  const decisions = data.decisions.map(({ name, label, row, options }) => {
    const taken = chosen(found, row);
    const listed = options.slice(1).map((option, before) => {
      const shares = new Array(data.turns).fill(0);
      for (let at = 0; at < taken.length; at++) if (taken[at] === before + 1) shares[at % data.turns] += 1;
      return { option: option.replaceAll("_", " "), shares: shares.map((count) => count / data.runs) };
    });
    return { name, label, options: listed.filter(({ shares }) => Math.max(...shares) > 0.02) };
  });
  return {
    runs: data.runs, shown,
    fan: quantiles(values, data.levels),
    ends: Array.from({ length: data.runs }, (_, one) => values[(one + 1) * data.turns - 1]),
    classes: found.classes,
    treaties: Object.fromEntries(data.territories.map((member) => [member, quantiles(course(found, `${member}.integration`), [0.25, 0.5, 0.75])])),
    decisions,
  };
}

function follow({ setting, run: wanted, shown, turn, value }) {
  const found = played(setting);
  let one = wanted;
  if (one === undefined || one === null) {
    const values = course(found, shown);
    const at = Math.min(Math.max(Math.trunc(turn), 0), data.turns - 1);
    one = 0;
    for (let other = 1; other < data.runs; other++) if (Math.abs(values[other * data.turns + at] - value) < Math.abs(values[one * data.turns + at] - value)) one = other;
  }
  if (!(Number.isInteger(one) && one >= 0 && one < data.runs)) throw new Error(`There is no run ${one}: expected 0 to ${data.runs - 1}.`);
  const of = (values) => Array.from(values.subarray(one * data.turns, (one + 1) * data.turns));
  return {
    run: one, class: data.classes[found.classes[one]].name, ended: found.ended[one],
    courses: Object.fromEntries(data.followed.map((name) => [name, of(course(found, name))])),
    decisions: Object.fromEntries(data.decisions.map(({ name, row }) => [name, of(chosen(found, row))])),
  };
}

// What happened in a run, as far as it is news: an act that is done every turn is told once.
function story({ setting, run: one }) {
  const found = played(setting);
  const last = found.ended[one];
  const acts = [];
  for (let turn = 0; turn < last; turn++) {
    for (const { row, name, told, actors, options, about } of data.acts) {
      const choice = chosen(found, row)[one * data.turns + turn];
      if (choice > 0) acts.push({ turn: turn + 1, key: `${row} ${choice}`, date: data.labels[turn], actor: actors, about, told: told[choice], probability: null, decision: name, chosen: options[choice] });
    }
    for (const { row, told } of data.chances) if (found.trajectories[(row * data.runs + one) * data.turns + turn] > 0.5) acts.push({ turn: turn + 1, key: told, date: data.labels[turn], actor: "", about: "", told, probability: null, decision: "", chosen: "" });
  }
  const share = found.classes.filter((other) => other === found.classes[one]).length / data.runs;
  const before = new Map();
  const news = acts.filter(({ key, turn }) => {
    const fresh = turn - (before.get(key) ?? -data.pause - 1) > data.pause;
    before.set(key, turn);
    return fresh;
  });
  const { name, ending, meaning } = data.classes[found.classes[one]];
  const ends = data.followed.map((column) => [data.labels_of[column], course(found, column)[one * data.turns], course(found, column)[one * data.turns + last - 1]]);
  const points = new Map();
  for (const { turn, date, told } of news) points.set(turn, [...(points.get(turn) ?? []), { text: told, odds: null, kind: "act", actor: "", date }]);
  return {
    title: data.title, run: one, end: data.labels[last - 1], end_turn: last, turns: data.turns, end_class: name, ending, meaning, runs: data.runs, share,
    turning_points: [...points].map(([turn, happenings]) => ({ turn, date: data.labels[turn - 1], happenings, moved: "", before: 0, after: 0, strength: 0 })),
    ends: ends.sort((this_, other) => Math.abs(other[2] - other[1]) - Math.abs(this_[2] - this_[1])), least_likely: null, acts, lines: [],
  };
}

// Where the runs of two settings part, in the order in which decisions are taken.
function diverge({ setting, other }) {
  const [left, right] = [played(other), played(setting)];
  const counted = new Map();
  let parted = 0;
  let moved = 0;
  for (let one = 0; one < data.runs; one++) {
    if (left.classes[one] !== right.classes[one]) moved += 1;
    const first = firstDifference(left, right, one);
    if (!first) continue;
    parted += 1;
    const key = `${first.place} ${first.turn}`;
    const entry = counted.get(key) ?? { ...first, count: 0, pairs: new Map() };
    const pair = `${first.before} ${first.now}`;
    entry.count += 1;
    entry.pairs.set(pair, (entry.pairs.get(pair) ?? 0) + 1);
    counted.set(key, entry);
  }
  const most = [...counted.values()].sort((a, b) => b.count - a.count || a.turn - b.turn || a.place - b.place).slice(0, 5);
  const first = most.map(({ place, turn, count, pairs }) => {
    const { label, options } = data.order[place];
    const codes = [...pairs].map(([pair, times]) => [pair.split(" ").map(Number), times]).sort(([a, m], [b, n]) => n - m || a[0] - b[0] || a[1] - b[1])[0][0];
    return { label, date: data.labels[turn], turn: turn + 1, share: count / data.runs, before: options[codes[0]].replaceAll("_", " "), now: options[codes[1]].replaceAll("_", " ") };
  });
  return { runs: data.runs, share: parted / data.runs, classes_changed: moved / data.runs, first };
}

function firstDifference(left, right, one) {
  for (let turn = 0; turn < data.turns; turn++)
    for (let place = 0; place < data.order.length; place++) {
      const at = (data.order[place].row * data.runs + one) * data.turns + turn;
      if (left.choices[at] !== right.choices[at]) return { place, turn, before: left.choices[at], now: right.choices[at] };
    }
  return null;
}

// ---- a part to play: all choices so far are played again, in the world that the player sees, and in others for the odds

function part({ setting, chair, choices, run: one, odds = false }) {
  if (!data.part.chairs.includes(chair)) throw new Error(`There is no actor ${chair}.`);
  if (!(Number.isInteger(one) && one >= 0 && one < data.runs)) throw new Error(`There is no run ${one}: expected 0 to ${data.runs - 1}.`);
  const steps = choices.map((each) => each.map((choice) => forcedBy(chair, choice)));
  return odds ? { turn: steps.length, odds: oddsOf({ ...setting, steps }, one) } : present(setting, chair, steps, one);
}

function forcedBy(chair, [decision, member, option]) {
  const question = data.part.questions.findIndex((other) => other.chair === chair && other.asked.decision === decision && other.asked.member === member);
  const index = data.part.questions[question]?.asked.options.findIndex(({ name }) => name === option) ?? -1;
  if (index < 0) throw new Error(`${chair} cannot choose ${option} in ${decision} of ${member}.`);
  return [question, index];
}

function oddsOf(setting, one) {
  const { classes } = played(setting);
  const others = Array.from({ length: data.part.counted + 1 }, (_, run) => run).filter((run) => run !== one && run < data.runs);
  const counted = [one, ...others.slice(0, data.part.counted - 1)];
  const share = (_, at) => counted.filter((run) => classes[run] === at).length / counted.length;
  const shares = data.classes.map(({ name }, at) => [name, share(name, at)]);
  return Object.fromEntries(shares.filter(([, found]) => found > 0));
}

function present(setting, chair, steps, one) {
  const place_ = data.lanes.indexOf(one);
  const [block, lane, turn] = [place_ >> 4, place_ & 15, steps.length];
  prepare(setting);
  steer(block, steps, 0, turn);
  const over = turn >= data.turns || lanes(data.active, block)[lane] < 0.5;
  const found = { turn, over, happened: happened(one, turn - 1), courses: coursesUntil(one, turn) };
  steer(block, steps, turn, over ? data.turns : turn + 1);
  finite(block, lane);
  inside("trajectories", trajectories(), data.runs * data.turns, one * data.turns, one * data.turns + (over ? data.turns : turn + 1));
  if (!over) return { ...found, date: data.labels[turn], questions: questionsIn(chair, one, lane, turn) };
  evaluate(block);
  inside("outcomes", outcomes(), data.runs, one, one + 1);
  return { ...found, class: data.classes[outcomes()[data.class_row * data.runs + one]].name };
}

const choiceIn = (row, one, turn) => bytes[data.choices[0] + (row * data.runs + one) * data.turns + turn];

function happened(one, turn) {
  if (turn < 0) return [];
  const acts = data.acts.map(({ row, actors, told }) => ({ actor: actors, option: choiceIn(row, one, turn), told }));
  return acts.filter(({ option }) => option > 0).map(({ actor, option, told }) => ({ actor, told: told[option] }));
}

function coursesUntil(one, turn) {
  const found = { trajectories: trajectories() };
  return Object.fromEntries(data.part.courses.map((name) => [name, Array.from(course(found, name).subarray(one * data.turns, one * data.turns + turn))]));
}

// What an actor may decide in the turn that was played last, what each option is worth to it, and what it did.
function questionsIn(chair, one, lane, turn) {
  const own = data.part.questions.filter((question) => question.chair === chair);
  const read = (at) => doubles[place(at) + lane];
  const asked = own.map((question) => {
    const options = question.asked.options.map((option, at) => ({ ...option, open: read(question.open[at]) > 0.5, worth: read(question.worth[at]) }));
    return { ...question.asked, options, model: options[choiceIn(question.row, one, turn)].name };
  });
  return asked.filter(({ options }) => options.filter(({ open }) => open).length > 1);
}

// ---- the map of the dilemma: block by block one run, in each of its lanes at another point of the plane

let mapping = 0;
const mapped = new Map(); // maps of the policy with which others are compared

// A newer question of the reader ends an older one; `apart` is a map that nobody waits to see.
async function map({ setting, apart = false }) {
  const { across_key, up_key, policy_key, against, across, up, ...plan } = data.map;
  const mine = apart ? null : (mapping += 1);
  const values = Object.fromEntries(Object.entries(setting.values).filter(([key]) => key !== across_key && key !== up_key));
  const compared = against !== "" && values[policy_key] !== against;
  let found = await level({ values, drop: setting.drop }, mine);
  if (compared) {
    const other = { values: { ...values, [policy_key]: against }, drop: setting.drop };
    const key = JSON.stringify([Object.entries(other.values).sort(), other.drop]);
    if (!mapped.has(key)) {
      const below = await level(other, mine);
      if (!below) return { map: null };
      if (mapped.size >= KEPT) mapped.delete(mapped.keys().next().value);
      mapped.set(key, below);
    }
    found = found?.map((value, at) => value - mapped.get(key)[at]);
  }
  if (!found) return { map: null };
  const rows = up.map((_, row) => found.slice(row * across.length, (row + 1) * across.length));
  return { map: { ...plan, across, up, across_key, up_key, policy_key, against, values: rows, compared: compared ? against.replaceAll("_", " ") : "", runs: found.length * plan.streams } };
}

// The mean at every point of the plane; other questions are answered in between, and null if another map is asked for.
async function level(setting, mine) {
  const { across, up, lanes } = data.map;
  const points = up.flatMap((high) => across.map((right) => [right, high]));
  const atOnce = Math.min(16, Math.floor(data.runs / lanes.length));
  const found = [];
  for (let first = 0; first < points.length; first += atOnce) {
    await new Promise((done) => setTimeout(done));
    if (mine !== null && mine !== mapping) return null;
    try {
      found.push(...at(setting, points.slice(first, first + atOnce)));
    } finally {
      for (const { at, content, changes } of data.regions) if (!changes) bytes.set(content, at);
    }
  }
  return found;
}

function at(setting, points) {
  const { lanes, names, across_key, up_key, columns_at, by_lane } = data.map;
  prepare(setting);
  for (const [start, size, word] of by_lane) {
    const stride = size / data.blocks;
    for (const [block, lane] of lanes) fill(start + block * stride, stride, word, lane);
  }
  const columns = new BigInt64Array(memory.buffer, columns_at, data.blocks * 16);
  lanes.forEach(([block], stream) => {
    for (let lane = 0; lane < 16; lane++) columns[block * 16 + lane] = BigInt(stream * points.length + Math.min(lane, points.length - 1));
  });
  [across_key, up_key].forEach((key, axis) => {
    for (const [start, stride] of data.movable[key].slots)
      for (const [block] of lanes) for (let lane = 0; lane < 16; lane++) doubles[place(start + block * stride) + lane] = points[Math.min(lane, points.length - 1)][axis];
  });
  code.play(data.play[0], BigInt(data.blocks), data.play[1], 0n, BigInt(data.turns));
  checkRuns();
  const all = trajectories();
  return points.map((_, point) => {
    let total = 0;
    for (let stream = 0; stream < lanes.length; stream++) for (const name of names) total += all[(data.rows[name] * data.runs + stream * points.length + point + 1) * data.turns - 1];
    return total / (lanes.length * names.length);
  });
}

// Give all lanes of some memory the numbers of one of them.
function fill(start, size, word, lane) {
  const numbers = word === 8 ? new BigUint64Array(memory.buffer, start, size / 8) : new Uint32Array(memory.buffer, start, size / 4);
  for (let row = 0; row < numbers.length; row += 16) numbers.fill(numbers[row + lane], row, row + 16);
}

// Two words of 32 bits over every number of a play, to be compared with those of Python.
function digest({ setting }) {
  const found = played(setting);
  const outcomes = found.outcomes.map((value) => (Number.isNaN(value) ? -1 : value));
  return [0x9e3779b1, 0x85ebca6b].map((step) => {
    let sum = 0;
    for (const array of [found.trajectories, found.choices, outcomes]) {
      const size = Math.ceil(array.byteLength / 4);
      const whole = new Uint8Array(4 * size);
      whole.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      const view = new Uint32Array(whole.buffer);
      for (let at = 0; at < size; at++) sum = (sum + Math.imul(view[at], Math.imul(at, step) | 1)) >>> 0;
    }
    return sum;
  });
}

// Everything of a play, for whoever wants to compare it.
const numbers = ({ setting }) => {
  const { trajectories, choices, outcomes, classes } = played(setting);
  return { trajectories, choices, outcomes, classes };
};

const ANSWERS = { boot, play, follow, story, diverge, digest, numbers, map, part };

self.onmessage = async ({ data: { id, name, question } }) => {
  try {
    postMessage({ id, answer: await ANSWERS[name](question) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
};
