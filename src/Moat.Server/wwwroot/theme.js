// Chooses light or dark before the page is painted, and remembers what the person chose.
const root = document.documentElement;
const chosen = localStorage.getItem("moat-theme");
root.dataset.bsTheme = chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
  localStorage.setItem("moat-theme", root.dataset.bsTheme);
});
