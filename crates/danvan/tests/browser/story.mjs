// The demo in a browser: every page at both widths and in both themes (accessible, nothing wider than the screen, nothing refused by the
// page's own security policy), and two stories: a dialogue corrected, and the number on the board follows; a day at the reception desk.
// node story.mjs DANVAN [PICTURES]   DANVAN: the program; PICTURES (or the environment's PICTURES): a folder for screenshots, whole pages or,
// with FULL=no, the first screen. ONLY=name,name,story,desk,books,book:ID: some pages; books is
// every register's list, form and record (with pictures where BOOKS is set). CHROMIUM: another browser than Debian's.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { day } from "./desk.mjs";
import { pages, sizes, themes } from "./pages.mjs";
import { registers, walk } from "./registers.mjs";

const [program, folder = process.env.PICTURES] = process.argv.slice(2);
const only = process.env.ONLY?.split(",");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

let passed = 0;
let failed = 0;

async function test(name, act) {
  try {
    await act();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`failed: ${name}\n  ${String(error.message ?? error).split("\n").slice(0, 12).join("\n  ")}`);
  }
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

// ---- the demo

async function openDemo() {
  const data = mkdtempSync(join(tmpdir(), "danvan-browser-"));
  const address = `http://127.0.0.1:${await freePort()}`;
  const demo = spawn(program, ["demo", "--listen", address.slice(7), "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let log = "";
  demo.stdout.on("data", (text) => { said += text; });
  demo.stderr.on("data", (text) => { log += text; });
  const ended = new Promise((done) => demo.once("exit", done));
  let statuses = new Set();
  for (let tries = 0; tries < 1200; tries += 1) {
    if (demo.exitCode !== null) throw new Error(`the demo ended: ${log.slice(-2000)}`);
    const status = await fetch(`${address}/sign-in`).then((answer) => answer.status, () => 0);
    statuses.add(status);
    if (status === 200) break;
    await new Promise((wait) => setTimeout(wait, 250));
  }
  expect(statuses.has(200), `the demo never answered 200: ${[...statuses]}\n${log.slice(-2000)}`);
  const close = async () => {
    demo.kill("SIGTERM");
    await Promise.race([ended, new Promise((wait) => setTimeout(wait, 10_000))]);
    demo.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  };
  return { address, data, statuses, accounts: accounts(said), close };
}

// The demo prints an account on each line: name, password, what it may.
function accounts(said) {
  const lines = said.split("\n").map((line) => line.match(/^ {2}(\S+)\s+(\S+)\s+(.+)$/)).filter(Boolean);
  return lines.map(([, login, password, what]) => ({ login, password, what }));
}

function accountOf(known, login) {
  const found = known.find((one) => one.login === login);
  expect(found, `the demo has no account ${login}: ${known.map((one) => one.login).join(", ")}`);
  return found;
}

async function signIn(context, address, account) {
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByLabel(/tên đăng nhập|tài khoản/i).first().fill(account.login);
  await page.getByLabel(/mật khẩu/i).first().fill(account.password);
  await page.locator("main").getByRole("button").first().click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.close();
}

// ---- one page

async function look(context, address, entry, picture) {
  const page = await context.newPage();
  const refused = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (4\d\d)/.test(message.text())) refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:")) refused.push(`asked ${request.url()}`);
  });
  try {
    let answer = await page.goto(address + entry.open, { waitUntil: "load" });
    for (const link of entry.then ?? []) {
      const place = page.locator(link).first();
      expect(await place.count(), `no ${link} on ${page.url()}`);
      [answer] = await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest()), place.click()]);
      await page.waitForLoadState("load");
    }
    if (entry.press) {
      const button = page.locator("main").getByRole("button", { name: entry.press }).first();
      [answer] = await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest()), button.click()]);
      await page.waitForLoadState("load");
    }
    const wanted = entry.status ?? (entry.press ? 422 : 200);
    expect(answer.status() === wanted, `${page.url()} answers ${answer.status()}, not ${wanted}`);
    if (picture) await page.screenshot({ path: picture, fullPage: process.env.FULL !== "no" });
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    expect(wide[0] <= wide[1], `${page.url()} is ${wide[0]} wide on a screen of ${wide[1]}`);
    expect(refused.length === 0, `${page.url()}: ${refused.join("; ")}`);
    // The page's policy lets no foreign script in; axe runs in a world of its own.
    const found = await violations(context, page);
    expect(found.length === 0, `${page.url()}\n${found.join("\n")}`);
  } finally {
    await page.close();
  }
}

