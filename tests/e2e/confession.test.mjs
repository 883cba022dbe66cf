// The confession, played in a real browser on the page as it is served: at each step both states, the
// fields of the segment in flight, the bubbles and the narration, in both languages.
//
// What is expected is written out here from RFC 9293 figure 6 and from the scene's words; it is not
// read from the program.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { ARTEFACTS, BASE_URL, launch, open as openIn, placed, settled } from "./page.mjs";

const T_ISS = "2621382867";
const P_ISS = "1531875780";

// Letter in flight: flags as lamps, seq and ack in relative numbers.
const MOMENTS = [
  { t: "CLOSED", p: "CLOSED", letter: null, bubblesT: 0, bubblesP: 0 },
  { t: "CLOSED", p: "LISTEN", letter: null, bubblesT: 0, bubblesP: 0 },
  { t: "SYN-SENT", p: "LISTEN", letter: { lamps: ["SYN"], seq: "0", ack: null }, bubblesT: 1, bubblesP: 0 },
  { t: "SYN-SENT", p: "SYN-RECEIVED", letter: { lamps: ["ACK", "SYN"], seq: "0", ack: "1" }, bubblesT: 1, bubblesP: 2 },
  { t: "ESTABLISHED", p: "SYN-RECEIVED", letter: { lamps: ["ACK"], seq: "1", ack: "1" }, bubblesT: 3, bubblesP: 2 },
  { t: "ESTABLISHED", p: "ESTABLISHED", letter: null, bubblesT: 3, bubblesP: 3 },
];

const WORDS = {
  "zh-Hans": {
    title: "表白 · TCP 爱情故事",
    story: ["春天到了", "520 号信箱", "小T先开了口", "小P脸红到耳根", "我也喜欢你”到了", "小P也听见了"],
    bubbles: ["我喜欢你。这是我的第 0 句，听得见吗？", "听见了，等你的第 1 句！我也喜欢你，这是我的第 0 句。", "听见了，等你的第 1 句。我们在一起吧。"],
    rules: [null, "3.10.1", "3.10.1", "3.10.7.2", "3.10.7.3", "3.10.7.4"],
  },
  en: {
    title: "The confession · A TCP Love Story",
    story: ["Spring.", "pigeonhole 520", "T makes the first move", "P blushes to the ears", "arrives! T is ESTABLISHED", "P has heard it too"],
    bubbles: ["I like you. This is my line 0. Can you hear me?", "I heard you, and I’m waiting for your line 1! I like you too. This is my line 0.", "I heard you. Waiting for your line 1. Let’s be together."],
    rules: [null, "3.10.1", "3.10.1", "3.10.7.2", "3.10.7.3", "3.10.7.4"],
  },
};

let browser;

before(async () => {
  await mkdir(ARTEFACTS, { recursive: true });
  browser = await launch();
});

after(() => browser?.close());

const open = (address, options) => openIn(browser, address, options);

async function lit(page) {
  return page.$$eval(".lamp--on b", (lamps) => lamps.map((lamp) => lamp.textContent));
}

async function checkMoment(page, place, language) {
  await placed(page, place);
  const [moment, words] = [MOMENTS[place], WORDS[language]];
  const where = `${language}, step ${place}`;
  const state = (side) => page.getAttribute(`.phone--${side}`, "data-state");
  assert.equal(await state("t"), moment.t, where);
  assert.equal(await state("p"), moment.p, where);
  for (const side of ["t", "p"]) {
    const expected = moment[side];
    const drawn = await page.$$eval(`.sd--wide .sd-here.side-${side}, .sd--wide .sd-both`, (nodes) => nodes.map((node) => node.dataset.state));
    assert.ok(drawn.includes(expected), `${where}: the diagram shows ${side} in ${drawn}`);
  }

  assert.equal(await page.locator(".letter").count(), moment.letter ? 1 : 0, where);
  if (moment.letter) {
    assert.deepEqual(await lit(page), moment.letter.lamps, where);
    assert.equal(await page.textContent(".field--seq b"), moment.letter.seq, where);
    const acks = await page.locator(".field--ack b").allTextContents();
    assert.deepEqual(acks, moment.letter.ack === null ? [] : [moment.letter.ack], where);
  }

  for (const [side, count] of [["t", moment.bubblesT], ["p", moment.bubblesP]]) {
    const texts = await page.locator(`.phone--${side} .bubble-text`).allTextContents();
    assert.deepEqual(texts.sort(), words.bubbles.slice(0, count).sort(), `${where}, phone of ${side}`);
  }

  assert.ok((await page.textContent(".story")).includes(words.story[place]), where);
  const sections = await page.locator(".ruling cite").allTextContents();
  assert.deepEqual(sections, words.rules[place] ? [`RFC 9293 §${words.rules[place]}`] : [], where);
}

