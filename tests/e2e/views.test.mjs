// The four views show the same message: what is touched in one lights up in all, can be picked out,
// and every drawing can be walked through by keys alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open as openIn, placed, settled } from "./page.mjs";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

const open = (address, options) => openIn(browser, address, { reducedMotion: "reduce", ...options });

/** What is lit, as the kind of thing that it is. */
const lit = (page) =>
  page.$$eval("[data-lit]", (elements) => [...new Set(elements.map((it) => it.getAttribute("class").split(" ")[0]))].sort());

test("a message touched in one view lights up in all", async () => {
  const { page, complaints, close } = await open("en/confession/?step=3");
  const everywhere = ["bubble", "ld-msg", "letter", "plate", "sd-edge", "tag"];
  await page.hover(".phone--p .bubble[data-packet='2']");
  assert.deepEqual(await lit(page), everywhere);
  await page.hover(".ld-msg[data-packet='1'] .ld-text");
  assert.deepEqual(await lit(page), ["bubble", "ld-msg", "sd-edge"]);
  await page.hover(".mast-scene");
  assert.deepEqual(await lit(page), []);
  await page.focus(".letter-body");
  assert.deepEqual(await lit(page), everywhere);
  assert.deepEqual(complaints, []);
  await close();
});

test("a message picked out is laid open until it is let go", async () => {
  const { page, complaints, close } = await open("en/confession/?step=5");
  const opened = () => page.getAttribute(".plate--fields", "data-packet");
  assert.equal(await opened(), "3");
  await page.click(".phone--t .bubble[data-packet='1'] .bubble-text");
  assert.equal(await opened(), "1");
  await page.hover(".mast-scene");
  assert.ok((await lit(page)).includes("ld-msg"), "what is picked out stays lit");
  await page.keyboard.press("Escape");
  assert.equal(await opened(), "3");
  await page.focus(".ld-msg[data-packet='3']");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.equal(await opened(), "2");
  await page.keyboard.press("Enter");
  assert.equal(await opened(), "3");
  assert.equal(await page.getAttribute(".bar", "data-place"), "5", "the story stays where it is");
  assert.deepEqual(complaints, []);
  await close();
});

test("the ladder is walked by arrow keys, and heard", async () => {
  const { page, close } = await open("en/confession/?step=5");
  await page.focus(".ld-msg[tabindex='0']");
  const heard = () => page.evaluate(() => document.activeElement.querySelector("title").textContent.split("\n")[0]);
  assert.equal(await heard(), "Message 3, T to P, ACK, seq 1, ack 1, arrived");
  await page.keyboard.press("ArrowUp");
  assert.equal(await heard(), "Message 2, P to T, SYN and ACK, seq 0, ack 1, arrived");
  await page.keyboard.press("ArrowLeft");
  assert.ok((await heard()).includes("T to P"));
  assert.equal(await page.locator(".ld-msg[tabindex='0']").count(), 1);
  await close();
});

test("a state says in words what it is and how one leaves it", async () => {
  const { page, complaints, close } = await open("en/confession/?step=3");
  await page.focus(".sd--wide .sd-state[tabindex='0']");
  await page.waitForSelector(".sd-card");
  assert.ok((await page.textContent(".sd-card")).includes("confessed, staring at the phone"));
  await page.keyboard.press("ArrowRight");
  const here = await page.evaluate(() => document.activeElement.dataset.state);
  assert.equal(here, "SYN-RECEIVED");
  const card = await page.textContent(".sd-card");
  for (const words of ["rcv ACK of SYN", "ESTABLISHED", "ABORT / snd RST"]) assert.ok(card.includes(words), words);
  await page.focus(".tb--fwd");
  assert.equal(await page.locator(".sd-card").count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test("each field of the header explains itself", async () => {
  for (const [language, words] of [["en", "destination port = 51314 (16 bits)"], ["zh-Hans", "目的端口 = 51314（16 位）"]]) {
    const { page, close } = await open(`${language}/confession/?step=3`);
    await page.focus(".hd-field[tabindex='0']");
    await page.keyboard.press("ArrowRight");
    assert.ok((await page.textContent(".hd-note")).includes(words), await page.textContent(".hd-note"));
    await close();
  }
});

test("a token walks along its edge", async () => {
  const { page, complaints, close } = await openIn(browser, "en/confession/?step=1");
  await page.click(".tb--fwd");
  await placed(page, 2);
  assert.equal(await page.locator(".sd--wide [data-side='T'] animateMotion").count(), 1);
  await settled(page);
  assert.deepEqual(complaints, []);
  await close();
});

test("a scene fetches the landscape that it shows, and only that, once", async () => {
  const wide = { width: 1440, height: 900 };
  const narrow = { width: 360, height: 780 };
  const low = { width: 560, height: 420 };
  const pictures = [[wide, ".art--wide"], [narrow, ".art--small"], [low, ".art--wide"]];
  for (const [viewport, art] of pictures) {
    const { page, complaints, close } = await open("en/confession/", { viewport });
    await page.waitForSelector(`.stage ${art}`);
    await page.keyboard.press("ArrowRight");
    await placed(page, 1);
    assert.equal(await page.locator(".stage .art").count(), 1);
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType("resource").filter((each) => each.name.includes("/art/")).length);
    assert.equal(fetched, 1);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test("on paper the whole story is a strip", async () => {
  const { page, complaints, close } = await open("en/confession/?step=2");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.waitForSelector(".strip", { state: "attached" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".panel").count(), 6);
  assert.ok(await page.isVisible(".strip"));
  assert.ok(!(await page.isVisible(".stage")));
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.waitForSelector(".strip", { state: "detached" });
  assert.deepEqual(complaints, []);
  await close();
});

/** Which labels of the ladder lie on each other, as the browser draws them. */
const crowdedLabels = (page) =>
  page.evaluate(() => {
    const corners = (text) => {
      const { x, y, width, height } = text.getBBox();
      const matrix = text.getScreenCTM();
      // Letters are lower than their line.
      const [top, bottom] = [y + height * 0.25, y + height * 0.8];
      return [[x, top], [x + width, top], [x + width, bottom], [x, bottom]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
    };
    const keepsOff = (one, other) =>
      one.some((a, side) => {
        const b = one[(side + 1) % 4];
        return other.every((c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) <= 0);
      });
    const labels = [...document.querySelectorAll(".ld-text")].map((text) => [text.textContent, corners(text), text.closest(".ld-msg")]);
    return labels.flatMap(([one, here, arrow], index) =>
      labels.slice(index + 1).filter(([, there, other]) => arrow !== other && !keepsOff(here, there) && !keepsOff(there, here)).map(([other]) => `${one} / ${other}`));
  });

test("no label of the ladder lies on another, as the browser draws them", async () => {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 800 }]) {
    for (const scene of ["sweet-talk", "both-goodbye", "sea-king-2"]) {
      const { page, close } = await open(`en/${scene}/`, { viewport });
      if (viewport.width < 640) await page.click(".tabs button >> nth=3");
      const last = Number(await page.getAttribute(".scrub-range", "max"));
      for (let place = 0; place <= last; place += 1) {
        await placed(page, place);
        assert.deepEqual(await crowdedLabels(page), [], `${scene} ${place}, ${viewport.width} px`);
        await page.keyboard.press(".");
      }
      await close();
    }
  }
});
