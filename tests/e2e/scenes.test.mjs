// Every scene, in both languages, by day and by night: told to its end without a complaint, and
// without anything that axe objects to.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { ARTEFACTS, BASE_URL, launch, open, placed, settled } from "./page.mjs";

let browser;
let scenes;
before(async () => {
  browser = await launch();
  const inbox = await (await fetch(`${BASE_URL}/en/inbox.txt`)).text();
  // A family has two fields.
  const fields = inbox.split("\n").map((line) => line.split("\t"));
  scenes = fields.filter((each) => each.length > 2).map(([id]) => id);
  assert.ok(scenes.length > 20);
});
after(() => browser?.close());

const objections = async (page) => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
};

const leaving = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const language of ["zh-Hans", "en"]) {
  test(`every scene is told to its end (${language})`, async () => {
    for (const id of scenes) {
      const { page, complaints, close } = await open(browser, `${language}/${id}/`, { reducedMotion: "reduce" });
      await placed(page, 0);
      const steps = Number(await page.getAttribute(".scrub-range", "max"));
      for (let place = 1; place <= steps; place += 1) {
        await page.keyboard.press("ArrowRight");
        await placed(page, place);
        assert.ok((await page.textContent(".story")).trim(), `${id} ${place}: nothing is told`);
      }
      assert.deepEqual(complaints, [], id);
      await close();
    }
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`axe objects to no scene (${language}, ${colorScheme})`, async () => {
      for (const id of scenes) {
        for (const [width, height] of [[1440, 900], [360, 800]]) {
          const { page, close } = await open(browser, `${language}/${id}/?step=6`, { viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
          await page.waitForSelector(".player");
          await settled(page);
          assert.deepEqual(await objections(page), [], `${id} at ${width}`);
          assert.ok((await leaving(page)) <= 0, `${id} is wider than ${width}`);
          await page.screenshot({ path: `${ARTEFACTS}/${id}.${width}.${language}.${colorScheme}.png` });
          await close();
        }
      }
    });
  }
}
