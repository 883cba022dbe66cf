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

function insert(node, index, html, nodes) {
  const [before, were] = [node.childNodes[index], node.childNodes.length];
  if (before?.localName) before.insertAdjacentHTML("beforebegin", html);
  else node.insertAdjacentHTML("beforeend", html);
  if (node.childNodes.length - were !== Number(nodes)) throw new Error(html);
  // In front of a text nothing can be put but nodes that are there.
  if (before && !before.localName) for (; nodes > 0; nodes -= 1) node.insertBefore(node.childNodes[node.childNodes.length - nodes], before);
}

/** Is all done? Not where the document is not as it was drawn, as when a translator was at it. */
export function draw(root, script) {
  const words = script.split("\u0001");
  let node = root;
  let at = 0;
  const word = () => words[at++];
  try {
    while (at < words.length - 1) {
      switch (word()) {
        case "<": node = child(node, word(), word()); break;
        case ">": node = node.parentNode; break;
        case "t": node.data = word(); break;
        case "a": set(node, word(), word()); break;
        case "-": unset(node, word()); break;
        case "+": insert(node, word(), word(), word()); break;
        case "x": child(node, word(), word()).remove(); break;
        default: return false;
      }
    }
    return true;
  } catch {
    return false;
  }
}
