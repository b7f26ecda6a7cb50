// What the server computes is morphed into the form. Browsers remember what was typed apart from the markup;
// both are brought together around a swap, so that a row that moved carries its own values.
(() => {
  "use strict";

  const isForm = (event) => event.detail?.ctx?.select === "#form-body";
  const controls = () => document.querySelectorAll("#form-body :is(input, select, textarea)");

  // A line button recomputes everything itself. The recomputation that leaving the field before it has asked for
  // would carry the old lines, so it is left out while the button's answer is on its way.
  let changing = 0;
  const changesLines = (event) => event.detail.ctx?.sourceElement?.name === "_do";
  document.addEventListener("htmx:before:request", (event) => { if (changesLines(event)) changing += 1; });
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.detail.ctx?.request?.submitter?.name === "_do" || changesLines(event)) changing = Math.max(changing - 1, 0);
  });
  document.addEventListener("htmx:config:request", (event) => {
    if (changing && event.detail.ctx.sourceElement.id === "form-body") event.preventDefault();
  });

  // An answer to what the form was before the last change is left out: the change has asked for one of its own.
  let edits = 0;
  const sentAt = new WeakMap();
  for (const name of ["input", "change"]) {
    window.addEventListener(name, (event) => { if (event.target.closest?.("#form-body")) edits += 1; }, true);
  }
  document.addEventListener("htmx:config:request", (event) => sentAt.set(event.detail.ctx, edits));
  const late = ({ detail: { ctx } }) => ctx.sourceElement?.id === "form-body" && sentAt.get(ctx) !== edits;

  document.addEventListener("htmx:before:swap", (event) => {
    if (!isForm(event)) return;
    if (late(event)) return void event.preventDefault();
    for (const it of controls()) {
      if (it.tagName === "SELECT") {
        for (const option of it.options) option.toggleAttribute("selected", option.selected);
      } else if (it.type === "checkbox" || it.type === "radio") it.toggleAttribute("checked", it.checked);
      else if (it.tagName === "TEXTAREA") it.defaultValue = it.value;
      else it.setAttribute("value", it.value);
    }
  });

  document.addEventListener("htmx:after:swap", (event) => {
    if (!isForm(event)) return;
    for (const it of controls()) {
      if (it === document.activeElement) continue;
      if (it.type === "checkbox" || it.type === "radio") it.checked = it.hasAttribute("checked");
      else if (it.tagName === "SELECT") {
        const wanted = [...it.options].findIndex((option) => option.hasAttribute("selected"));
        it.selectedIndex = Math.max(wanted, 0);
      }
    }
  });

  // Who leaves a form that was changed is asked first; saving and Cancel are answers already. In the capture
  // phase of the window, because look-ups keep what is typed into them from going further.
  const ask = (event) => event.preventDefault();
  const changed = () => window.addEventListener("beforeunload", ask);
  const settled = () => window.removeEventListener("beforeunload", ask);
  for (const name of ["input", "change"]) {
    window.addEventListener(name, (event) => { if (event.target.closest?.("#form")) changed(); }, true);
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#form button[name=_do]")) changed();
    if (event.target.closest?.(".form-foot a")) settled();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "form" && !event.defaultPrevented) settled();
  });
  // What was refused has not been saved.
  document.addEventListener("DOMContentLoaded", () => { if (document.getElementById("summary")) changed(); });
})();
