// Selecting rows: one box for all of them, a range with Shift, and how many are chosen.
for (const table of document.querySelectorAll("table[data-select]")) {
  const boxes = [...table.tBodies].flatMap((body) => [...body.querySelectorAll("td:first-child > input[type=checkbox]")]);
  const head = table.tHead?.rows[0]?.cells[0];
  const told = table.closest("form")?.querySelector("[data-chosen]");
  if (!head || boxes.length === 0) continue;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", table.dataset.select);
  head.replaceChildren(all);
  const tell = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    if (told) told.textContent = chosen > 0 ? `(${chosen})` : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  let last = -1;
  boxes.forEach((box, place) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0) {
        for (let between = Math.min(last, place); between <= Math.max(last, place); between += 1) {
          boxes[between].checked = box.checked;
        }
      }
      last = place;
      tell();
    });
  });
  tell();
}
