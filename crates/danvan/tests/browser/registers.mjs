// Every register's three pages: its list, its empty form and a record of the demo, on a narrow screen and a wide one.

// What stands on a page when a wording is missing: `record.no_such`, `some_field`; addresses and names of files are none.
const KEY = /(?<![\w./@-])[a-z]+(?:[._][a-z]+)*_[a-z]+(?:[._][a-z]+)*(?![\w/@-])/g;

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1366, height: 768 };

// The ids of the registers that the reader's menu of books links to.
export async function registers(context, address) {
  const page = await context.newPage();
  await page.goto(`${address}/registers`);
  const links = await page.locator("main a[href^='/registers/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  await page.close();
  return [...new Set(links.map((link) => link.split("/")[2].split("?")[0]))];
}

// Opens the three pages of a register; gives what is wrong with them, and leaves pictures in `folder`.
export async function walk(context, address, register, { violations, folder }) {
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && wrong.push(`${page.url()}: ${message.text()}`));
  const see = async (name, path) => {
    const answer = await page.goto(address + path);
    if (answer.status() !== 200) {
      wrong.push(`${path} answers ${answer.status()}`);
      return;
    }
    for (const [size, viewport] of [["360", NARROW], ["1366", WIDE]]) {
      await page.setViewportSize(viewport);
      const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      if (wide > screen) wrong.push(`${path} is ${wide} wide on a screen of ${screen}`);
      if (folder) await page.screenshot({ path: `${folder}/${register}-${name}-${size}.png`, fullPage: true });
    }
    const keys = (await page.locator("body").innerText()).match(KEY);
    if (keys) wrong.push(`${path} shows ${[...new Set(keys)].join(", ")}`);
    wrong.push(...(await violations(context, page)).map((one) => `${path}: ${one}`));
  };
  try {
    await see("list", `/registers/${register}?view=all`);
    const record = page.locator("main table tbody a[href^='/records/']").first();
    const open = (await record.count()) ? await record.getAttribute("href") : null;
    await see("form", `/registers/${register}/new`);
    if (open) await see("record", open);
    else wrong.push(`/registers/${register} lists no record of the demo`);
  } finally {
    await page.close();
  }
  return wrong;
}
