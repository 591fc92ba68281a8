// A day at a commune's reception desk: twelve visits and nine letters of all kinds, each from its first step to its last, as an officer
// enters them: fields by their names, proposals confirmed, papers by their buttons.

import { inflateRawSync } from "node:zlib";

const TODAY = "12/01/2026";
const DESK = "11560/ubnd";
const CITY = "31/ubnd";

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

const tidy = (text) => text.replace(/\s+/g, " ");
const shown = async (page) => tidy(await page.locator("main").innerText());

// ---- what an officer does

// Fields that stand folded are unfolded first; those that show after a choice are asked for.
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    let field = page.locator(`main form [name="${name}"]:not([type=hidden])`);
    if (!(await field.count()) && (await page.locator("main button[name=more][value=fields]").count())) {
      await press(page, page.locator("main button[name=more][value=fields]").first());
    }
    expect(await field.count(), `${page.url()} asks for no ${name}`);
    const folded = field.first().locator("xpath=ancestor::details[not(@open)]/summary");
    for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
    const [tag, type] = await field.first().evaluate((one) => [one.tagName, one.type]);
    if (type === "radio" || type === "checkbox") {
      await page.locator(`main form [name="${name}"][value="${value}"]`).check();
    } else if (tag === "SELECT") {
      await field.first().selectOption(value);
    } else {
      await field.first().fill(value);
    }
  }
}

async function press(page, button) {
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest()), button.click()]);
  await page.waitForLoadState("load");
  return answer;
}

// Sends the form by its main button; a refusal shows in full.
async function send(page) {
  const form = page.url();
  await press(page, page.locator("main .btn-main").last());
  const refused = page.locator("main .errsum");
  expect(!(await refused.count()), `${form} refused: ${(await refused.count()) && tidy(await refused.first().innerText())}`);
}

async function enter(page, address, register, values) {
  await page.goto(`${address}/registers/${register}/new`);
  await fill(page, values);
  await send(page);
  expect(/\/records\/[^/]+$/.test(new URL(page.url()).pathname), `${register} was not saved: ${page.url()}`);
  return page.url();
}

async function step(page, record, id, values = {}) {
  await page.goto(record);
  await press(page, page.locator(`main a[href*="/steps/${id}"]`).first());
  await fill(page, values);
  await send(page);
}

// Confirms what the table of classification proposes, and says what it proposed.
async function confirm(page, record, id, basis, values = {}) {
  await page.goto(record);
  const proposal = page.locator(`section:has(#h-proposed) li:has(a[href*="/steps/${id}"])`).first();
  expect(await proposal.count(), `${id} is not proposed: ${await shown(page)}`);
  const said = tidy(await proposal.innerText());
  expect(said.includes(basis), `the proposal of ${id} does not name ${basis}: ${said}`);
  await press(page, proposal.locator("a").last());
  await fill(page, values);
  await send(page);
}

// A running deadline stands on the record with its day, its article and its arithmetic.
async function due(page, record, clock, day, article) {
  await page.goto(record);
  const panel = page.locator(`#clock-${clock}`);
  expect(await panel.count(), `no deadline ${clock} at ${record}`);
  for (const fold of await panel.locator("details:not([open]) > summary").all()) await fold.click();
  const said = tidy(await panel.textContent());
  for (const part of [day, article, "căn cứ"]) {
    expect(said.includes(part), `the deadline ${clock} does not say ${part}: ${said}`);
  }
}

async function stands(page, record, state) {
  await page.goto(record);
  const said = tidy(await page.locator("main .tag").first().innerText());
  expect(said === state, `${record} stands at “${said}”, not “${state}”`);
}

// ---- the visits

