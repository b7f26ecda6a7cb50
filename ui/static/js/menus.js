// Menus, the drawer, dialogs, toasts and switches. Everything listens on the document, so that it goes on
// working for what a later request puts into the page.
(() => {
  "use strict";
  const TOAST_MS = 6000;

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      const side = document.getElementById("side");
      if (side?.matches(":popover-open")) side.hidePopover();
      document.getElementById(opener.dataset.openDialog)?.showModal();
    }
    if (event.target.matches("dialog")) event.target.close();
    if (event.target.closest("[data-dismiss-toast]")) event.target.closest("[data-toast]").remove();
    if (event.target.closest("[data-clear-filter]")) clearFilter(event.target.closest(".pop"));
    const copy = event.target.closest("[data-copy]");
    if (copy) copyText(copy);
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // The drawer is no modal dialog: leaving it with the keyboard closes it.
  document.addEventListener("focusout", (event) => {
    const side = event.target.closest?.("#side:popover-open");
    if (side && event.relatedTarget && !side.contains(event.relatedTarget)) side.hidePopover();
    const menu = event.target.closest?.("details.menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("[data-select-all]")) event.target.select();
  });

  const clearFilter = (pop) => {
    for (const input of pop.querySelectorAll("input")) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = false;
      else input.value = "";
    }
  };

  const copyText = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand("copy");
    }
    window.guanxi.toast(button.dataset.copied, "ok");
  };

  // A form is sent once: a second press while the first is under way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-switch]") && event.submitter) return switchTheme(event, form);
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    else {
      form.dataset.sent = "1";
      event.submitter?.classList.add("is-busy");
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector(".is-busy")?.classList.remove("is-busy");
    }
  });

  const switchTheme = (event, form) => {
    event.preventDefault();
    const theme = event.submitter.value;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-switch] button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  };

  const expire = (toast) => {
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), TOAST_MS); };
    const stop = () => clearTimeout(timer);
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stop);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
    start();
  };
  const expireNew = () => {
    for (const toast of document.querySelectorAll("[data-toast]:not([data-timed])")) {
      toast.dataset.timed = "1";
      expire(toast);
    }
  };
  // The address that brought a confirmation loses it, so that reloading or coming back does not confirm again.
  const forgetSaid = () => {
    const address = new URL(location.href);
    if (!address.searchParams.has("said")) return;
    address.searchParams.delete("said");
    history.replaceState(history.state, "", address);
  };
  for (const [name, ...tasks] of [["DOMContentLoaded", expireNew, forgetSaid], ["htmx:after:swap", expireNew, forgetSaid]]) {
    for (const task of tasks) document.addEventListener(name, task);
  }

  window.guanxi = {
    toast(text, tone) {
      const toast = document.createElement("div");
      toast.className = `toast ${tone}`;
      toast.dataset.toast = "";
      const words = document.createElement("span");
      words.textContent = text;
      const close = document.createElement("button");
      close.type = "button";
      close.className = "btn-icon sm";
      close.dataset.dismissToast = "";
      close.textContent = "×";
      close.setAttribute("aria-label", document.body.dataset.dismiss);
      toast.append(words, close);
      document.getElementById("toasts")?.append(toast);
      expireNew();
    },
  };
})();
