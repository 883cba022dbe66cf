// What the end-to-end tests share: the browser, and a page that notes every complaint.

import { chromium } from "playwright-core";

export const BASE_URL = process.env.BASE_URL.replace(/\/$/, "");
export const ARTEFACTS = process.env.ARTEFACTS ?? "target/e2e";

// Chromium as it runs anywhere: without a sandbox of its own for root, and without asking its makers
// for anything.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: ARGUMENTS });

/** A page that notes every complaint in the console and every request to another host. */
export async function open(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  // What is still being fetched when a page is left is given up, which is no complaint.
  const [asked, left] = [new Set(), new WeakSet()];
  let leaves = false;
  page.on("framenavigated", () => { leaves = false; });
  page.on("request", (request) => {
    if (!request.url().startsWith(BASE_URL)) complaints.push(`elsewhere: ${request.url()}`);
    leaves ||= request.isNavigationRequest();
    asked.add(request);
    if (leaves) asked.forEach((each) => left.add(each));
  });
  page.on("requestfinished", (request) => asked.delete(request));
  page.on("requestfailed", (request) => {
    asked.delete(request);
    const { errorText } = request.failure();
    if (errorText !== "net::ERR_ABORTED" || !left.has(request)) complaints.push(`failed: ${request.url()}: ${errorText}`);
  });
  await page.goto(`${BASE_URL}/${address}`);
  await page.waitForSelector(".player, .inbox, .notice");
  return { page, complaints, close: () => context.close() };
}

/** Waits until nothing moves any more but wings and dots. */
export const settled = (page) =>
  page.evaluate(() => {
    const ends = document.getAnimations().filter((it) => it.effect.getTiming().iterations !== Infinity);
    return Promise.allSettled(ends.map((it) => it.finished));
  });

/** Waits until all views show this place; the bar, which says it, is drawn last. */
export const placed = (page, place) => page.waitForSelector(`.bar[data-place="${place}"]`);

/** From now on notes what a screen reader reads out of the story by itself: what is put into it while
    it is a live region. Answers with a way to ask what was read. */
export async function listening(page) {
  await page.evaluate(() => {
    window.read = [];
    new MutationObserver((changes) => {
      const story = document.querySelector(".story");
      if (story.ariaLive !== "polite") return;
      for (const { type, target, addedNodes } of changes) {
        // What has gone again before anybody could read it was never there.
        const nodes = (type === "childList" ? [...addedNodes] : [target]).filter((node) => node.isConnected);
        if (story.contains(target)) window.read.push(...nodes.map((node) => node.textContent));
      }
    }).observe(document.querySelector("#page"), { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => window.read);
}
