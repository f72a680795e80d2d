// Words of the script, translated by the page.
export const words = document.getElementById("words")?.dataset ?? {};
export const byId = (id) => document.getElementById(id);
export const talk = () => byId("talk");
export const conversation = () => talk()?.dataset.conversation ?? "";
