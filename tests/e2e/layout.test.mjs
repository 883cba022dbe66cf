// Where everything stands: in no window that people have is one of the views pushed out of it, and
// nothing that is written is cut.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { BASE_URL, launch, open as openIn } from "./page.mjs";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

const open = (address, [width, height], options) =>
  openIn(browser, address, { viewport: { width, height }, reducedMotion: "reduce", ...options });

/** Where each of these is, in the window. */
const boxes = (page, ...selectors) =>
  page.evaluate((all) => all.map((it) => document.querySelector(it).getBoundingClientRect().toJSON()), selectors);

const scrolls = (page) =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return scrollHeight > innerHeight || scrollWidth > innerWidth;
  });

const PLACES = ["confession/?step=3", "short-breakup/?step=9", "no-answer/?step=17", "sea-king-2/?step=4"];

async function assertAllInSight(page, where) {
  assert.ok(!(await scrolls(page)), `${where}: the page scrolls`);
  const views = [".phone--t", ".phone--p", ".hd", ".sd--wide", ".ld-wrap"];
  const [bar, plates, story, ...seen] = await boxes(page, ".bar", ".plates", ".story", ...views);
  assert.ok(story.bottom <= plates.top, `${where}: the story lies under the plates`);
  for (const [index, view] of seen.entries()) {
    const isWhole = view.top >= 0 && view.bottom <= bar.top && view.width > 0 && view.height > 100;
    assert.ok(isWhole, `${where}: ${views[index]} is not whole: ${JSON.stringify(view)}`);
  }
}

for (const language of ["en", "zh-Hans"]) {
  test(`all views are in sight at once (${language})`, async () => {
    for (const place of PLACES) {
      const { page, close } = await open(`${language}/${place}`, [1440, 900]);
      for (const [width, height] of [[1440, 900], [1366, 768], [1280, 800], [1024, 768]]) {
        await page.setViewportSize({ width, height });
        await assertAllInSight(page, `${language}/${place} at ${width} × ${height}`);
      }
      await close();
    }
  });
}

test("and so they are in the projector's larger type", async () => {
  const { page, close } = await open("en/no-answer/?step=17", [1440, 900]);
  await page.evaluate(() => { document.documentElement.dataset.theme = "projector"; });
  await assertAllInSight(page, "projector");
  await close();
});

for (const size of [[360, 740], [320, 640]]) {
  test(`on a phone of ${size.join(" × ")} letters in the air leave the chat its room`, async () => {
    for (const place of ["both-confess/?step=2", "sea-king/?step=5"]) {
      const { page, close } = await open(`en/${place}`, size);
      assert.ok(!(await scrolls(page)), place);
      const [chat, calls, bar] = await boxes(page, ".chat-both", ".calls-both", ".bar");
      const room = chat.height - calls.height;
      assert.ok(room >= 64, `${place}: ${room} px are left for what is said`);
      assert.ok(bar.bottom <= size[1], place);
      const small = await page.$$eval(".bar button, .tabs button, .act, .call", (all) =>
        all.filter((it) => it.checkVisibility() && Math.min(it.offsetWidth, it.offsetHeight) < 24).length);
      assert.equal(small, 0, `${place}: buttons too small for a finger`);
      await close();
    }
  });
}

test("in a frame of somebody else's page the least that tells the story is in sight", async () => {
  for (const size of [[640, 420], [320, 420]]) {
    const { page, close } = await open("en/both-confess/?step=3", size);
    assert.ok(!(await scrolls(page)));
    const [picture, said, menus, story, bar] = await boxes(page, ".letter .envelope", ".chat-both", ".tags", ".story", ".bar");
    const heights = [picture.bottom, said.bottom, menus.bottom, story.top + 36, bar.bottom, size[1]];
    assert.deepEqual([...heights].sort((a, b) => a - b), heights, "one stands under the other");
    assert.ok(said.height >= 44, `${said.height} px are left for what is said`);
    await close();
  }
});

test("off the chat no thread goes through the title", async () => {
  const { page, close } = await open("en/lost-yes-2/?step=3", [360, 740]);
  await page.click(".tabs button:nth-child(3)");
  const [title, thread] = await boxes(page, ".mast-scene", ".sky-way");
  assert.ok(thread.top >= title.bottom - 6, JSON.stringify({ title, thread }));
  await close();
});

test("notes that are longer than their place unfold over the plates", async () => {
  const { page, close } = await open("en/short-breakup/?step=7", [1440, 900]);
  const cut = () => page.$eval(".margin", (it) => it.scrollHeight - it.clientHeight);
  const plates = await boxes(page, ".plates");
  assert.ok((await cut()) > 0);
  await page.focus(".margin");
  assert.equal(await cut(), 0);
  assert.deepEqual(await boxes(page, ".plates"), plates, "the plates stay where they are");
  await close();
});

test("where they have no place they come with a button", async () => {
  const { page, close } = await open("en/short-breakup/?step=7", [1024, 768]);
  assert.ok(!(await page.isVisible(".margin")));
  const plates = await boxes(page, ".plates");
  await page.click(".more");
  assert.ok(await page.isVisible(".leftout"));
  assert.deepEqual(await boxes(page, ".plates"), plates, "the plates stay where they are");
  await close();
});

