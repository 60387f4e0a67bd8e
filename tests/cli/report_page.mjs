// Opens a report in Chromium and prints what a user meets there, as one JSON object.
//
//   report_page.mjs PAGE CHROMIUM PICTURE_FOLDER
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const require = createRequire(process.cwd() + "/");
const {chromium} = require("playwright-core");
const axe_source = require("axe-core").source;
const [page_file, executablePath, folder] = process.argv.slice(2);

const kViews = [[390, "light"], [900, "dark"], [1500, "light"]];
const seen = {errors: [], requests: [], violations: {}, overflow: {}};

const browser = await chromium.launch({executablePath, args: ["--no-sandbox"]});

async function open(options) {
  // The page's policy keeps scripts out that are not its own, axe-core among them.
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.errors.push(message.text());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("dialog", (dialog) => { seen.errors.push("a dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", (request) => seen.requests.push(request.url().slice(0, 60)));
  await page.goto(pathToFileURL(page_file).href);
  return page;
}

// --- time, tables and search, as the policy has it ---
const page = await open({viewport: {width: 1500, height: 1000}});
// Of the processor, since the clock also counts what else the machine does.
const processes = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
seen.cpu_ms = 1000 * processes.processInfo.filter((one) => one.type === "renderer")
  .reduce((most, one) => Math.max(most, one.cpuTime), 0);
seen.drawn_ms = await page.evaluate(() => performance.getEntriesByName("drawn")[0].startTime);
seen.elements = await page.evaluate(() => document.querySelectorAll("*").length);
seen.scripts = await page.evaluate(() => document.scripts.length);
const last = page.locator("#documents");
seen.first_rows = await last.locator("tbody tr").count();
seen.first_status = await last.locator("[role=status]").textContent();
async function timed(action) {
  const from = Date.now();
  await action();
  return Date.now() - from;
}
const first_cell = () => last.locator("tbody tr td").first().textContent();
seen.sort_ms = await timed(async () => {
  await last.getByRole("button", {name: "Size"}).press("Enter");
  await last.locator("th[aria-sort=descending]").waitFor();
});
seen.largest = await first_cell();
await last.getByRole("button", {name: "Size"}).press("Space");
seen.sorted = await last.locator("th[aria-sort]").getAttribute("aria-sort");
seen.smallest = await first_cell();
seen.search_ms = await timed(async () => {
  await last.getByRole("searchbox").fill("<img onerror");
  await page.waitForFunction(() =>
    document.querySelector("#documents [role=status]").textContent === "1 row");
});
seen.found = await last.locator("tbody tr td").last().textContent();
seen.link = await last.locator("tbody a").first().getAttribute("href");
await last.getByRole("searchbox").fill("no such name anywhere");
await page.waitForFunction(() =>
  document.querySelector("#documents [role=status]").textContent === "none found");
seen.pictures = await page.evaluate(() => [...document.querySelectorAll(".sample img")].map((one) => one.naturalWidth));

// --- width and accessibility, light and dark ---
for (const [width, colorScheme] of kViews) {
  const view = await open({viewport: {width, height: 900}, colorScheme, bypassCSP: true});
  seen.overflow[width] = await view.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await view.evaluate(axe_source);
  const result = await view.evaluate(() => window.axe.run());
  seen.violations[`${width} ${colorScheme}`] = result.violations.map(
    (one) => `${one.impact}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
  if (folder) await view.screenshot({path: `${folder}/report-${width}-${colorScheme}.png`, fullPage: true});
  await view.context().close();
}
await browser.close();
console.log(JSON.stringify(seen));
