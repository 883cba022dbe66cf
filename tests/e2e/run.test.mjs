// A run that no scene tells: opened by its text, and a blank one from the inbox.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, placed } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const mark of ["?", "#"]) {
  test(`a run plays from its text behind ${mark}`, async () => {
    const { page, complaints, close } = await open(browser, `en/${mark}run=v1~B.listen~A.open~deliver.1`, { reducedMotion: "reduce" });
    await placed(page, 0);
    assert.match(await page.title(), /A run of your own/);
    await page.keyboard.press("End");
    await placed(page, 3);
    // The address follows when the reader has arrived.
    await page.waitForURL(/step=3/);
    assert.match(page.url(), /run=v1~B\.listen~A\.open~deliver\.1/);
    await page.reload();
    await placed(page, 3);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("what is wrong with a run is said in the reader's language, until it is closed", async () => {
  for (const [language, said] of [["en", /word 3, “A.oepn”/], ["zh-Hans", /第 3 个词“A.oepn”/]]) {
    const { page, close } = await open(browser, `${language}/?run=v1~B.listen~A.oepn`);
    assert.match(await page.textContent(".remark"), said);
    assert.equal(await page.getAttribute(".scrub-range", "max"), "1");
    await page.click(".remark button");
    assert.equal(await page.locator(".remark").count(), 0);
    await close();
  }
});

test("the blank sheet opens a run in which nothing has happened", async () => {
  const { page, complaints, close } = await open(browser, "en/", { reducedMotion: "reduce" });
  assert.match(await page.textContent(".conv--blank"), /A blank sheet/);
  await page.click(".conv--blank");
  await placed(page, 0);
  assert.equal(await page.getAttribute(".scrub-range", "max"), "0");
  await page.click(".phone--p .call >> nth=0");
  await placed(page, 1);
  assert.deepEqual(complaints, []);
  await close();
});
