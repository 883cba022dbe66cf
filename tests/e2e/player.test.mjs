// The player's controls in a real browser: keys and help, lens, themes, words that explain
// themselves, pausing at each step, and what is kept from one visit to the next.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import path from "node:path";
import axe from "axe-core";
import { ARTEFACTS, BASE_URL, launch, open as openIn, placed, settled } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const open = (address, options) => openIn(browser, address, { reducedMotion: "reduce", ...options });
const place = (page) => page.getAttribute(".bar", "data-place");

async function objections(page) {
  await settled(page); // a half faded text has half its contrast
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

test("keys do what the help says", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en");
  for (const [key, expected] of [["ArrowRight", "1"], [".", "2"], ["PageDown", "3"], [",", "2"], ["ArrowLeft", "1"],
    ["PageUp", "0"], ["End", "5"], ["Home", "0"], ["9", "4"], ["5", "2"], ["0", "0"]]) {
    await page.keyboard.press(key);
    await placed(page, expected);
  }
  for (const [key, shown] of [
    [">", '.player[data-speed="2"]'],
    ["<", '.player[data-speed="1"]'],
    ["l", 'html[lang="zh-Hans"] .player[lang="zh-Hans"]'],
    ["L", 'html[lang="en"] .player[lang="en"]'],
    ["m", '.seg--lens [aria-pressed="true"]:text-is("TCP")'],
    ["n", '.seg--numbers [aria-pressed="true"]:text-is("Symbolic")'],
    ["k", ".player:not([data-paused])"],
    [" ", ".player[data-paused]"],
  ]) {
    await page.keyboard.press(key);
    await page.waitForSelector(shown);
  }
  // Not with Ctrl, and not in a list.
  await page.keyboard.press("Control+l");
  await page.focus(".speed");
  await page.keyboard.press("l");
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.deepEqual(complaints, []);
  await close();
});

test("help opens, pauses, closes, and gives the focus back", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en");
  await page.click(".tb--play");
  await page.focus(".quiet--help");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".help[open] kbd");
  assert.equal(await page.getAttribute(".player", "data-paused"), "");
  assert.deepEqual(await objections(page), []);
  await page.screenshot({ path: path.join(ARTEFACTS, "help.en.png") });
  const before = await place(page);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".help[open]", { state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.className), "quiet quiet--icon quiet--help");
  assert.equal(await place(page), before);
  await page.keyboard.press("?");
  await page.waitForSelector(".help[open]");
  await page.click(".help-head button");
  await page.waitForSelector(".help[open]", { state: "detached" });
  assert.deepEqual(complaints, []);
  await close();
});

test("character keys can be switched off, and stay off", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en");
  await page.click(".quiet--help");
  await page.click(".help-switch input");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".help[open]", { state: "detached" });
  const ignored = async () => {
    await page.keyboard.press("l");
    await page.keyboard.press("ArrowRight");
    await placed(page, 1);
    assert.equal(await page.getAttribute("html", "lang"), "en");
  };
  await ignored();
  await page.goto(`${BASE_URL}/?scene=confession&lang=en`);
  await page.waitForSelector(".player");
  await ignored();
  assert.deepEqual(complaints, []);
  await close();
});

test("the page wears the theme that the reader chose, also next time", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en&step=3", { colorScheme: "dark" });
  const wears = () => page.evaluate(() => [document.documentElement.dataset.theme, getComputedStyle(document.documentElement).backgroundColor]);
  assert.deepEqual(await wears(), [undefined, "rgb(15, 26, 48)"]);
  for (const [theme, ground] of [["light", "rgb(246, 241, 229)"], ["dark", "rgb(15, 26, 48)"], ["projector", "rgb(255, 255, 255)"]]) {
    await page.click(".quiet--theme");
    await page.waitForSelector(`html[data-theme="${theme}"]`);
    assert.deepEqual(await wears(), [theme, ground]);
    assert.deepEqual(await objections(page), [], theme);
  }
  await page.screenshot({ path: path.join(ARTEFACTS, "projector.en.png") });
  await page.reload();
  await page.waitForSelector('html[data-theme="projector"]');
  await page.click(".quiet--theme");
  assert.deepEqual(await wears(), [undefined, "rgb(15, 26, 48)"]);
  assert.deepEqual(complaints, []);
  await close();
});

