// Child rows: a new empty row without leaving the page. The submit button "Thêm 3 dòng" does the same without script.
for (const button of document.querySelectorAll("button[data-rows]")) {
  button.addEventListener("click", (event) => {
    const body = document.getElementById(button.dataset.rows)?.tBodies[0];
    const last = body?.rows[body.rows.length - 1];
    if (!last) return;
    event.preventDefault();
    let first = null;
    for (let added = 0; added < 3; added += 1) {
      const row = body.rows[body.rows.length - 1].cloneNode(true);
      const place = Number(row.dataset.row);
      row.dataset.row = String(place + 1);
      for (const error of row.querySelectorAll(".err")) error.remove();
      for (const control of row.querySelectorAll("[name]")) {
        control.name = control.name.replace(`.${place}.`, `.${place + 1}.`);
        control.id = control.id.replace(`-${place}-`, `-${place + 1}-`);
        const label = control.getAttribute("aria-label");
        if (label) control.setAttribute("aria-label", label.replace(/\d+$/, String(place + 2)));
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
        if (control.type === "checkbox" || control.type === "radio") control.checked = false;
        else control.value = "";
        first ??= control;
      }
      body.append(row);
    }
    first?.focus();
  });
}
