// A link to exactly what is shown: copied, handed to the device, or shown where neither is allowed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch, open as openIn, placed } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const SHARE = "[data-do=share]";
const open = (address, options) => openIn(browser, address, { reducedMotion: "reduce", ...options });

/** What there is to see of a moment. */
const shown = (page) =>
  page.evaluate(() => ({
    title: document.title,
    place: document.querySelector(".bar").dataset.place,
    steps: document.querySelector(".scrub-range").max,
    states: [...document.querySelectorAll(".phone")].map((it) => it.dataset.state),
    letters: [...document.querySelectorAll(".ld-msg title")].map((it) => it.textContent),
  }));

test("a link leads to the step of the scene", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const { page, complaints, close } = await open("zh-Hans/confession/?step=3&utm_source=x", { permissions });
  await placed(page, 3);
  await page.click(SHARE);
  await page.waitForSelector(".shared p");
  assert.equal(await page.textContent(".shared[role=status]"), "链接复制好了");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, `${BASE_URL}/zh-Hans/confession/?step=3`);
  // Copied once more, it is said once more.
  await page.evaluate(() => { document.querySelector(".shared p").id = "before"; });
  await page.click(SHARE);
  await page.waitForSelector(".shared p:not(#before)");
  await page.keyboard.press("ArrowRight");
  await placed(page, 4);
  assert.equal(await page.textContent(".shared"), "");
  assert.deepEqual(complaints, []);
  await close();
});

test("a link leads to the run that the reader made, at its step", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const { page, close } = await open("en/confession/?step=2", { permissions });
  await placed(page, 2);
  await page.click(".tag .act >> nth=1");
  await placed(page, 3);
  await page.click(SHARE);
  await page.waitForSelector(".shared p");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /[/]en[/][?]step=3#run=v1~.*B[.]listen~A[.]open~after[.]50ms[.]drop[.]1~/);
  const here = await shown(page);
  await page.goto(link);
  await placed(page, 3);
  const { title: _scene, ...there } = await shown(page);
  const { title: _run, ...expected } = here;
  assert.deepEqual(there, expected);
  await close();
});

test("a finger hands it to the device; where that refuses, it is copied", async () => {
  const { page, complaints, close } = await open("en/", { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
  await page.addInitScript(() => {
    window.handed = [];
    navigator.share = async (data) => {
      window.handed.push(data);
      if (window.handed.length === 2) throw new DOMException("changed my mind", "AbortError");
      if (window.handed.length > 2) throw new DOMException("not here", "NotAllowedError");
    };
  });
  await page.goto(`${BASE_URL}/en/breakup/?step=4`);
  await placed(page, 4);
  const link = `${BASE_URL}/en/breakup/?step=4`;
  await page.tap(SHARE);
  await page.waitForFunction(() => window.handed.length === 1);
  assert.equal(await page.textContent(".shared"), "");
  await page.tap(SHARE);
  await page.waitForFunction(() => window.handed.length === 2);
  assert.equal(await page.textContent(".shared"), "", "whoever changes their mind wants nothing else");
  await page.evaluate(() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; });
  await page.tap(SHARE);
  await page.waitForSelector(".shared p");
  assert.equal(await page.evaluate(() => window.copied), link);
  assert.deepEqual(await page.evaluate(() => window.handed), [{ url: link }, { url: link }, { url: link }]);
  assert.deepEqual(complaints, []);
  await close();
});

test("where the clipboard is refused, the link can be marked and copied by hand", async () => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  const address = `${BASE_URL}/en/confession/?step=2`;
  await page.route(`${BASE_URL}/frame`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe sandbox="allow-scripts" width="1300" height="900" src="${address}"></iframe>` }));
  await page.goto(`${BASE_URL}/frame`);
  const frame = page.frames()[1];
  await placed(frame, 2);
  await frame.click(SHARE);
  await frame.waitForSelector(".shared input");
  const marked = await frame.evaluate(() => {
    const field = document.activeElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  assert.equal(marked, address);
  // Who goes to another window to paste it finds it there still.
  await frame.evaluate(() => { document.hasFocus = () => false; document.activeElement.blur(); });
  await frame.waitForTimeout(100);
  assert.equal(await frame.inputValue(".shared input"), address);
  await frame.evaluate(() => { delete document.hasFocus; });
  await frame.focus(".shared input");
  await frame.focus(SHARE);
  await frame.waitForSelector(".shared:empty", { state: "attached" });
  // So does a key, and the focus is where it was before.
  await frame.click(SHARE);
  await frame.waitForSelector(".shared input:focus");
  await page.keyboard.press("Escape");
  await frame.waitForSelector(".shared:empty", { state: "attached" });
  assert.ok(await frame.evaluate((button) => document.activeElement.matches(button), SHARE));
  assert.deepEqual(complaints, []);
  await context.close();
});
