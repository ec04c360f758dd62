"use strict";
// Beside htmx: failures in words, and the keyboard of the occupation search (a WAI-ARIA combobox).
(() => {
  const region = document.querySelector("[data-failed]");
  if (!region || !window.htmx) return;
  try {
    sessionStorage.removeItem("htmx-current-path-for-history"); // may hold a search word
  } catch { /* the browser keeps nothing */ }
  for (const kind of ["responseError", "sendError", "timeout"]) {
    document.addEventListener(`htmx:${kind}`, () => { region.textContent = region.dataset.failed; });
  }

  const list = document.getElementById("occupation-options");
  if (!list) return;
  const input = document.getElementById("occupation-search");
  const cards = document.getElementById("occupation-choices");
  let active = null; // the option that the arrow keys reached
  let settled = null; // a text that is not searched for: chosen, or closed with Escape
  let chosen = null;

  const aria = (name, value) => input.setAttribute(`aria-${name}`, value);
  const activate = (option) => {
    active?.setAttribute("aria-selected", false);
    active = option;
    aria("activedescendant", option ? option.id : "");
    option?.setAttribute("aria-selected", true);
    option?.scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    aria("expanded", open);
    activate(null);
  };
  const settle = () => {
    settled = input.value;
    htmx.trigger(input, "htmx:abort");
    show(false);
  };
  const choose = (option) => {
    chosen = input.value = option.dataset.title;
    settle();
    cards.replaceChildren(option.querySelector("template").content.cloneNode(true));
    cards.scrollIntoView({ block: "nearest" });
    region.textContent = region.dataset.chosen.replace("%s", () => chosen);
  };

  input.setAttribute("role", "combobox");
  aria("autocomplete", "list");
  aria("controls", list.id);
  show(false);
  input.addEventListener("input", () => {
    settled = null;
    activate(null);
  });
  input.addEventListener("keydown", (event) => {
    const { key, isComposing } = event;
    const options = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (isComposing) return;
    if (key === "Tab") return show(false);
    if (step && options.length) {
      const next = active ? options.indexOf(active) + step : Math.min(step, 0);
      if (list.hidden) show(true);
      activate(options.at(next % options.length));
    } else if (key === "Enter" && active) {
      choose(active);
    } else if (key === "Enter" && input.value === chosen) {
      cards.querySelector("input").focus();
    } else if (key === "Escape") {
      if (list.hidden) {
        input.value = region.textContent = "";
        list.replaceChildren();
      }
      settle();
    } else return;
    event.preventDefault();
  });
  input.addEventListener("htmx:beforeRequest", (event) => {
    if (input.value === settled) event.preventDefault();
  });
  list.addEventListener("htmx:afterSwap", () => show(list.children.length > 0 && document.activeElement === input));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