// Twelve visits: one read from the citizen's card, one of a group, one refused.
async function visits(page, address) {
  const kinds = ["petition", "complaint", "feedback"];
  const all = [];
  for (let place = 1; place <= 12; place += 1) {
    await page.goto(`${address}/registers/visit/new`);
    if (place === 1) {
      await page.locator("input[name=card]").focus();
      await page.keyboard.insertText("001090012345|012345678|Nguyễn Văn Thẻ|05021990|Nam|Tổ dân phố 1, phường Thủy Nguyên|25122021");
      await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest()), page.keyboard.press("Enter")]);
      await page.waitForLoadState("load");
      expect((await page.locator("input[name=citizen_name]").inputValue()) === "Nguyễn Văn Thẻ", "the card was not read");
    } else if (place !== 4) {
      await fill(page, { citizen_name: `Người Đến Thứ ${place}` });
    }
    await fill(page, {
      received_on: TODAY, reception: "regular", kind: place === 4 ? "denunciation" : kinds[place % 3],
      persons: place === 7 ? "6" : "1", ...(place === 7 ? { representatives: "2" } : {}), turn: place % 5 ? "first" : "repeat",
    });
    // The last field is sent off by the key, not by the button.
    await fill(page, { subject: `Lượt tiếp thứ ${place}: việc của tổ dân phố ${place}` });
    await page.locator("main [name=subject]").press("Enter");
    await page.waitForURL(/\/records\//);
    all.push(page.url());
  }
  await due(page, all[0], "answer", "26/01/2026", "Điều 28 Luật Tiếp công dân");
  for (const [place, record] of all.entries()) {
    if (place === 11) {
      await step(page, record, "refuse", { refusal_ground: "nothing_new" });
      await due(page, record, "refusal_notice", "15/01/2026", "Điều");
      await step(page, record, "close");
    } else {
      const guided = place % 4 === 3;
      const outcome = guided ? { competent: "no", outcome: "guided", handling_body: CITY } : { competent: "yes", outcome: "answered" };
      await step(page, record, "handle", outcome);
    }
  }
  return all;
}

// ---- the letters

const LETTER = { received_on: TODAY, channel: "counter", topic: "administration" };

// A proposal or feedback to its end: accepted as proposed, answered.
async function answered(page, letter, answer) {
  await confirm(page, letter, "accept", "Luật Tiếp công dân");
  await step(page, letter, "settle", { outcome: "answered", answer });
  await stands(page, letter, "Đã giải quyết");
}

// How a paper reached whom, with its proof; it then stands on the record.
async function delivered(page, record, paper, values) {
  await press(page, await page.goto(record).then(() => page.locator(`main a[href*='/papers/${paper}']`).first()));
  const form = page.locator("main form[action$='/delivered']");
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first();
    const [tag, type] = await field.evaluate((one) => [one.tagName, one.type]);
    if (type === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
    else if (tag === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await press(page, form.locator("button[type=submit]").last());
  const said = tidy(await page.locator("section:has(#h-papers)").textContent());
  expect(said.includes(values.received_on ?? values.sent_on) && said.includes(values.proof), `the delivery of ${paper} is not told: ${said}`);
}

// The records that link to this one, under what their links are called.
async function linked(page, record, called) {
  await page.goto(record);
  const links = page.locator(`section:has(#h-links) dt:has-text("${called}") + dd a[href^='/records/']`);
  expect(await links.count(), `nothing is linked as “${called}”: ${await shown(page)}`);
  return Promise.all((await links.all()).map(async (one) => new URL(await one.getAttribute("href"), page.url()).href));
}

// A complaint of the chair's own decision, which came in October: accepted, verified, talked over, decided, sent, published; nobody complains
// again, so that it takes effect, is executed and closed today.
async function complaint(page, address) {
  const letter = await enter(page, address, "submission", {
    kind: "complaint", ...LETTER, received_on: "01/10/2025", subject: "Đề nghị xem lại quyết định thu hồi đất tại tổ dân phố 3", about: "decision", round: "first",
    respondent: DESK, respondent_is: "chair", sender_name: "Đỗ Thị Khiếu", sender_id: "031080000001",
  });
  await due(page, letter, "acceptance", "13/10/2025", "Điều 27 Luật Khiếu nại");
  // The competent body is filled in by the rule; the officer confirms both with one form.
  await confirm(page, letter, "accept", "Điều 27 Luật Khiếu nại", { on: "06/10/2025" });
  await press(page, page.locator("section:has(#h-links) a[href^='/records/']").first());
  const record = page.url();
  await due(page, record, "first", "05/11/2025", "Điều 28 Luật Khiếu nại");
  await step(page, record, "assign", { on: "07/10/2025", verified_by: "11560" });
  await step(page, record, "notify_dialogue", { on: "08/10/2025", dialogue_planned_on: "20/10/2025" });
  await step(page, record, "dialogue", { on: "20/10/2025", dialogue_led: "yes" });
  await step(page, record, "decide", { on: "27/10/2025", result: "partly_upheld", decision_number: "15/QĐ-UBND" });
  await due(page, record, "send_first", "30/10/2025", "Điều 32 Luật Khiếu nại");
  await due(page, record, "publish", "11/11/2025", "Nghị định 124/2020/NĐ-CP");
  await step(page, record, "send", { on: "28/10/2025" });
  await step(page, record, "publish", { on: "03/11/2025", published_by: "posting" });
  // It is published wherever its case stands.
  await stands(page, record, "Đã gửi quyết định");
  // The window of a second complaint opens with the day on which the sender signed for the decision.
  await delivered(page, record, "complaint_first_decision", { to: "sender", how: "post", sent_on: "28/10/2025", received_on: "29/10/2025", proof: "báo phát 15" });
  await due(page, record, "second_window", "28/11/2025", "Điều 33 Luật Khiếu nại");
  await step(page, record, "take_effect", { on: "01/12/2025" });
  await step(page, record, "execute", { on: "15/12/2025" });
  await step(page, record, "close");
  await stands(page, record, "Kết thúc");
  await stands(page, letter, "Đã giải quyết");
  return { letter, record };
}

// A petition within competence is accepted and answered, with the answer's paper.
async function petition(page, address) {
  const letter = await enter(page, address, "submission", {
    kind: "petition", ...LETTER, subject: "Đề nghị sửa mương thoát nước chảy qua tổ dân phố 5 bị sụt lún", sender_name: "Đỗ Văn Nghị", competent: "yes",
  });
  await due(page, letter, "first_answer", "26/01/2026", "Điều 28 Luật Tiếp công dân");
  await answered(page, letter, "Đã giao đơn vị thi công sửa trong tháng 01/2026.");
  const paper = page.locator("main a[href*='/papers/feedback_answer']").first();
  await press(page, paper);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("button[name=format][value=pdf]").click()]);
  expect(download.suggestedFilename().endsWith(".pdf"), "the answer is no PDF");
  await delivered(page, letter, "feedback_answer", { to: "sender", how: "hand", sent_on: TODAY, received_on: TODAY, proof: "giấy ký nhận 07" });
  return letter;
}

