// Names the fields in which an occupation is looked up: the library that draws them gives them no name.
"use strict";

const query = window.django?.jQuery;

// Handlers of jQuery run in the order in which they were given, so the fields are drawn by then.
query?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const drawn = select.nextElementSibling?.querySelector("[role=combobox]");
    if (!label || !drawn) continue;
    label.id = `${select.id}_label`;
    const shown = drawn.querySelector("[role=textbox]");
    shown?.setAttribute("aria-labelledby", label.id);
    drawn.setAttribute("aria-labelledby", `${label.id} ${shown?.id ?? ""}`.trim());
    drawn.setAttribute("aria-describedby", `${select.id}_helptext`);
    // The field to type in exists only while the list is open.
    query(select).on("select2:open", () => {
      const field = document.querySelector(".select2-container--open .select2-search__field");
      field?.setAttribute("aria-label", label.textContent.trim());
    });
  }
});
