// Draws: changes what is in an element, as a script says that `src/patch.rs` has written.

/** What a reader has set by hand no longer follows its attribute. */
const BY_HAND = ["value", "checked", "selected"];

function set(node, name, value) {
  if (BY_HAND.includes(name) && name in node) node[name] = name === "value" ? value : true;
  node.setAttribute(name, value);
}

function unset(node, name) {
  if (BY_HAND.includes(name) && name in node) node[name] = name === "value" ? "" : false;
  node.removeAttribute(name);
}

/** The child that so many stand in front of, if it has this tag; a text has none. */
function child(node, index, tag) {
  const found = node.childNodes[index];
  return found && (found.localName ?? "") === tag ? found : undefined;
}

/** Puts what a part holds behind so many children. */
function insert(node, index, part) {
  const before = node.childNodes[index] ?? null;
  while (part.firstChild) node.insertBefore(part.firstChild, before);
}

/** Is all done? Not where the document is not as it was drawn, as when a translator was at it. */
export function draw(root, script, html) {
  const words = script.split("\u0001");
  const parts = document.createElement("div");
  parts.innerHTML = html;
  let node = root;
  let [at, put] = [0, 0];
  const word = () => words[at++];
  try {
    while (at < words.length - 1) {
      switch (word()) {
        case "<": node = child(node, word(), word()); break;
        case ">": node = node.parentNode; break;
        case "^": node = root; break;
        case "t": node.data = word(); break;
        case "a": set(node, word(), word()); break;
        case "-": unset(node, word()); break;
        case "+": insert(node, word(), parts.children[put++]); break;
        case "x": child(node, word(), word()).remove(); break;
        default: return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}