async function violations(context, page) {
  const session = await context.newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate",
      { contextId: executionContextId, expression, awaitPromise: true, returnByValue: true });
    expect(!exceptionDetails, exceptionDetails?.exception?.description ?? exceptionDetails?.text);
    return result.value;
  };
  await run(axe);
  return run(`axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((all) => all.violations.map((one) =>
    one.id + " (" + one.impact + ") " + one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")))`);
}

// ---- the story

// A ward's or commune's clerk corrects how many came to one dialogue; the number follows at home, in the city, through the API and in the
// draft report. Once the report is issued it stays as it was, and the next correction stands beside it.
async function correct(home, city, head, demo) {
  const { address } = demo;
  const [own, above, chief] = [await home.newPage(), await city.newPage(), await head.newPage()];
  const number = "/figures/dialogue.attendance?period=2025";
  const told = spawnSync(program, ["token", "tinh", "--data", demo.data], { encoding: "utf8" });
  expect(told.status === 0, `no token: ${told.stderr}`);
  const answered = async () => {
    const from = `${address}/api/v1/figures?unit=31&period=2025&figure=dialogue.attendance`;
    const answer = await fetch(from, { headers: { authorization: `Bearer ${told.stdout.trim()}` } });
    expect(answer.status === 200, `the API answers ${answer.status}`);
    return (await answer.json()).figures[0].value;
  };
  const report = await draft(above, address);
  const everywhere = async () => [
    await read(own, address, number), await read(above, address, number), await answered(), await attendance(above, report),
  ];
  const before = await everywhere();
  await add(own, address, 7);
  // The number opens onto the records that make it.
  await own.goto(address + number);
  expect(await own.locator("main a[href^='/records/']").count(), "the opened number lists no record");
  const after = await everywhere();
  expect(after.every((now, place) => now === before[place] + 7), `${before} people, 7 more: ${after}`);

  await press(above, `${report}/submit`);
  await press(chief, `${report}/accept`);
  await press(chief, `${report}/issue`, { number: "12", day: new Date(await today(chief, address)).toLocaleDateString("en-GB") });
  await add(own, address, 5);
  const issued = await everywhere();
  expect(issued[3] === after[3], `the issued report said ${after[3]} people and says ${issued[3]}`);
  expect(issued[2] === after[2] + 5, `the API said ${after[2]} people, 5 more: ${issued[2]}`);
  await above.goto(`${report}/changes`);
  const changes = await above.locator("main").innerText();
  const shown = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ".");
  expect(changes.includes(shown(after[3])) && changes.includes(shown(after[3] + 5)), `no restatement ${after[3]} → ${after[3] + 5}: ${changes}`);
}

// So many more people came to the first concluded dialogue of the list: it was held in 2025.
async function add(page, address, more) {
  await page.goto(`${address}/registers/dialogue?state=concluded`);
  await page.locator("main table tbody a").first().click();
  await page.waitForLoadState("load");
  await page.getByRole("link", { name: /^Sửa/ }).first().click();
  await page.waitForLoadState("load");
  const field = page.getByLabel(/^Số người dự/).first();
  await field.fill(String(Number((await field.inputValue()).replace(/\./g, "")) + more));
  await page.locator("main").getByRole("button", { name: /^(Lưu|Ghi)/ }).first().click();
  await page.waitForLoadState("load");
}

// Opens a form, fills it and sends it with its main button.
async function press(page, open, fields = {}) {
  await page.goto(open);
  for (const [name, value] of Object.entries(fields)) await page.locator(`main input[name=${name}]`).fill(value);
  await Promise.all([
    page.waitForURL((url) => !open.endsWith(url.pathname)),
    page.locator("main form").getByRole("button").first().click(),
  ]);
}

