// The look-up and the global search: a text field whose suggestions the server draws (ARIA combobox with a
// listbox). The text is sent too, so that the form means the same without JavaScript.
(() => {
  "use strict";
  const DELAY_MS = 140;
  const state = new WeakMap();

  const parts = (input) => {
    const root = input.closest("[data-combo]");
    return {
      root,
      list: document.getElementById(input.getAttribute("aria-controls")),
      value: root.querySelector("[data-combo-value]"),
      goes: "comboGo" in root.dataset,
    };
  };
  const of = (input) => {
    if (!state.has(input)) state.set(input, { active: -1 });
    return state.get(input);
  };
  const options = (list) => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];

  const close = (input) => {
    const { list } = parts(input);
    clearTimeout(of(input).timer);
    of(input).request?.abort();
    of(input).active = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (input, index) => {
    const all = options(parts(input).list);
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    of(input).active = index;
    if (all[index]) {
      input.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const open = async (input) => {
    const { root, list, goes } = parts(input);
    if (goes && !input.value.trim()) return close(input);
    const mine = of(input);
    mine.request?.abort();
    mine.request = new AbortController();
    const address = new URL(root.dataset.comboHref, document.baseURI);
    address.searchParams.set("q", mine.typed || goes ? input.value : "");
    let html;
    try {
      const answer = await fetch(address, { signal: mine.request.signal, headers: { "HX-Request": "true" } });
      if (answer.status !== 200 || answer.redirected) return;
      html = await answer.text();
    } catch {
      return;
    }
    if (document.activeElement !== input) return;
    list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    options(list).forEach((option, at) => { option.id = `${list.id}-${at}`; });
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(input, mine.typed && !goes && options(list).length ? 0 : -1);
  };

  const later = (input) => {
    clearTimeout(of(input).timer);
    of(input).timer = setTimeout(() => open(input), DELAY_MS);
  };

  const choose = (input, option) => {
    const { value, goes } = parts(input);
    if (goes) {
      location.assign(option.dataset.href);
      return;
    }
    input.value = option.dataset.text;
    value.value = option.dataset.value;
    of(input).typed = false;
    close(input);
    value.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const combo = (event) => (event.target.matches?.("[data-combo] [role=combobox]") ? event.target : null);

  // In the capture phase: half a word is no reason to recompute the form around it.
  document.addEventListener("input", (event) => {
    const input = combo(event);
    if (!input) return;
    event.stopPropagation();
    of(input).typed = true;
    const { value } = parts(input);
    if (value) value.value = "";
    later(input);
  }, true);

  document.addEventListener("keydown", (event) => {
    const input = combo(event);
    // While a Chinese word is being composed, Enter and the arrows belong to the input method.
    if (!input || event.isComposing) return;
    const { list } = parts(input);
    const count = options(list).length;
    const mine = of(input);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return void open(input);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(input, count ? (mine.active + step + count + (mine.active < 0 && step < 0 ? 1 : 0)) % count : -1);
    } else if (event.key === "Enter" && !list.hidden && mine.active >= 0) {
      event.preventDefault();
      choose(input, options(list)[mine.active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close(input);
    } else if (event.key === "Tab" && !list.hidden && mine.active >= 0 && mine.typed && !parts(input).goes) {
      choose(input, options(list)[mine.active]);
    }
  });

  document.addEventListener("click", (event) => {
    const input = combo(event);
    if (input && parts(input).list.hidden) {
      if (!parts(input).goes) input.select();
      open(input);
    }
    const option = event.target.closest?.("[data-combo] [role=option]:not([aria-disabled])");
    if (option) choose(option.closest("[data-combo]").querySelector("[role=combobox]"), option);
  });
  // Keep the focus in the field while an option is pressed.
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.("[data-combo] [role=listbox]")) event.preventDefault();
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.("[data-combo] [role=listbox]")) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    const input = combo(event);
    if (input) setTimeout(() => { if (document.activeElement !== input) close(input); }, 80);
  });
})();
