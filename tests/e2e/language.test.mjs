// The language: which one a page begins in, and what the switch keeps, since the page in the other
// language is another page with another program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch, open as openIn, placed } from "./page.mjs";

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const open = (address, options) => openIn(browser, address, { reducedMotion: "reduce", ...options });
const SWITCH = ".mast-r [lang]";

/** The languages of page and document, and the programs that were loaded. */
const spoken = (page) =>
  page.evaluate(() => ({
    language: [document.documentElement.lang, document.querySelector("#page [lang]").lang],
    programs: performance.getEntriesByType("resource").map((it) => it.name.match(/([^/]+)-[0-9a-f]{16}[.]wasm/)?.[1]).filter(Boolean),
  }));

test("a page loads the program of its language and its kind, and no other", async () => {
  for (const language of ["zh-Hans", "en"]) {
    for (const [address, kind] of [["", "inbox"], ["confession/", "player"], ["?run=v1~B.listen", "player"], ["#run=v1", "player"]]) {
      const { page, complaints, close } = await open(`${language}/${address}`);
      await page.waitForSelector(kind === "inbox" ? ".inbox" : ".player");
      await page.waitForLoadState("networkidle");
      assert.deepEqual(await spoken(page), { language: [language, language], programs: [`${language}-${kind}`] });
      assert.deepEqual(complaints, []);
      await close();
    }
  }
});

test("what a language is asked for by: the address, its path, what was kept, the browser, English", async () => {
  const language = async (page, address) => {
    await page.goto(`${BASE_URL}/${address}`);
    await page.waitForSelector(".inbox, .player");
    const { language: [document, shown] } = await spoken(page);
    assert.equal(document, shown);
    return shown;
  };
  for (const [locale, own] of [["zh-TW", "zh-Hans"], ["en-GB", "en"], ["fr-FR", "en"]]) {
    const { page, close } = await open("", { locale });
    assert.equal(await language(page, ""), own, locale);
    assert.equal(await language(page, "zh-Hans/"), "zh-Hans");
    assert.equal(await language(page, "zh-Hans/?lang=en"), "en");
    assert.equal(await language(page, "?hl=zh_CN"), "zh-Hans");
    assert.equal(await language(page, "?locale=xx&scene=confession"), own, "a language that nobody speaks");
    const other = own === "en" ? "zh-Hans" : "en";
    await language(page, `${own}/`);
    await page.click(SWITCH);
    await page.waitForURL(`**/${other}/`);
    assert.equal(await language(page, ""), other, "what was chosen is kept");
    await close();
  }
});

/** All that a reader would miss. */
const shown = (page) =>
  page.evaluate(() => {
    const player = document.querySelector(".player");
    const pressed = [...document.querySelectorAll(".picks [aria-pressed=true]")].map((it) => it.dataset.do);
    const { speed, tab, paused } = player.dataset;
    const { place } = document.querySelector(".bar").dataset;
    return {
      place, speed, tab, paused, pressed,
      theme: document.documentElement.dataset.theme,
      opened: document.querySelector(".plate--fields")?.dataset.packet,
      letters: document.querySelectorAll(".ld-msg").length,
    };
  });

/** A run of the reader's own, told in every way that is not the first. */
async function used(page) {
  await page.click(".quiet--theme");
  await page.click(".seg--lens button >> nth=1");
  await page.click(".seg--numbers button >> nth=1");
  await page.click(".seg--icons button >> nth=1");
  await page.selectOption(".speed", "0.5");
  await page.click(".tag .act >> nth=1");
  await placed(page, 3);
  await page.keyboard.press("End");
  const last = await page.getAttribute(".scrub-range", "max");
  await placed(page, last);
  await page.click(".phone--t .bubble[data-packet='1'] .bubble-text");
  await page.waitForSelector(".plate--fields[data-packet='1']");
}

async function switched(page, language) {
  await page.click(SWITCH);
  await page.waitForSelector(`.player[lang="${language}"]`);
}

