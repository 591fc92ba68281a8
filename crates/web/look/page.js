// Small comforts of every page: faults take the focus, else the first field of a form that is the page's one business; a menu closes by
// itself, a form is not sent twice, typed text is not lost unasked.
const faults = document.querySelector(".errsum");
if (faults) faults.focus();
else if (matchMedia("(pointer: fine)").matches) {
  document.querySelector("form[data-begin] :is(input:not([type=hidden]), select, textarea)")?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const find = document.querySelector(".find input");
    if (find) {
      event.preventDefault();
      find.focus();
    }
  }
});

// Up and down from a link or a box of a table: the same in the next row that has one.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const cell = event.target.closest?.("table.tbl td, table.tbl th");
  if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("a, input[type=checkbox]")) return;
  const rows = [...cell.closest("table").querySelectorAll("tr")];
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const next = rows[at].cells[cell.cellIndex]?.querySelector("a, input[type=checkbox]");
    if (next) {
      event.preventDefault();
      next.focus();
      return;
    }
  }
});

for (const button of document.querySelectorAll("button[aria-disabled=true]")) {
  button.addEventListener("click", (event) => event.preventDefault());
}

let touched = false;
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("input", () => { touched = true; });
}
// A form that hands out a file stays and may be sent again (data-again).
for (const form of document.querySelectorAll("form[method=post]:not([data-again])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    touched = false;
    setTimeout(() => delete form.dataset.sent, 8000);
  });
}
addEventListener("beforeunload", (event) => {
  if (touched) event.preventDefault();
});

// A text to send on is copied with one click; without script it is marked and copied by hand.
for (const text of document.querySelectorAll("textarea[data-copy]")) {
  // An address is given whole: other programs do not know this page's beginning.
  if ("address" in text.dataset) text.value = location.origin + text.value;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    text.select();
    await navigator.clipboard?.writeText(text.value);
  });
  text.after(button);
}
