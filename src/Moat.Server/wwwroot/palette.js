// The search field as a command palette: pages by name, and what the search page finds, while one types.
const form = document.querySelector(".m-search");
const field = form?.querySelector("input");
const most = 6;

const list = document.createElement("div");
list.className = "m-palette";
list.id = "palette";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Found");

let at = -1;
let asked = 0;
let waiting;

const options = () => [...list.querySelectorAll("[role=option]")];

function option(link, around) {
  const shown = document.createElement("a");
  shown.href = link.href;
  shown.setAttribute("role", "option");
  shown.setAttribute("tabindex", "-1");
  shown.textContent = link.textContent.trim();
  if (around) {
    const small = document.createElement("span");
    small.textContent = around;
    shown.append(small);
  }
  return shown;
}

function group(title, shown) {
  if (shown.length === 0) return;
  const box = document.createElement("div");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", title);
  const head = document.createElement("div");
  head.className = "m-navgroup";
  head.setAttribute("aria-hidden", "true");
  head.textContent = title;
  box.append(head, ...shown);
  list.append(box);
}

function close() {
  list.hidden = true;
  at = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function mark(next) {
  const all = options();
  if (all.length === 0) return;
  at = (next + all.length) % all.length;
  all.forEach((o, i) => {
    o.id = `palette-${i}`;
    o.setAttribute("aria-selected", String(i === at));
  });
  field.setAttribute("aria-activedescendant", `palette-${at}`);
  all[at].scrollIntoView({ block: "nearest" });
}

async function find() {
  const words = field.value.trim();
  const mine = ++asked;
  if (words.length === 0) return close();
  const pages = [...document.querySelectorAll(".m-navlink")].filter((l) => l.textContent.toLowerCase().includes(words.toLowerCase()));
  let results = null;
  if (words.length > 1) {
    const answer = await fetch(`${form.action}?q=${encodeURIComponent(words)}`);
    if (mine !== asked) return;
    if (answer.ok) results = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("results");
  }
  list.replaceChildren();
  group("Go to", pages.slice(0, most).map((l) => option(l)));
  for (const section of results?.querySelectorAll("section") ?? []) {
    const links = [...section.querySelectorAll("a")].slice(0, most);
    group(section.querySelector("h2").textContent, links.map((l) => option(l, l.parentElement.querySelector("span")?.textContent)));
  }
  if (options().length === 0) list.textContent = "Nothing has these words.";
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  at = -1;
}

if (field) {
  form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 180);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      options()[at].click();
    }
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) close();
  });
}
