// How fast the page is: figures, not a test. Prints a table, the quietest of several runs first,
// since whatever else the machine does can only make them worse.

import { launch, open, placed, settled } from "./page.mjs";

const RUNS = 5;
/** So often a scene is gone through. */
const ROUNDS = 4;
const FRAME_MS = 1000 / 60;
const SLOWDOWN = 4;
/** Tall enough that nothing of the page has to be scrolled to. */
const WIDE = { viewport: { width: 1440, height: 900 } };
const STILL = { ...WIDE, reducedMotion: "reduce" };

/** A run of 500 steps: what T and P say in turn is lost, said again, heard, and nodded at. */
export function lossyRun() {
  const words = ["v1", "B.listen", "A.open", "deliver.1", "deliver.2", "deliver.3"];
  for (let turn = 0, packet = 4; turn < 99; turn += 1, packet += 3) {
    const side = "AB"[turn % 2];
    words.push(`${side}.send.x${turn}`, `drop.${packet}`, `${side}.rto`);
    words.push(`deliver.${packet + 1}`, `deliver.${packet + 2}`);
  }
  return words.join("~");
}

/** What the main thread's processor did: milliseconds of it, by kind. */
async function processor(page) {
  const session = await page.context().newCDPSession(page);
  // The thread's own clock stands still while other programs have the processor.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name) => 1000 * (metrics.find((each) => each.name === name)?.value ?? 0);
    return { script: of("ScriptDuration"), task: of("TaskDuration") };
  };
  return {
    session,
    /** What it did while something was done, and until that was drawn. */
    async during(act) {
      const before = await read();
      await act();
      await drawn(page);
      const after = await read();
      return { script: after.script - before.script, task: after.task - before.task };
    },
  };
}

const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Moves the reader, in the page, until all views show the place. The page is not asked in between
    whether they do: what it does to answer would be counted. */
const moved = (page, place, move) =>
  page.evaluate(([place, move]) => new Promise((done) => {
    const bar = document.querySelector(".bar");
    const seen = new MutationObserver(() => {
      if (bar.dataset.place === String(place)) done(seen.disconnect());
    });
    seen.observe(bar, { attributeFilter: ["data-place"] });
    if (move === "seek") {
      const range = document.querySelector(".scrub-range");
      range.value = place;
      range.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      document.querySelector(".tb--fwd").click();
    }
  }), [place, move]);

/** Whatever a page needs once: compiled code, fonts, the first drawing of each view. */
async function warmed(page) {
  await page.keyboard.press("End");
  await drawn(page);
  await page.keyboard.press("Home");
  await placed(page, 0);
  await drawn(page);
}

/** Plays a scene on a slow processor: frames that were missed, and the longest task. */
async function playing(browser, scene) {
  const { page, close } = await open(browser, `en/${scene}/`, WIDE);
  await warmed(page);
  await page.selectOption(".picks select", "4");
  await settled(page);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.evaluate(() => {
    window.seen = { frames: [], tasks: [] };
    new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((it) => it.duration)))
      .observe({ type: "longtask" });
    const frame = (at) => { seen.frames.push(at); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  });
  // A key costs the page what a reader's would; a click would first be prepared by its script.
  await page.keyboard.press("k");
  await page.waitForFunction(
    () => document.querySelector(".scrub-range").value === document.querySelector(".scrub-range").max,
    null, { timeout: 120_000 });
  const { frames, tasks } = await page.evaluate(() => window.seen);
  await close();
  const waits = frames.slice(1).map((at, index) => at - frames[index]);
  const missed = waits.map((wait) => Math.max(0, Math.round(wait / FRAME_MS) - 1));
  return { missed: missed.reduce((sum, each) => sum + each, 0), longest: Math.max(0, ...tasks) };
}

/** Goes through a scene step by step on a slow processor, all views in sight: for the first time, and
    when the browser has compiled what each step needs. */
async function stepping(browser, scene) {
  const { page, close } = await open(browser, `en/${scene}/`, STILL);
  const { session, during } = await processor(page);
  await warmed(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const steps = Number(await page.getAttribute(".scrub-range", "max"));
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const spent = [];
    for (let place = 1; place <= steps; place += 1) {
      spent.push(await during(() => moved(page, place, "step")));
    }
    rounds.push(dearest(spent));
    await page.keyboard.press("Home");
    await placed(page, 0);
    await drawn(page);
  }
  await close();
  return { first: rounds[0].script, script: rounds.at(-1).script, task: rounds.at(-1).task };
}

const dearest = (spent) =>
  ({ script: Math.max(...spent.map((it) => it.script)), task: Math.max(...spent.map((it) => it.task)) });

/** Jumps all over a long run. */
async function seeking(browser) {
  const { page, close } = await open(browser, `en/?run=${lossyRun()}`, STILL);
  const { during } = await processor(page);
  const steps = Number(await page.getAttribute(".scrub-range", "max"));
  await warmed(page);
  const spent = [];
  for (const share of [0.5, 1, 0.2, 0.75, 0.02, 0.98, 0.4, 0]) {
    const place = Math.round(share * steps);
    spent.push(await during(() => moved(page, place, "seek")));
  }
  await close();
  return { steps, ...dearest(spent) };
}

/** What a page at rest does in three seconds: timers that fire, frames that it draws. */
async function resting(browser, place) {
  const { page, close } = await open(browser, `en/confession/?step=${place}`, WIDE);
  await placed(page, place);
  await settled(page);
  await page.waitForTimeout(1000);
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  await page.waitForTimeout(3000);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  await close();
  const count = (...names) => trace.traceEvents.filter((event) => names.includes(event.name)).length;
  return { timers: count("TimerFire"), frames: count("FireAnimationFrame", "Paint") };
}

async function several(measure) {
  const all = [];
  for (let run = 0; run < RUNS; run += 1) all.push(await measure());
  return (name) => all.map((each) => each[name]).sort((a, b) => a - b);
}

const rows = [];
function row(what, figures, unit, limit) {
  const shown = (figure) => `${Number(figure.toFixed(1))}${unit}`;
  rows.push([what, shown(figures[0]), shown(figures[figures.length >> 1]), shown(figures.at(-1)), limit]);
}

const browser = await launch();
for (const scene of ["confession", "breakup"]) {
  const played = await several(() => playing(browser, scene));
  row(`${scene}, played at 4×: frames missed`, played("missed"), "", "2");
  row(`${scene}, played at 4×: longest task`, played("longest"), " ms", "50 ms");
  const stepped = await several(() => stepping(browser, scene));
  row(`${scene}, dearest step: script, first time`, stepped("first"), " ms", "8 ms");
  row(`${scene}, dearest step: script, ${ROUNDS}th time`, stepped("script"), " ms", "8 ms");
  row(`${scene}, dearest step: all of the main thread`, stepped("task"), " ms", "");
}
const sought = await several(() => seeking(browser));
row(`${sought("steps")[0]} steps, dearest jump: script`, sought("script"), " ms", "");
row(`${sought("steps")[0]} steps, dearest jump: all of the main thread`, sought("task"), " ms", "16 ms");
for (const place of [0, 2]) {
  const rested = await several(() => resting(browser, place));
  row(`at rest for 3 s at step ${place}: timers`, rested("timers"), "", "0");
  row(`at rest for 3 s at step ${place}: frames`, rested("frames"), "", "0");
}
await browser.close();

rows.unshift(["page", "best", "median", "worst", "limit"]);
const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
for (const cells of rows) {
  console.log(cells.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]))).join("  "));
}
