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

/** Loses T's first letter in the scene, and lets it be sent again. */
async function loseTheFirst(page) {
  await placed(page, 2);
  await page.click(".stage [data-do='do drop.1']");
  await placed(page, 3);
  await page.keyboard.press("ArrowRight");
  await placed(page, 4);
}

test("where a run goes its own way, its rules get their words", async () => {
  const { page, complaints, close } = await open(browser, "en/confession/?step=2", { reducedMotion: "reduce" });
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await loseTheFirst(page);
  await page.waitForFunction(() => /The alarm rings/.test(document.querySelector(".story").textContent));
  assert.match(await page.textContent(".ruling p"), /RFC 6298/);
  assert.equal(asked.filter((path) => path.endsWith("/en/words.txt")).length, 1, "the words are fetched once");
  assert.deepEqual(complaints, []);
  await close();
});

test("a scene's own run fetches no more words", async () => {
  const { page, close } = await open(browser, "en/confession/", { reducedMotion: "reduce" });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.keyboard.press("End");
  await placed(page, 5);
  assert.ok((await page.textContent(".ruling p")).length > 20);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter((url) => url.endsWith("/words.txt")), []);
  await close();
});

test("without its words a rule is named by its section, and they are asked for at each step", async () => {
  const { page, close } = await open(browser, "en/confession/?step=2", { reducedMotion: "reduce" });
  let asked = 0;
  await page.route("**/words.txt", (route) => { asked += 1; return route.abort(); });
  await loseTheFirst(page);
  assert.match(await page.textContent(".story"), /T goes by this rule: RFC 9293 §3\.10\.8\./);
  assert.equal(await page.textContent(".ruling cite"), "RFC 9293 §3.10.8");
  assert.ok(asked >= 2, `asked ${asked} times`);
  // They come as soon as they can be fetched.
  await page.unroute("**/words.txt");
  await page.keyboard.press("ArrowLeft");
  await placed(page, 3);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /The alarm rings/.test(document.querySelector(".story").textContent));
  await close();
});
