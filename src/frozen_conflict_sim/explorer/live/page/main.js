// The page of a live file: the explorer's, with the engine in a worker.

import { WorkerEngine } from "./engine.js";
import { open } from "./page.js";

const engine = new WorkerEngine();
globalThis.live = { engine };
globalThis.live.page = open(engine);
