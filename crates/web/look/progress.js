// Long work: the bar moves by itself, and the page is read again once the work has ended.
for (const part of document.querySelectorAll("[data-progress]")) {
  const bar = part.querySelector("progress");
  const text = part.querySelector("[data-told]");
  let wait = 1000;
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.progress, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      if (state.ended) {
        location.reload();
        return;
      }
      if (bar && state.whole > 0) {
        bar.max = state.whole;
        bar.value = state.done;
      }
      if (text && state.text) text.textContent = state.text;
      wait = 1000;
    } catch {
      wait = Math.min(wait * 2, 30000);
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
}