test("the switch keeps everything, and the way back leads to where the reader was", async () => {
  const { page, complaints, close } = await open("en/");
  await page.goto(`${BASE_URL}/en/confession/?step=2`);
  await placed(page, 2);
  await used(page);
  const here = await shown(page);
  for (const language of ["zh-Hans", "en", "zh-Hans"]) {
    await switched(page, language);
    assert.deepEqual(await shown(page), here);
    assert.equal(await page.evaluate((it) => document.activeElement.matches(it), SWITCH), true);
    assert.equal(page.url(), `${BASE_URL}/${language}/confession/?step=${here.place}`);
  }
  await page.goBack();
  await page.waitForSelector(".inbox");
  assert.equal(page.url(), `${BASE_URL}/en/`);
  assert.deepEqual(complaints, []);
  await close();
});

test("the switch keeps everything where nothing can be stored", async () => {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  const page = await context.newPage();
  await page.goto(`${BASE_URL}/zh-Hans/?run=v1~B.listen~A.open&step=2`);
  await placed(page, 2);
  await used(page);
  const here = await shown(page);
  for (const language of ["en", "zh-Hans"]) {
    await switched(page, language);
    assert.deepEqual(await shown(page), here);
    assert.equal(page.url(), `${BASE_URL}/${language}/?run=v1~B.listen~A.open&step=${here.place}`);
  }
  await context.close();
});

test("a run that plays plays on, and a key that switches leaves the focus alone", async () => {
  const { page, complaints, close } = await open("en/#run=v1~B.listen~A.open~deliver.1~deliver.2~deliver.3", { viewport: { width: 360, height: 800 } });
  await page.click(".tabs button >> nth=3");
  await page.click(".tb--play");
  await placed(page, 1);
  await page.keyboard.press("l");
  await page.waitForSelector('.player[lang="zh-Hans"][data-tab="ladder"]:not([data-paused])');
  assert.equal(await page.evaluate((it) => document.activeElement.matches(it), SWITCH), false);
  await placed(page, 2);
  assert.match(page.url(), /zh-Hans.*#run=v1~B.listen~A.open~deliver.1~deliver.2~deliver.3$/);
  assert.deepEqual(complaints, []);
  await close();
});

test("what was closed stays closed", async () => {
  const { page, close } = await open("en/?run=v1~B.listen~A.oepn");
  await switched(page, "zh-Hans");
  await page.click(".remark button");
  await switched(page, "en");
  assert.equal(await page.locator(".remark").count(), 0);
  await close();
});

test("what is searched for in the inbox goes along, in either language", async () => {
  const { page, complaints, close } = await open("en/");
  await page.fill(".list-search", "表白");
  const found = await page.locator(".conv").count();
  await page.click(SWITCH);
  await page.waitForSelector('.inbox[lang="zh-Hans"]');
  assert.equal(await page.inputValue(".list-search"), "表白");
  assert.equal(await page.locator(".conv").count(), found);
  assert.equal(page.url(), `${BASE_URL}/zh-Hans/`);
  await page.reload();
  await page.waitForSelector(".inbox");
  assert.equal(await page.inputValue(".list-search"), "", "it is so once");
  assert.deepEqual(complaints, []);
  await close();
});

test("the help that is read is read on in the other language", async () => {
  const { page, complaints, close } = await open("en/confession/?step=2");
  await page.keyboard.press("?");
  await page.waitForSelector(".help[open]");
  await page.keyboard.press("l");
  await page.waitForSelector('.player[lang="zh-Hans"] .help[open]');
  assert.match(await page.textContent(".help"), /帮助与按键/);
  await page.keyboard.press("Escape");
  await page.keyboard.press("l");
  await page.waitForSelector('.player[lang="en"]');
  assert.equal(await page.locator(".help[open]").count(), 0);
  await placed(page, 2);
  assert.deepEqual(complaints, []);
  await close();
});

test("in a frame without rights the switch keeps what it can keep anywhere", async () => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route(`${BASE_URL}/frame`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe sandbox="allow-scripts" width="1300" height="900" src="${BASE_URL}/en/confession/?step=2"></iframe>` }));
  await page.goto(`${BASE_URL}/frame`);
  const frame = page.frames()[1];
  await placed(frame, 2);
  await used(withKeys(page, frame));
  const here = await shown(frame);
  for (const language of ["zh-Hans", "en"]) {
    await switched(frame, language);
    assert.deepEqual(await shown(frame), here);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

/** A frame hears the keys of its page. */
const withKeys = (page, frame) =>
  new Proxy(frame, { get: (it, name) => (name === "keyboard" ? page.keyboard : it[name].bind(it)) });
