// The inbox: every conversation listed, found, opened, and remembered.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { ARTEFACTS, BASE_URL, launch, open, placed } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

test("a conversation is opened, left half way, and read on", async () => {
  const { page, complaints, close } = await open(browser, "en/", { reducedMotion: "reduce" });
  assert.match(await page.textContent(".continue"), /Begin at the beginning/);
  await page.click(".conv >> nth=0");
  await placed(page, 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await placed(page, 2);
  await page.click(".mast-back");
  await page.waitForSelector(".mk-part");
  assert.match(await page.textContent(".continue"), /Step 2 of 5/);
  await page.click(".continue");
  await placed(page, 2);
  await page.keyboard.press("End");
  await placed(page, 5);
  await page.click(".mast-back");
  await page.waitForSelector(".mk-tick");
  assert.match(await page.textContent(".conv >> nth=0"), /read/);
  assert.deepEqual(complaints, []);
  await close();
});

test("a search narrows the list in either language", async () => {
  const { page, close } = await open(browser, "en/");
  for (const asked of ["CONFESSION", "表白", "confess"]) {
    await page.fill(".list-search", asked);
    assert.match(await page.textContent(".conv >> nth=0"), /The confession/);
  }
  await page.fill(".list-search", "no such thing");
  await page.waitForSelector(".list-none");
  assert.equal(await page.locator(".conv").count(), 0);
  await close();
});

test("an address that leads nowhere says so, and leads back", async () => {
  const { page, close } = await open(browser, "?scene=nowhere&lang=en");
  assert.match(await page.textContent(".notice"), /no conversation called “nowhere”/);
  await page.click(".notice a");
  await page.waitForSelector(".inbox");
  await close();
});

test("where the page breaks down, a way leads back to the same step", async () => {
  const { page, close } = await open(browser, "en/breakup/?step=4", { reducedMotion: "reduce" });
  await placed(page, 4);
  await page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }));
  await page.waitForSelector(".crash");
  assert.match(await page.textContent(".crash pre"), /unreachable[^]*step=4/);
  await page.click(".crash a");
  await placed(page, 4);
  await close();
});

test("where the program cannot be had, the story can be read", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(`${BASE_URL}/zh-Hans/confession/`);
  await page.waitForSelector(".crash");
  assert.match(await page.textContent("#page"), /我喜欢你/);
  await context.close();
});

test("the language is kept", async () => {
  const { page, close } = await open(browser, "en/");
  await page.click(".mast-r .quiet");
  await page.waitForSelector('.inbox[lang="zh-Hans"]');
  assert.ok(page.url().endsWith("/zh-Hans/"), page.url());
  await close();
});

for (const language of ["zh-Hans", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe objects to nothing, and nothing leaves the window (${language}, ${colorScheme})`, async () => {
      for (const [width, height] of [[1440, 900], [768, 1024], [360, 800], [320, 640]]) {
        const { page, complaints, close } = await open(browser, `${language}/`, { viewport: { width, height }, colorScheme });
        await page.waitForSelector(".cover .art");
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => window.axe.run());
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
        assert.deepEqual(found, [], `${width} px`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide at ${width}`);
        await page.screenshot({ path: `${ARTEFACTS}/inbox.${width}.${language}.${colorScheme}.png` });
        assert.deepEqual(complaints, []);
        await close();
      }
    });
  }
}
