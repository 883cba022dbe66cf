// What is shown where the page breaks down: a program in WebAssembly that traps can say nothing more.
// The way back leads to the same step, and the report can be copied.

const words = {
  en: {
    title: "Something broke",
    started: "The page has stopped. Nothing you read is lost: the way back leads to the same step.",
    unstarted: "The page could not start here. The story can be read all the same.",
    back: "Back to this step",
    copy: "Copy the report",
    copied: "Copied",
  },
  "zh-Hans": {
    title: "出了点岔子",
    started: "这一页停住了。读过的都还在：点一下，回到同一步。",
    unstarted: "这一页没能在这里打开，不过故事照样可以读。",
    back: "回到这一步",
    copy: "复制报告",
    copied: "复制好了",
  },
};

let shown = false;

function show(error) {
  if (shown) return;
  shown = true;
  const said = words[document.documentElement.lang] ?? words.en;
  const page = document.getElementById("page");
  const started = page.childElementCount > 0;
  // While a run plays, the address does not say how far it is.
  const here = new URL(location.href);
  const place = page.querySelector("[data-place]")?.dataset.place;
  if (place) here.searchParams.set("step", place);
  const report = [
    String(error?.stack ?? error),
    `at ${here.href}`,
    navigator.userAgent,
    new Date().toISOString(),
  ].join("\n");
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };
  const screen = document.createElement("main");
  screen.className = "notice crash";
  screen.setAttribute("role", "alert");
  element("h1", said.title, screen);
  element("p", started ? said.started : said.unstarted, screen);
  const back = element("a", said.back, screen);
  back.href = here.href;
  back.onclick = (event) => {
    // To where one is a link leads nowhere.
    if (here.href !== location.href) return;
    event.preventDefault();
    location.reload();
  };
  element("pre", report, screen);
  const copy = element("button", said.copy, screen);
  copy.type = "button";
  copy.onclick = async () => {
    await navigator.clipboard?.writeText(report).catch(() => {});
    copy.textContent = said.copied;
  };
  page.replaceChildren(screen);
  if (!started) {
    const plain = document.createElement("div");
    plain.innerHTML = document.querySelector("noscript").textContent;
    page.append(plain);
  }
  back.focus();
}

addEventListener("error", (event) => event.error && show(event.error));
addEventListener("unhandledrejection", (event) => show(event.reason));