// The day it is in the house.
async function today(page, address) {
  await page.goto(address);
  const [, day, month, year] = (await page.locator("main").innerText()).match(/(\d\d)\/(\d\d)\/(\d{4})/);
  return `${year}-${month}-${day}`;
}

async function read(page, address, open) {
  await page.goto(address + open);
  const shown = page.locator("main .big").first();
  expect(await shown.count(), `no number on ${page.url()}: ${await page.title()}`);
  return integer(await shown.innerText());
}

function integer(shown) {
  const digits = shown.replace(/\./g, "").match(/\d+/);
  expect(digits, `no number in ${shown}`);
  return Number(digits[0]);
}

// The draft of the year's report, begun if it was not yet.
async function draft(page, address) {
  await page.goto(`${address}/reports/new`);
  await page.locator("main input[name=unit]").fill("hai-phong");
  await page.locator("main input[name=period]").fill("2025");
  await page.locator("main form").getByRole("button").first().click();
  await page.waitForURL(/\/reports\/(?!new)/);
  return page.url();
}

// The number that stands in a sentence of the report, as a link to what makes it.
async function attendance(page, report) {
  await page.goto(report);
  const link = page.locator("main a[href*='/figures/dialogue.attendance']").first();
  expect(await link.count(), `no attendance in the report at ${report}`);
  return integer(await link.innerText());
}

const demo = await openDemo();
if (folder) mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: BROWSER });
try {
  await test("503 until it is filled", () => expect(!demo.statuses.has(500) && !demo.statuses.has(404), [...demo.statuses].join(" ")));
  const sessions = new Map();
  const contextFor = async (login, size, theme) => {
    const context = await browser.newContext({
      viewport: { width: size.width, height: size.height }, colorScheme: theme, locale: "vi-VN", storageState: sessions.get(login),
    });
    if (login && !sessions.has(login)) {
      await signIn(context, demo.address, accountOf(demo.accounts, login));
      sessions.set(login, await context.storageState());
    }
    return context;
  };
  // First the story: it begins the report that the pages then show.
  if (!only || only.includes("story")) {
    await test("a dialogue is corrected: the number follows, the issued report stays", async () => {
      const desks = [];
      for (const login of ["xa", "tinh", "lanh-dao"]) desks.push(await contextFor(login, sizes[0], "light"));
      try {
        await correct(...desks, demo);
      } finally {
        for (const desk of desks) await desk.close();
      }
    });
  }
  if (!only || only.includes("desk")) {
    await test("a day at the reception desk: twelve visits, nine letters", async () => {
      const desks = [];
      for (const login of ["xa", "chu-tich", "tinh"]) desks.push(await contextFor(login, sizes[0], "light"));
      try {
        await day(...desks, demo);
      } finally {
        for (const desk of desks) await desk.close();
      }
    });
  }
  for (const entry of pages.filter((one) => !only || only.includes(one.name))) {
    for (const size of sizes) {
      for (const theme of themes) {
        const name = `${entry.name}-${size.name}-${theme}`;
        await test(name, async () => {
          const context = await contextFor(entry.as, size, theme);
          try {
            await look(context, demo.address, entry, folder && join(folder, `${name}.png`));
          } finally {
            await context.close();
          }
        });
      }
    }
  }
  // Every register, seen by one who reads and writes in all of the city's books.
  const asked = (id) => !only || only.includes("books") || only.includes(`book:${id}`);
  if (!only || only.some((one) => one.startsWith("book"))) {
    const context = await contextFor("tinh", sizes[0], "light");
    const all = await registers(context, demo.address);
    await test("the books are listed", () => expect(all.length > 60, `${all.length} registers: ${all.join(", ")}`));
    for (const id of all.filter(asked)) {
      await test(`book ${id}`, async () => {
        const wrong = await walk(context, demo.address, id, { violations, folder: process.env.BOOKS && folder });
        expect(wrong.length === 0, wrong.join("\n"));
      });
    }
    await context.close();
  }
} finally {
  await browser.close();
  await demo.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