// The same again: found by its sender and its words, and filed with the first.
async function duplicate(page, address, first) {
  const letter = await enter(page, address, "submission", {
    kind: "petition", ...LETTER, channel: "post", subject: "De nghi sua muong thoat nuoc chay qua to dan pho 5 bi sut lun", sender_name: "Đỗ Văn Nghị",
  });
  const handle = new URL(first).pathname.split("/").pop();
  const link = page.locator(`section:has(#h-proposed) li a[href*="${handle}"]`).first();
  expect(await link.count(), `the duplicate is not found: ${await shown(page)}`);
  await press(page, link);
  await send(page);
  await confirm(page, letter, "file", "đơn trùng vẫn được đếm");
  await stands(page, letter, "Lưu đơn");
  return letter;
}

// Of another body: transferred with its slip, the sender told; it stands in the other's book, where it is taken in, answered and published.
async function transferred(page, receiver, address) {
  const letter = await enter(page, address, "submission", {
    kind: "feedback", ...LETTER, subject: "Phản ánh quy định thu phí cấp lại giấy tờ nhà đất", sender_name: "Đỗ Thị Chuyển",
    administrative_rule: "yes", competent: "no",
  });
  await due(page, letter, "rule_transfer", "19/01/2026", "Nghị định 20/2008/NĐ-CP");
  await confirm(page, letter, "transfer", "Nghị định 20/2008/NĐ-CP", { transferred_to: CITY });
  await step(page, letter, "inform");
  await stands(page, letter, "Đã chuyển");
  const [taken] = await linked(receiver, letter, "Đã chuyển thành");
  await step(receiver, taken, "receive", { on: TODAY });
  await receiver.goto(`${taken}/edit`);
  await fill(receiver, { administrative_rule: "yes", competent: "yes" });
  await send(receiver);
  // Its clock starts with its own receipt.
  await due(receiver, taken, "answer", "02/02/2026", "quy chế tiếp nhận của cơ quan");
  await answered(receiver, taken, "Đã sửa mức thu trên Cổng dịch vụ công.");
  await step(receiver, taken, "publish");
  await stands(receiver, taken, "Đã giải quyết");
  // What the other body wrote back is what the statutory tables count.
  await step(page, letter, "reply", { on: TODAY, "reply.0.on": TODAY, "reply.0.number": "20/UBND-VP" });
  await stands(page, letter, "Đã chuyển");
  const said = await shown(page);
  expect(said.includes("20/UBND-VP"), `the reply is not told: ${said}`);
  return letter;
}

