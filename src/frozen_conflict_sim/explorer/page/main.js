// The page with an engine on a server. A page without one opens with another engine, see engine.js.

import { HttpEngine } from "./engine.js";
import { open } from "./page.js";

open(new HttpEngine());
