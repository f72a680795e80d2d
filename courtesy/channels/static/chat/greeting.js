// What a visitor meets before the first word: a greeting, who answers, sentences to start with, languages.

import { make } from "./drawing.js";
import { word } from "./words.js";

/** Fill `panel`; `say(text)` sends a suggestion, `speak(code)` changes the language. */
export function drawGreeting(panel, config, { say, speak }) {
  const languages = make("div.languages", { role: "group", "aria-label": word("language") });
  for (const { code, name } of config.languages) {
    const on = code === config.language;
    languages.append(make("button.option", { type: "button", lang: code, "aria-pressed": String(on), onclick: () => speak(code) }, name));
  }
  const starts = make("ul.starts");
  for (const text of config.suggestions) {
    starts.append(make("li", {}, make("button.start", { type: "button", onclick: () => say(text) }, text)));
  }
  panel.replaceChildren(
    make("h2", {}, config.labels.greeting || word("greeting")),
    make("p.about", {}, word("about", { name: config.representative })),
    ...(config.suggestions.length ? [starts] : []),
    ...(config.languages.length > 1 ? [languages] : []),
  );
}
