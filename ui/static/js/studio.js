// Forms whose rows can be added, moved and removed. A button among them asks the server for the form as it is
// then; only the form is put in place, so the page stays where it is. Dragging says the whole order at once.
(() => {
  "use strict";

  const forms = "form[data-rows]";

  const swap = async (form, value) => {
    const body = new URLSearchParams(new FormData(form));
    const typed = body.toString();
    body.append("_do", value);
    const focused = document.activeElement?.id;
    let page;
    try {
      const reply = await fetch(form.action, { method: "POST", body });
      page = new DOMParser().parseFromString(await reply.text(), "text/html");
    } catch {
      return window.guanxi.toast(document.body.dataset.offline, "bad");
    }
    const fresh = page.getElementById(form.id);
    if (!fresh) return window.guanxi.toast(document.body.dataset.failed, "bad");
    if (!form.isConnected) return;
    // What was typed while the answer was on its way is not lost.
    if (value === "refresh" && new URLSearchParams(new FormData(form)).toString() !== typed) return swap(form, value);
    form.replaceWith(fresh);
    for (const it of page.querySelectorAll("[data-follows]")) document.getElementById(it.id)?.replaceWith(it);
    prepare(fresh);
    focus(fresh, value, focused);
  };

  // The same button where it still is, else what was added, else the list.
  const focus = (form, value, id) => {
    const [, name, verb, index] = value.match(/^(.*)\.(add|up|down|remove|text|rows)(?:\.(\d+))?$/) ?? [];
    const rows = name ? form.querySelectorAll(`[data-sortable="${name}"] > [data-index]`) : [];
    const at = { up: Number(index) - 1, down: Number(index) + 1 }[verb];
    const found = (at !== undefined && form.querySelector(`button[value="${name}.${verb}.${at}"]:not(:disabled)`))
      || (verb === "add" && rows.length && rows[rows.length - 1].querySelector("input:not([type=hidden]), select, textarea"))
      || form.querySelector(`button[value="${value}"]:not(:disabled)`)
      || (id && document.getElementById(id))
      || form.querySelector(`button[value="${name}.add"]`);
    found?.focus({ preventScroll: verb !== "add" });
  };

  const prepare = (form) => {
    for (const list of form.querySelectorAll("[data-sortable]")) {
      window.Sortable?.create(list, {
        handle: ".grip", draggable: "[data-index]", animation: 120, ghostClass: "dragged",
        onEnd: ({ oldIndex, newIndex }) => {
          if (oldIndex === newIndex) return;
          const order = [...list.querySelectorAll(":scope > [data-index]")].map((it) => it.dataset.index);
          swap(form, `${list.dataset.sortable}.order.${order.join("-")}`);
        },
      });
    }
  };

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (submitter?.name !== "_do" || !form.matches(forms)) return;
    event.preventDefault();
    swap(form, submitter.value);
  });
  // What a row or card needs follows what is chosen in it.
  document.addEventListener("change", ({ target }) => {
    const form = target.closest(forms);
    if (form && target.matches("select") && target.closest("[data-needs]")) swap(form, "refresh");
  });
  for (const form of document.querySelectorAll(forms)) prepare(form);
})();