for (const [language, facts] of [["en", "① SYN seq 0 arrives at P."], ["zh-Hans", "① SYN seq 0 到达小P。"]]) {
  test(`the TCP lens says what TCP does, and is remembered (${language})`, async () => {
    const { page, complaints, close } = await open(`?scene=confession&lang=${language}&step=3`);
    await page.click(".seg--lens button >> nth=1");
    assert.ok((await page.textContent(".story")).includes(facts));
    assert.equal(await page.textContent(".phone--p .bubble--out .bubble-text"), "SYN,ACK seq 0 ack 1");
    assert.equal(await page.locator(".feels").count(), 0);
    assert.deepEqual(await objections(page), []);
    await page.screenshot({ path: path.join(ARTEFACTS, `lens.${language}.png`) });
    await page.reload();
    await page.waitForSelector(".player");
    assert.ok((await page.textContent(".story")).includes(facts));
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("a word of the trade explains itself to mouse, keyboard and finger", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en&step=4");
  const word = page.locator(".story .term").first();
  const note = page.locator(".term-note:popover-open");
  await word.hover();
  await note.locator("b").waitFor();
  // The term is named at once; what it means is fetched.
  await page.waitForFunction(() => document.querySelector(".term-note:popover-open")?.textContent.length > 20);
  const inside = await note.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  });
  assert.ok(inside);
  await page.screenshot({ path: path.join(ARTEFACTS, "term.en.png") });
  await page.mouse.move(5, 5);
  await note.waitFor({ state: "detached" });
  await word.focus();
  await page.keyboard.press("Enter");
  await note.waitFor();
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "detached" });
  assert.equal(await place(page), "4");
  assert.deepEqual(complaints, []);
  await close();

  const touch = await open("?scene=confession&lang=zh-Hans&step=0", { hasTouch: true, viewport: { width: 360, height: 800 } });
  await touch.page.locator(".story .term").first().tap();
  await touch.page.locator(".term-note:popover-open b").waitFor();
  await touch.page.screenshot({ path: path.join(ARTEFACTS, "term.360.zh-Hans.png") });
  await touch.close();
});

test("with a pause at each step, playing stops after each", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en");
  await page.click(".seg--icons button >> nth=0");
  for (const step of [1, 2, 3]) {
    await page.click(".tb--play");
    await placed(page, step);
    assert.equal(await page.getAttribute(".player", "data-paused"), "");
  }
  assert.deepEqual(complaints, []);
  await close();
});

test("a change of speed makes no letter jump", async () => {
  const { page, complaints, close } = await open("?scene=confession&lang=en&step=2", { reducedMotion: "no-preference" });
  await page.selectOption(".speed", "0.25");
  await page.click(".tb--fwd");
  await page.waitForTimeout(600); // a quarter of 2400 ms
  const progress = () => page.evaluate(() => {
    const flight = document.getAnimations().find((it) => it.animationName === "letter-arrive");
    return flight?.effect.getComputedTiming().progress ?? null;
  });
  const before = await progress();
  await page.selectOption(".speed", "0.5");
  const after = await progress();
  assert.ok(before > 0.1 && Math.abs(after - before) < 0.3, `${before} became ${after}`);
  await placed(page, 3);
  assert.deepEqual(complaints, []);
  await close();
});

test("no theme and no lens cuts anything off", async () => {
  for (const width of [1440, 1280, 768, 360]) {
    for (const language of ["zh-Hans", "en"]) {
      const { page, close } = await open(`?scene=confession&lang=${language}&step=3`, { viewport: { width, height: width === 360 ? 800 : 900 } });
      const measure = async (what) => {
        await settled(page);
        await page.screenshot({ path: path.join(ARTEFACTS, `${what}.${width}.${language}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${what}, ${width} px, ${language}: ${overflow} px too wide`);
      };
      for (let presses = 0; presses < 3; presses += 1) await page.click(".quiet--theme");
      await measure("projector");
      await page.click(".quiet--theme");
      if (width < 960) await page.click(".menu");
      await measure("picks");
      await page.click(".seg--lens button >> nth=1");
      if (width < 960) await page.click(".menu");
      await measure("lens");
      await close();
    }
  }
});

test("on a slow machine a touch is answered at once, and the ruler stays under the finger", async () => {
  const { page, complaints, close } = await open("en/confession/");
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  const held = await page.evaluate(() => {
    const ruler = document.querySelector(".scrub-range");
    return [1, 2, 3, 4, 5, 4].map((place) => {
      ruler.value = place;
      ruler.dispatchEvent(new Event("input", { bubbles: true }));
      return [ruler.value, document.querySelector(".bar").dataset.place];
    });
  });
  assert.deepEqual(held, ["1", "2", "3", "4", "5", "4"].map((place) => [place, place]));
  await page.dispatchEvent(".scrub-range", "change");
  await placed(page, 4);
  assert.deepEqual(complaints, []);
  await close();
});