test("what a state is stands beside the diagram", async () => {
  for (const size of [[1440, 900], [1024, 768]]) {
    const { page, close } = await open("en/confession/?step=3", size);
    await page.focus(".sd--wide .sd-state[tabindex='0']");
    await page.waitForSelector(".sd-card");
    const [card, diagram] = await boxes(page, ".sd-card", ".sd--wide");
    assert.ok(card.right <= diagram.left && card.left >= 0, JSON.stringify({ card, diagram }));
    await close();
  }
});

test("whose a lane is stays in sight while the ladder scrolls", async () => {
  const wide = await open("en/no-answer/?step=17", [1440, 900]);
  await wide.page.waitForFunction(() => document.querySelector(".ld-wrap").scrollTop > 0);
  const [names, ladder] = await boxes(wide.page, ".ld-owners", ".ld-wrap");
  assert.ok(Math.abs(names.top - ladder.top) < 1, JSON.stringify({ names, ladder }));
  await wide.close();
  const { page, close } = await open("en/breakup/?step=8", [360, 740]);
  await page.click(".tabs button:last-child");
  await page.waitForSelector(".ld-owners");
  await page.$eval(".plates", (it) => it.scrollTo(0, 200));
  const [above, pane] = await boxes(page, ".ld-owners", ".plates");
  assert.ok(Math.abs(above.top - pane.top) < 1, JSON.stringify({ above, pane }));
  await close();
});

test("a chat shows its newest message under either lens", async () => {
  const { page, close } = await open("en/short-breakup/?step=7", [1440, 900]);
  await page.keyboard.press("m");
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".phone .chat")].every(
      (it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2,
    ));
  await close();
});

test("no conversation's words are cut in the inbox, and no summary in the head", async () => {
  const whole = (page, selector) =>
    page.$$eval(selector, (all) => all.every((it) => it.scrollWidth <= it.clientWidth + 1));
  for (const language of ["en", "zh-Hans"]) {
    const inbox = await open(`${language}/`, [1440, 900]);
    assert.ok(await whole(inbox.page, ".conv-prev"));
    await inbox.close();
    const { page, close } = await open(`${language}/short-breakup/`, [1440, 900]);
    assert.ok(await whole(page, ".mast-sub"));
    await close();
  }
});

test("long numbers stay on their envelope", async () => {
  const { page, close } = await open("en/both-confess/?step=4", [1440, 900]);
  await page.click(".seg--numbers button:nth-child(3)");
  const lines = await page.$$eval(".letter", (letters) => letters.map((letter) =>
    [...letter.querySelectorAll(".env-line"), letter.querySelector(".stamp"), letter.querySelector(".air-t")].map((it) => it.getBoundingClientRect().toJSON())));
  for (const [seq, ack, stamp, stripes] of lines) {
    assert.ok(seq.bottom <= ack.top + 3, "one number lies on the other");
    assert.ok(seq.top >= stamp.bottom - 3, "a number lies on the stamp");
    assert.ok(ack.bottom <= stripes.bottom - 2, "a number lies on the stripes");
  }
  await close();
});

test("on paper nothing is cut, and every step has its panel", async () => {
  const { page, close } = await open("en/no-answer/", [794, 1123]);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.waitForSelector(".strip", { state: "attached" });
  await page.emulateMedia({ media: "print" });
  const panels = await page.$$eval(".panel", (all) => all.map((it) =>
    it.scrollHeight <= it.clientHeight + 1 && it.scrollWidth <= it.clientWidth + 1 && getComputedStyle(it).breakInside === "avoid"));
  assert.deepEqual(panels, Array(18).fill(true));
  await close();
});

test("in the reader's own colours lamps, sides and the focus can be told", async () => {
  const { page, close } = await open("en/confession/?step=3", [1440, 900], { forcedColors: "active" });
  const fill = (selector) => page.$eval(selector, (it) => getComputedStyle(it).fill);
  assert.notEqual(await fill(".lamp--on .lamp-glass"), await fill(".lamp:not(.lamp--on) .lamp-glass"));
  assert.notEqual(await fill(".sd-here rect"), await fill(".sd-state:not(.sd-here) rect"));
  await page.focus(".tb--fwd");
  const outline = () => page.$eval(":focus", (it) => getComputedStyle(it).outlineStyle);
  await page.keyboard.press("Tab");
  assert.equal(await outline(), "solid");
  await page.hover(".phone--p .bubble[data-packet='2']");
  assert.equal(await page.$eval(".phone--p [data-lit] .bubble-text", (it) => getComputedStyle(it).outlineStyle), "solid");
  await close();
});

test("a wrong address leads to the inbox from any depth, without a script", async () => {
  const response = await fetch(`${BASE_URL}/404.html`);
  const body = await response.text();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.route("**/no/such/page", (route) => route.fulfill({ status: 404, contentType: "text/html", body }));
  await page.goto(`${BASE_URL}/no/such/page`);
  assert.equal(await page.locator("article:visible").count(), 2);
  const [letter] = await boxes(page, ".lost-letter");
  assert.equal(letter.width, 146, "the style sheet is found");
  for (const language of ["en", "zh-Hans"]) {
    assert.equal(await page.getAttribute(`article[lang="${language}"] a`, "href"), `/${language}/`);
  }
  await page.click("article[lang='en'] a");
  assert.equal(new URL(page.url()).pathname, "/en/");
  await context.close();
});
