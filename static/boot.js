// Starts the page: says in which language it is, and loads the program that speaks it and shows what
// the address names, the inbox or a run.

// What is in each file, as its name says it; written here when the page is built.
const prints = PRINTS;

const languages = ["zh-Hans", "en"];
/** The language that a tag asks for: zh, zh-CN, zh_TW, en-GB. */
const known = (tag) => {
  const primary = tag?.split(/[-_]/)[0].toLowerCase();
  return languages.find((each) => each.split("-")[0] === primary);
};

const parameters = new URLSearchParams(location.search);
const asked = (...names) => names.map((name) => parameters.get(name)).find((value) => value !== null);

/** What the reader chose on another page. */
const kept = () => {
  try {
    return localStorage.getItem("tcp-love-story.language");
  } catch {
    // In a frame without rights nothing is kept.
    return null;
  }
};

// A page lies at <root>/<language>/ or <root>/<language>/<scene>/.
const folders = location.pathname.split("/").slice(0, -1).filter(Boolean);
const at = folders.findLastIndex((folder) => languages.includes(folder));

const language =
  known(asked("lang", "locale", "hl")) ??
  folders[at] ??
  known(kept()) ??
  navigator.languages.map(known).find(Boolean) ??
  "en";
const plays =
  (at >= 0 && folders[at + 1] !== undefined) ||
  asked("scene", "lesson", "run") !== undefined ||
  location.hash.startsWith("#run=");

// A link to another run, followed on a page that is open, changes the hash and nothing else.
addEventListener("hashchange", () => location.hash.startsWith("#run=") && location.reload());

const kind = plays ? "player" : "inbox";
const file = (name, ending) => new URL(`${name}-${prints[name]}.${ending}`, import.meta.url);
const name = `${language}-${kind}`;
const program = fetch(file(name, "wasm"));

document.documentElement.lang = language;
// Words are asked for by what was in them when the page was built: a cache that holds others has none.
document.documentElement.dataset.words = `?v=${prints.words}`;
const sheet = document.querySelector("link[rel=stylesheet]");
const style = file(kind, "css").href;
if (sheet.href !== style) {
  await new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    sheet.href = style;
  });
}

const { default: start } = await import(file(name, "js"));
await start({ module_or_path: program });