for (const language of Object.keys(WORDS)) {
  test(`the confession plays to its end, back and forward again (${language})`, async () => {
    const { page, complaints, close } = await open(`${language}/confession/`);
    assert.equal(await page.title(), WORDS[language].title);
    assert.equal(await page.getAttribute("html", "lang"), language);

    await page.click(".tb--play");
    await placed(page, 1);
    await page.click(".tb--play");
    await page.click(".tb >> nth=0");

    for (let place = 0; place < MOMENTS.length; place += 1) {
      await checkMoment(page, place, language);
      await settled(page);
      await page.screenshot({ path: path.join(ARTEFACTS, `confession.${language}.${place}.png`) });
      if (place + 1 < MOMENTS.length) await page.click(".tb--fwd");
    }
    for (let place = MOMENTS.length - 2; place >= 0; place -= 1) {
      await page.click(".tb >> nth=1");
      await checkMoment(page, place, language);
    }
    for (let place = 1; place < MOMENTS.length; place += 1) {
      await page.keyboard.press("ArrowRight");
      await checkMoment(page, place, language);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("it plays to the end by itself", async () => {
  const { page, complaints, close } = await open("en/confession/");
  await page.selectOption(".speed", "4");
  assert.equal(await page.getAttribute(".player", "data-speed"), "4");
  await page.click(".tb--play");
  await placed(page, MOMENTS.length - 1);
  await checkMoment(page, MOMENTS.length - 1, "en");
  assert.deepEqual(complaints, []);
  await close();
});

test("the ruler leads to any moment, and the language keeps it", async () => {
  const { page, complaints, close } = await open("en/confession/");
  await page.locator(".scrub-range").fill("3");
  await checkMoment(page, 3, "en");
  await page.click(".mast-r [lang]");
  await checkMoment(page, 3, "zh-Hans");
  // The address follows when the reader has arrived.
  await page.waitForURL("**/zh-Hans/confession/?step=3");
  assert.deepEqual(complaints, []);
  await close();
});

test("numbers are written as the reader likes them", async () => {
  const { page, close } = await open("en/confession/?step=3");
  const seqAndAck = async () => [await page.textContent(".field--seq b"), await page.textContent(".field--ack b")];
  assert.deepEqual(await seqAndAck(), ["0", "1"]);
  await page.click(".seg--numbers button >> nth=1");
  assert.deepEqual(await seqAndAck(), ["p", "t+1"]);
  await page.click(".seg--numbers button >> nth=2");
  assert.deepEqual(await seqAndAck(), [P_ISS, String(Number(T_ISS) + 1)]);
  await close();
});

test("a lost confession is repeated after a second, and they get together all the same", async () => {
  const { page, complaints, close } = await open("en/confession/?step=2");
  await page.click(".tag .act >> nth=1");
  await placed(page, 3);
  assert.ok((await page.textContent(".story")).includes("Letter ① is lost on the way"));
  await page.click(".tb--fwd");
  await placed(page, 4);
  assert.ok((await page.textContent(".story")).includes("The alarm rings"));
  await settled(page);
  await page.screenshot({ path: path.join(ARTEFACTS, "lost.en.png") });
  await page.click(".transport .tb >> nth=4");
  assert.equal(await page.getAttribute(".phone--t", "data-state"), "ESTABLISHED");
  assert.equal(await page.getAttribute(".phone--p", "data-state"), "ESTABLISHED");
  assert.deepEqual(complaints, []);
  await close();
});

test("under reduced motion nothing travels and nothing is missing", async () => {
  const { page, complaints, close } = await open("en/confession/?step=2", { reducedMotion: "reduce" });
  await page.click(".tb--fwd");
  await checkMoment(page, 3, "en");
  assert.deepEqual(complaints, []);
  await close();
});

test("the story can be read without JavaScript", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(BASE_URL);
  const list = await page.textContent("noscript");
  for (const words of ["表白", "The confession"]) assert.ok(list.includes(words), words);
  const told = { "zh-Hans": ["我喜欢你", "小T在 ESTABLISHED"], en: ["Let’s be together", "SYN,ACK seq 0 ack 1"] };
  for (const [language, expected] of Object.entries(told)) {
    await page.goto(`${BASE_URL}/${language}/confession/`);
    const text = await page.textContent("noscript");
    for (const words of expected) assert.ok(text.includes(words), words);
  }
  await context.close();
});

test("in a frame without rights the page plays on", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route(`${BASE_URL}/frame`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<iframe sandbox="allow-scripts" width="800" height="900" src="${BASE_URL}/en/confession/"></iframe>` }));
  await page.goto(`${BASE_URL}/frame`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".tb--fwd").click();
  await frame.locator('.bar[data-place="1"]').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Texts that are cut off by a box that does not scroll, or that run out of the window. */
const cutOff = () => {
  const texts = ".story, .margin p, .margin h2, .bubble-text, .bubble-head, .state, .phone-feel, .phone-timer, .act span, .tag-no, .tb--fwd, .cap-t, .field b, .field dd span, .lampnote, .scrub-labels .is-now";
  const clips = (style) => ["hidden", "clip"].some((word) => style.overflowX === word || style.overflowY === word);
  const found = [];
  for (const text of document.querySelectorAll(texts)) {
    const box = text.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || text.closest(".visually-hidden")) continue;
    if (box.left < -1 || box.right > innerWidth + 1) found.push(`${text.className || text.tagName} leaves the window`);
    for (let around = text; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (["auto", "scroll"].includes(style.overflowY)) break; // what scrolls can be reached
      if (style.webkitLineClamp !== "none") break; // what is clamped on purpose opens with a button
      if (style.display === "contents" || !clips(style)) continue;
      const clip = around.getBoundingClientRect();
      if (box.left < clip.left - 1 || box.right > clip.right + 1 || box.bottom > clip.bottom + 1) {
        found.push(`${text.className || text.tagName} “${text.textContent.slice(0, 30)}” in ${around.className}`);
      }
    }
  }
  return found;
};

test("no text is cut off at any moment, in any numbers", async () => {
  for (const [width, height] of [[1440, 900], [1280, 900], [1024, 800], [768, 900], [360, 800], [320, 640]]) {
    for (const language of Object.keys(WORDS)) {
      const { page, close } = await open(`${language}/confession/`, { viewport: { width, height }, reducedMotion: "reduce" });
      for (let place = 0; place < MOMENTS.length; place += 1) {
        await placed(page, place);
        for (let numbers = 0; numbers < 3; numbers += 1) {
          await page.evaluate((index) => document.querySelectorAll(".seg--numbers button")[index].click(), numbers);
          assert.deepEqual(await page.evaluate(cutOff), [], `${width} px, ${language}, step ${place}, numbers ${numbers}`);
        }
        await page.click(".tb--fwd");
      }
      await close();
    }
  }
});

for (const width of [1440, 768, 360]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing is cut off at ${width} px (${colorScheme})`, async () => {
      for (const language of Object.keys(WORDS)) {
        const height = width === 360 ? 800 : 900;
        const { page, close } = await open(`${language}/confession/?step=3`, { viewport: { width, height }, colorScheme });
        await settled(page);
      await page.screenshot({ path: path.join(ARTEFACTS, `page.${width}.${language}.${colorScheme}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${language}: ${overflow} px too wide`);
        if (width === 1440) {
          const tooHigh = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
          assert.ok(tooHigh <= 0, `${language}: ${tooHigh} px too high`);
        }
        await close();
      }
    });
  }
}
