// A run that no scene tells: opened by its text, and a blank one from the inbox.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch, listening, open, placed } from "./page.mjs";

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

test("a link to another run is followed on a page that is open already", async () => {
  const { page, complaints, close } = await open(browser, "en/#run=v1~B.listen", { reducedMotion: "reduce" });
  await placed(page, 0);
  for (const [hash, steps] of [["v1~B.listen~A.open", 2], ["v1~B.listen~A.open~deliver.1", 3]]) {
    await page.evaluate((hash) => { location.hash = `run=${hash}`; }, hash);
    await page.waitForSelector(`.scrub-range[max="${steps}"]`);
  }
  await page.goto(`${BASE_URL}/en/`);
  await page.evaluate(() => { location.hash = "run=v1~A.open"; });
  await page.waitForSelector('.scrub-range[max="1"]');
  assert.deepEqual(complaints, []);
  await close();
});

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

test("of a long run the ladder draws what is near, and follows who scrolls it", async () => {
  for (const size of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
    const talk = Array.from({ length: 180 }, (_, index) => `A.send.x${index}~deliver.${4 + 2 * index}~deliver.${5 + 2 * index}`);
    const run = ["v1~B.listen~A.open~deliver.1~deliver.2~deliver.3", ...talk].join("~");
    const { page, complaints, close } = await open(browser, `en/?run=${run}`, { viewport: size, reducedMotion: "reduce" });
    await page.keyboard.press("End");
    await placed(page, 545);
    if (size.width < 640) await page.click(".tabs button:last-child");
    await page.waitForSelector('.ld-msg[data-packet="363"]');
    await page.waitForFunction(() => [...document.querySelectorAll(".ld-wrap, .plates")].some((it) => it.scrollTop > 10_000));
    assert.equal(await page.locator('.ld-msg[data-packet="1"]').count(), 0);
    await page.evaluate(() => document.querySelectorAll(".ld-wrap, .plates").forEach((it) => it.scrollTo(0, 0)));
    await page.waitForSelector('.ld-msg[data-packet="1"]');
    assert.equal(await page.locator('.ld-msg[data-packet="363"]').count(), 0);
    assert.deepEqual(complaints, []);
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
  assert.deepEqual(asked.filter((url) => url.includes("/words.txt")), []);
  await close();
});

test("without its words a rule is named by its section, and they are asked for at each step", async () => {
  const { page, close } = await open(browser, "en/confession/?step=2", { reducedMotion: "reduce" });
  let asked = 0;
  await page.route("**/words.txt?*", (route) => { asked += 1; return route.abort(); });
  await loseTheFirst(page);
  assert.match(await page.textContent(".story"), /T goes by this rule: RFC 9293 §3\.10\.8\./);
  assert.equal(await page.textContent(".ruling cite"), "RFC 9293 §3.10.8");
  assert.ok(asked >= 2, `asked ${asked} times`);
  // They come as soon as they can be fetched.
  await page.unroute("**/words.txt?*");
  await page.keyboard.press("ArrowLeft");
  await placed(page, 3);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => /The alarm rings/.test(document.querySelector(".story").textContent));
  await close();
});

test("words that come late are read out once, and nothing in their place before", async () => {
  const { page, complaints, close } = await open(browser, "en/confession/?step=2", { reducedMotion: "reduce" });
  let release;
  const released = new Promise((done) => { release = done; });
  await page.route("**/words.txt?*", async (route) => { await released; await route.continue(); });
  const read = await listening(page);
  await loseTheFirst(page);
  assert.match(await page.textContent(".story"), /T goes by this rule/, "it can be seen");
  assert.match((await read()).join(), /Letter ① is lost/, "what needs no words is read at once");
  assert.doesNotMatch((await read()).join(), /Step 4/);
  release();
  await page.waitForFunction(() => /The alarm rings/.test(document.querySelector(".story").textContent));
  const said = (await read()).filter((each) => /Step 4/.test(each));
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(said[0], /The alarm rings/);
  // Where they are there, a step is read when it is made.
  await page.keyboard.press("ArrowLeft");
  await placed(page, 3);
  assert.match((await read()).at(-1), /Step 3/);
  assert.deepEqual(complaints, []);
  await close();
});

test("words that cannot be had are not waited for", async () => {
  const { page, close } = await open(browser, "en/confession/?step=2", { reducedMotion: "reduce" });
  await page.route("**/words.txt?*", (route) => route.abort());
  const read = await listening(page);
  await loseTheFirst(page);
  await page.waitForFunction(() => window.read.some((each) => /Step 4.*goes by this rule/.test(each)));
  assert.equal((await read()).filter((each) => /Step 4/.test(each)).length, 1);
  await close();
});

test("words are asked for by what is in them, and lie where they always lay", async () => {
  const { page, close } = await open(browser, "en/", { reducedMotion: "reduce" });
  const prints = new Map();
  page.on("request", (request) => {
    const [, file, print] = request.url().match(/([a-z]+[.]txt)(.*)$/) ?? [];
    if (file) prints.set(file, print);
  });
  await page.reload();
  await page.waitForSelector(".inbox");
  await page.goto(`${BASE_URL}/zh-Hans/confession/?step=2`);
  await loseTheFirst(page);
  await page.waitForLoadState("networkidle");
  assert.deepEqual([...prints.keys()].sort(), ["inbox.txt", "scene.txt", "words.txt"]);
  assert.equal(new Set(prints.values()).size, 1);
  assert.match(prints.get("words.txt"), /^[?]v=[0-9a-f]{16}$/);
  const [plain, printed] = await page.evaluate((print) =>
    Promise.all(["", print].map((end) => fetch(`../words.txt${end}`).then((it) => it.text()))), prints.get("words.txt"));
  assert.ok(plain.length > 1000 && plain === printed);
  await close();
});
