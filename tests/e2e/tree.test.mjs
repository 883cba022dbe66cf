// What a screen reader finds: the accessibility tree of each moment of the confession, in both
// languages, against snapshots that are read like code. `UPDATE=1` writes them anew.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { launch, open, placed, settled } from "./page.mjs";

const SNAPSHOTS = path.join(import.meta.dirname, "tree");

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const language of ["zh-Hans", "en"]) {
  test(`a screen reader finds what is shown (${language})`, async () => {
    const { page, close } = await open(browser, `${language}/confession/`, { reducedMotion: "reduce" });
    for (let place = 0; place <= 5; place += 1) {
      await placed(page, place);
      await settled(page);
      const tree = `${await page.locator(".player").ariaSnapshot()}\n`;
      const file = path.join(SNAPSHOTS, `confession.${language}.${place}.yml`);
      if (process.env.UPDATE) {
        await mkdir(SNAPSHOTS, { recursive: true });
        await writeFile(file, tree);
      }
      assert.equal(tree, await readFile(file, "utf8"), `${language}, step ${place}`);
      await page.keyboard.press("ArrowRight");
    }
    await close();
  });
}

test("a resize and another language while it plays change nothing else", async () => {
  const { page, complaints, close } = await open(browser, "en/breakup/");
  await page.selectOption(".speed", "4");
  await page.click(".tb--play");
  await placed(page, 2);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.click(".mast-r [lang]");
  await page.waitForSelector('.player[lang="zh-Hans"]');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForSelector('.player[lang="zh-Hans"]:not([data-paused])');
  await placed(page, 12);
  assert.deepEqual(complaints, []);
  await close();
});
