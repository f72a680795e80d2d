// Words as they were said, with addresses made into links and nothing else: text from outside never becomes markup.

const ADDRESS = /\bhttps?:\/\/[^\s<>"'“”‘’（）【】《》，。；：！？、]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

/** A fragment of `text` with links. A closing bracket stays in a link that opened one. */
export function linked(text) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimmed(found[0]);
    const link = anchor(address);
    if (!link) continue;
    fragment.append(text.slice(done, found.index), link);
    done = found.index + address.length;
  }
  fragment.append(text.slice(done));
  return fragment;
}

function trimmed(address) {
  const end = TRAILING.exec(address);
  if (!end) return address;
  const balanced = end[0].startsWith(")") && address.slice(0, end.index).includes("(");
  return address.slice(0, end.index + (balanced ? 1 : 0));
}

function anchor(address) {
  const mail = !/^https?:/i.test(address);
  return safeLink(mail ? `mailto:${address}` : address, address);
}

/** A link that opens outside the chat and tells the other page nothing; null for anything but web and mail. */
export function safeLink(url, label) {
  let target;
  try {
    target = new URL(url, location.origin);
  } catch {
    return null;
  }
  if (!["http:", "https:", "mailto:"].includes(target.protocol)) return null;
  const link = document.createElement("a");
  link.href = target.href;
  link.textContent = label;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
  return link;
}
