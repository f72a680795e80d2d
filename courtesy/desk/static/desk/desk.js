// The desk's script: each module looks after one thing and finds its own elements.
import "./toasts.js";
import "./dialogs.js";
import "./swaps.js";
import "./panels.js";
import "./thread.js";
import "./composer.js";
import "./enclosing.js";
import "./sending.js";
import "./inserting.js";
import "./list.js";
import "./palette.js";
import "./keys.js";
import "./live.js";