// The proposal is to transfer; the officer guides the sender instead, and must say why.
async function overridden(page, address) {
  const letter = await enter(page, address, "submission", {
    kind: "petition", ...LETTER, subject: "Đề nghị mở thêm tuyến xe buýt về phường", sender_name: "Đỗ Văn Khác", competent: "no",
  });
  await page.goto(letter);
  await press(page, page.locator('main a[href*="/steps/guide"]').first());
  await fill(page, { guided_to: CITY });
  await press(page, page.locator("main .btn-main").last());
  const told = await shown(page);
  expect(told.includes("Thông tư 07/2014/TT-TTCP"), `the choice against the proposal is not asked about: ${told}`);
  await fill(page, { other_reason: "Người gửi đã tự gửi đơn đến Sở Xây dựng, chỉ hỏi nơi nhận." });
  await send(page);
  await stands(page, letter, "Đã hướng dẫn");
  return letter;
}

// Several contents: split into a letter for each.
async function mixed(page, address) {
  const letter = await enter(page, address, "submission", {
    kind: "mixed", ...LETTER, subject: "Đơn vừa khiếu nại vừa kiến nghị về chợ phường", sender_name: "Đỗ Thị Nhiều", competent: "yes",
    "part.0.kind": "petition", "part.0.subject": "Kiến nghị sửa mái chợ phường", "part.0.topic": "administration",
  });
  await step(page, letter, "split", {
    "part.0.kind": "petition", "part.0.subject": "Kiến nghị sửa mái chợ phường", "part.0.topic": "administration",
    "part.1.kind": "feedback", "part.1.subject": "Phản ánh rác tồn tại chợ phường", "part.1.topic": "administration",
  });
  await stands(page, letter, "Đã tách đơn");
  const parts = await linked(page, letter, "Đã tách thành");
  expect(parts.length === 2, `${parts.length} parts are linked`);
  for (const part of parts) {
    await page.goto(`${part}/edit`);
    await fill(page, { competent: "yes" });
    await send(page);
    await answered(page, part, "Đã giao Ban quản lý chợ thực hiện.");
  }
  return letter;
}

// No name, no address: filed, with its article.
async function ineligible(page, address) {
  const letter = await enter(page, address, "submission", {
    kind: "petition", ...LETTER, channel: "post", subject: "Đơn không ghi họ tên, nói về tiếng ồn", anonymous: "yes",
  });
  await confirm(page, letter, "file", "Điều 28 Thông tư 05/2021/TT-TTCP");
  await stands(page, letter, "Lưu đơn");
  return letter;
}

const DENOUNCER = "Đỗ Kín Danh";
const DENOUNCER_ADDRESS = "ngõ Kín Địa Chỉ";

// A denunciation of an officer, its denouncer under seal: accepted by the head, verified, concluded, sent, published.
async function denunciation(clerk, head, address) {
  const letter = await enter(clerk, address, "denunciation", {
    ...LETTER, form: "letter", subject: "Tố cáo cán bộ địa chính phường nhận tiền làm sai hồ sơ", denouncer_name: DENOUNCER,
    denouncer_address: DENOUNCER_ADDRESS, denouncer_id_number: "031090007777", denounced_body: DESK, denounced_rank: "officer",
    identified: "yes", competent: "yes", conditions_met: "yes",
  });
  await due(clerk, letter, "intake", "21/01/2026", "Điều 24 Luật Tố cáo");
  await confirm(head, letter, "accept", "Luật Tố cáo");
  await due(clerk, letter, "notice", "19/01/2026", "Điều 29 Luật Tố cáo");
  await due(clerk, letter, "resolve", "11/02/2026", "Điều 30 Luật Tố cáo");
  await step(clerk, letter, "notify");
  await step(head, letter, "verify", { verified_by: "11560" });
  await step(head, letter, "conclude", { conclusion: "partly_upheld", state_money: "2500000", sanctioned: "1", officials_sanctioned: "1" });
  await due(clerk, letter, "send", "19/01/2026", "Điều 35 Luật Tố cáo");
  await due(clerk, letter, "publish", "21/01/2026", "Điều 40 Luật Tố cáo");
  await step(clerk, letter, "send");
  await step(clerk, letter, "publish", { published_where: "bảng tin trụ sở" });
  await step(clerk, letter, "act");
  // What the conclusion asked for and what was carried out of it are columns of the statutory tables.
  await step(clerk, letter, "report", { executed_on: TODAY, state_money_done: "2500000", sanctioned_done: "1", officials_sanctioned_done: "1" });
  await step(clerk, letter, "close");
  await stands(clerk, letter, "Kết thúc");
  const told = await shown(clerk);
  for (const part of ["Tiền thu hồi cho Nhà nước 2.500.000", "Tiền đã thu cho Nhà nước 2.500.000", "Số người bị kiến nghị xử lý 1"]) {
    expect(told.includes(part), `the record does not say ${part}: ${told}`);
  }
  return letter;
}

