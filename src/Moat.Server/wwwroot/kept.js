// What somebody types is not lost. Every page works without this; with it, limits are counted while typing, leaving with unsaved text
// asks first, and a text that stands in one form survives the sending of another. Texts wait in this tab only, until it is closed.

const forms = () => [...document.querySelectorAll("form[method=post]")];
const fields = (form) => [...form.elements].filter((f) => f.name && !["hidden", "password", "file", "submit", "button"].includes(f.type));
const nameOf = (form) => form.querySelector("input[name=_handler]")?.value ?? "";
const changed = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected) && field.value !== (field.querySelector("[selected]")?.value ?? field.options[0]?.value);
  return field.value !== field.defaultValue;
};
const written = (form) => fields(form).some(changed);

// Limits. A browser's own maxlength cuts a pasted text without a word; here it stays whole, and its length is said.
const lengthOf = (field) => field.value.length;
function count(field) {
  const most = Number(field.dataset.most);
  const over = lengthOf(field) - most;
  field.setCustomValidity(over > 0 ? `At most ${most.toLocaleString("en")} characters; these are ${lengthOf(field).toLocaleString("en")}.` : "");
  let says = field.parentElement.querySelector(".m-count");
  if (lengthOf(field) < most * 0.8) return says?.remove();
  if (!says) {
    says = document.createElement("div");
    says.className = "m-count";
    says.setAttribute("role", "status");
    field.after(says);
  }
  says.classList.toggle("over", over > 0);
  says.textContent = over > 0
    ? `${lengthOf(field).toLocaleString("en")} characters, ${over.toLocaleString("en")} more than fit. Nothing is cut off.`
    : `${lengthOf(field).toLocaleString("en")} of ${most.toLocaleString("en")} characters`;
}
document.addEventListener("input", (event) => { if (event.target.dataset?.most) count(event.target); });

// Texts of the other forms of a page wait while one is sent, and come back when the page does.
const place = `moat-kept ${location.pathname}`;
let sending = false;
document.addEventListener("submit", (event) => {
  const sent = event.target;
  if (sent.method !== "post" || sent.target) return;
  sending = true;
  const others = forms().filter((f) => f !== sent && written(f)).map((f) => ({
    form: nameOf(f),
    fields: fields(f).filter(changed).map((x) => ({ name: x.name, value: x.value, checked: x.checked, box: x.type === "checkbox" || x.type === "radio" })),
  }));
  if (others.length) sessionStorage.setItem(place, JSON.stringify(others));
});
function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  sessionStorage.removeItem(place);
  for (const { form: name, fields: values } of kept) {
    const form = forms().find((f) => nameOf(f) === name);
    if (!form) continue;
    for (const { name: field, value, checked, box } of values) {
      for (const found of fields(form).filter((f) => f.name === field)) {
        if (!box) found.value = value;
        else if (found.value === value) found.checked = checked;
        if (found.dataset.most) count(found);
      }
    }
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const says = document.createElement("div");
    says.className = "m-count";
    says.setAttribute("role", "status");
    says.textContent = "What you had typed here is not saved yet.";
    form.prepend(says);
  }
}
comeBack();

// Leaving with unsaved text asks first.
addEventListener("beforeunload", (event) => {
  if (!sending && forms().some(written)) event.preventDefault();
});
addEventListener("pageshow", () => { sending = false; });
