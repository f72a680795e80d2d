// Offered answers as buttons: one press answers; where several may be taken they are ticked and confirmed.

import { icon, make } from "./drawing.js";
import { word } from "./words.js";

/** A group of buttons; `choose(text, value)` is called once. */
export function choiceButtons(choices, choose) {
  const several = choices.some((choice) => choice.several);
  const group = make("div.choices", { role: "group", "aria-label": word(several ? "chooseSeveral" : "choose") });
  if (!several) {
    for (const { value, label } of choices) {
      group.append(make("button.choice", { type: "button", onclick: () => choose(label, value) }, label));
    }
    return group;
  }
  const picked = new Set();
  const confirm = make("button.choice.confirm", { type: "button", disabled: true, onclick: take }, word("confirm"));
  function take() {
    const taken = choices.filter((choice) => picked.has(choice));
    choose(taken.map((choice) => choice.label).join(", "), taken.map((choice) => choice.value));
  }
  for (const choice of choices) {
    const button = make("button.choice.tick", { type: "button", "aria-pressed": "false" }, icon("check"), choice.label);
    button.addEventListener("click", () => {
      if (!picked.delete(choice)) picked.add(choice);
      button.setAttribute("aria-pressed", String(picked.has(choice)));
      confirm.disabled = picked.size === 0;
    });
    group.append(button);
  }
  group.append(confirm);
  return group;
}
