// For everyone: axe finds nothing to object to at any moment of the story, in both languages, by day
// and by night; and the whole story can be told with the keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { launch, open, placed, settled } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const colorScheme of ["light", "dark"]) {
  for (const language of ["zh-Hans", "en"]) {
    test(`axe objects to nothing (${language}, ${colorScheme})`, async () => {
      for (const [width, height] of [[1440, 900], [360, 800]]) {
        const { page, close } = await open(browser, `${language}/confession/`, { viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
        await page.evaluate(axe.source);
        for (let place = 0; place <= 5; place += 1) {
          await placed(page, place);
          await settled(page); // a half faded text has half its contrast
          const { violations } = await page.evaluate(() => window.axe.run());
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
          assert.deepEqual(found, [], `${language}, ${colorScheme}, ${width} px, step ${place}`);
          await page.click(".tb--fwd");
        }
        await close();
      }
    });
  }
}

test("the story is told with the keyboard alone", async () => {
  const { page, complaints, close } = await open(browser, "en/confession/", { reducedMotion: "reduce" });
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.ariaLabel);
  for (let tabs = 0; tabs < 24 && (await focused()) !== "Next"; tabs += 1) await page.keyboard.press("Tab");
  assert.equal(await focused(), "Next");
  for (let place = 1; place <= 5; place += 1) {
    await page.keyboard.press("Enter");
    await placed(page, place);
  }
  assert.equal(await page.getAttribute(".phone--p", "data-state"), "ESTABLISHED");
  await page.keyboard.press("Home");
  await placed(page, 0);
  await page.keyboard.press("ArrowRight");
  await placed(page, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test("keys do what they are for where they have a meaning of their own", async () => {
  const { page, close } = await open(browser, "en/confession/?step=3", { reducedMotion: "reduce" });
  await page.focus(".speed");
  await page.keyboard.press("Home");
  await page.focus(".scrub-range");
  await page.keyboard.press("ArrowLeft");
  await placed(page, 2);
  await page.focus(".speed");
  await page.keyboard.press("ArrowLeft");
  await placed(page, 2);
  await close();
});
