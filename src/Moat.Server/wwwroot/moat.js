// Small helps for the hand; every page works without them.

// Tick or untick all boxes of a list.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (!all) return;
  for (const box of all.closest("form").querySelectorAll(`input[name="${all.dataset.checkAll}"]`)) box.checked = all.checked;
});

// A refused form is seen, also where it was folded away.
for (const refused of document.querySelectorAll(".m-refused")) {
  for (let fold = refused.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  refused.focus();
}

// Drop a file anywhere on a drop area.
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const area = event.target.closest?.(".m-drop");
    if (!area) return;
    event.preventDefault();
    area.classList.toggle("over", type === "dragover");
    if (type === "drop") area.querySelector("input[type=file]").files = event.dataTransfer.files;
  });
}

// Ctrl K and "/" lead to the search.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing)) {
    const search = document.querySelector(".m-search input");
    if (!search) return;
    event.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A command is copied whole; where the browser does not allow that, it is selected, ready for the keyboard.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const command = button.parentElement.querySelector("code");
  getSelection().selectAllChildren(command);
  try {
    await navigator.clipboard.writeText(command.textContent);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
});

// A text being written is shown filled beside the editor, by the same button that does it without scripts.
let waiting;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-preview]");
  if (!form || event.target.name !== "source") return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const sent = new FormData(form);
    sent.set("act", "preview");
    const answer = await fetch(location.href, { method: "POST", body: new URLSearchParams(sent) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.preview);
    if (fresh) document.getElementById(form.dataset.preview).replaceChildren(...fresh.childNodes);
  }, 600);
});

// A form that only chooses what is shown answers at once; its slider says the month that it stands for.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-at-once]");
  if (form) form.requestSubmit();
});
document.addEventListener("input", (event) => {
  const slider = event.target.closest("input[type=range][data-began]");
  if (!slider) return;
  const [year, month] = slider.dataset.began.split("-").map(Number);
  const end = new Date(Date.UTC(year, month + Number(slider.value), 0));
  const says = slider.value === slider.max ? "today" : end.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  slider.setAttribute("aria-valuetext", says);
  slider.form.querySelector(`output[for="${slider.id}"]`).value = says;
});

// On the map, the lines of the process under the pointer or the focus stand out.
for (const type of ["pointerover", "focusin"]) {
  document.addEventListener(type, (event) => {
    const process = event.target.closest?.(".m-map [data-process]")?.dataset.process;
    for (const map of document.querySelectorAll(".m-map")) {
      map.classList.toggle("lit", Boolean(process));
      for (const line of map.querySelectorAll(".e")) line.classList.toggle("near", line.dataset.from === process || line.dataset.to === process);
    }
  });
}