// Nobody's name, but the violator, the evidence and a way to check are there: looked into, without the clock of a denunciation.
async function anonymous(page, address) {
  const letter = await enter(page, address, "denunciation", {
    ...LETTER, channel: "post", form: "letter", subject: "Thư không ghi tên nêu rõ người, việc thu tiền sai và kèm phiếu thu", anonymous: "yes",
    evidence: "yes", denounced_body: DESK, denounced_rank: "officer",
  });
  await confirm(page, letter, "inspect", "Điều 25 Luật Tố cáo");
  await step(page, letter, "report_inspection");
  await stands(page, letter, "Kết thúc");
  return letter;
}

// ---- the end of the day

// The cells of the first sheet of a workbook: its zip read by its own directory.
function workbook(bytes) {
  const text = (name) => {
    for (let at = bytes.lastIndexOf(Buffer.from("PK\x05\x06")), left = bytes.readUInt16LE(at + 10), from = bytes.readUInt32LE(at + 16); left > 0; left -= 1) {
      const [method, packed, long, extra, note, place] = [10, 20, 28, 30, 32, 42].map((field) =>
        field === 20 || field === 42 ? bytes.readUInt32LE(from + field) : bytes.readUInt16LE(from + field));
      if (bytes.toString("utf8", from + 46, from + 46 + long) === name) {
        const start = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28);
        const data = bytes.subarray(start, start + packed);
        return (method ? inflateRawSync(data) : data).toString("utf8");
      }
      from += 46 + long + extra + note;
    }
    return "";
  };
  const inside = (xml) => [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((one) => one[1]).join("");
  const words = [...text("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((one) => inside(one[1]));
  const rows = [...text("xl/worksheets/sheet1.xml").matchAll(/<row[^>]*>(.*?)<\/row>/gs)];
  return rows.map((row) => [...row[1].matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, about, cell = ""]) =>
    about.includes('t="s"') ? words[Number(cell.match(/<v>(\d+)<\/v>/)?.[1])] : inside(cell) || cell.match(/<v>([^<]*)<\/v>/)?.[1]));
}

// Form 03/TCD of the day: a line for each visit, numbered to twelve.
async function book(page, address) {
  await page.goto(`${address}/registers/visit`);
  await press(page, page.locator("main a[href*='/registers/visit/book/03-tcd']").first());
  await fill(page, { from: TODAY, to: TODAY });
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("main .btn-main").last().click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const rows = workbook(Buffer.concat(chunks));
  const days = rows.filter((row) => row.includes(TODAY));
  expect(days.length === 12, `Form 03/TCD has ${days.length} visits: ${JSON.stringify(rows).slice(0, 900)}`);
  expect(days.map((row) => row[1]).join() === Array.from({ length: 12 }, (_, place) => String(place + 1)).join(), `they are not numbered: ${JSON.stringify(days.map((row) => row.slice(0, 3)))}`);
}

// Nothing that an ordinary page, list, search, sheet or feed shows says who denounced.
async function sealed(pages, address, letters) {
  const open = ["/", "/registers/denunciation", "/registers/submission", "/registers/visit", `/search?q=${encodeURIComponent(DENOUNCER)}`, "/sealed",
    "/registers/denunciation?q=kin+danh", ...letters.map((letter) => new URL(letter).pathname)];
  for (const page of pages) {
    for (const path of open) {
      await page.goto(address + path);
      const html = (await page.content()).replaceAll(encodeURIComponent(DENOUNCER), "").replace(/<input[^>]*name="q"[^>]*>/g, "");
      const body = path.startsWith("/search") ? tidy(await page.locator("main").innerText()) : html;
      for (const secret of [path.startsWith("/search") ? DENOUNCER_ADDRESS : DENOUNCER, DENOUNCER_ADDRESS, "031090007777"]) {
        expect(!body.includes(secret), `${path} shows “${secret}”`);
      }
    }
  }
}

export async function day(clerk, head, above, { address }) {
  const [page, chief, city] = [await clerk.newPage(), await head.newPage(), await above.newPage()];
  for (const one of [page, chief, city]) one.setDefaultTimeout(20_000);
  await visits(page, address);
  const first = await complaint(page, address);
  const asked = await petition(page, address);
  const letters = [
    first.letter, asked, await duplicate(page, address, asked), await transferred(page, city, address), await overridden(page, address),
    await mixed(page, address), await ineligible(page, address),
  ];
  const denounced = [await denunciation(page, chief, address), await anonymous(page, address)];
  expect(letters.length + denounced.length === 9, "nine letters");
  await book(page, address);
  await sealed([page, chief], address, denounced);
}
