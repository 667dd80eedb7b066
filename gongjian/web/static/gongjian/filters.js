/* Filters and forms that ask while one types */
(function () {
  "use strict";
  const { $, $$, on, start, timers } = window.gongjian;
  /* Filters: send when a choice changes, or when typing rests; never while an input method is composing. */
  const REST = 300;
  const send = (form) =>
    form.hasAttribute("hx-get") && window.htmx
      ? form.dispatchEvent(new Event("filter", { bubbles: false }))
      : form.requestSubmit();
  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(
      form,
      setTimeout(() => send(form), REST),
    );
  };
  const isText = (field) =>
    field.matches("input[type=search], input[type=text], input:not([type])") && !field.closest("[data-pick]");
  const remember = (field) => {
    const same = field.dataset.sent === field.value;
    field.dataset.sent = field.value;
    return same;
  };
  on("input", "[data-filters]", (event, form) => {
    if (event.isComposing || !isText(event.target)) return;
    if (!remember(event.target)) later(form);
  });
  on("compositionend", "[data-filters]", (event, form) => {
    if (isText(event.target) && !remember(event.target)) later(form);
  });
  on("change", "[data-filters]", (event, form) => {
    if (!isText(event.target)) send(form);
  });
  on("change", ".filter-rest-fields", (event, fields) => {
    const used = $$(".filter", fields).filter((one) =>
      $$("input, select", one).some(
        (field) =>
          field.name && field.name !== "sort" && (field.type === "checkbox" ? field.checked : field.value),
      ),
    ).length;
    const mark = $(".filter-used", fields.parentElement);
    mark.textContent = mark.textContent.replace(/\d+/, used);
    mark.hidden = used === 0;
  });
  on("submit", "[data-filters]", (event, form) => clearTimeout(timers.get(form)));
  document.addEventListener("htmx:config:request", (event) => {
    const ctx = event.detail && event.detail.ctx;
    const form = ctx && ctx.sourceElement;
    const body = ctx && ctx.request && ctx.request.body;
    if (!form || !form.matches || !form.matches("[data-filters]") || !(body instanceof FormData)) return;
    Array.from(body.entries()).forEach(([name, value]) => {
      if (value === "") body.delete(name);
    });
  });

  /* Live: a form marked data-live is asked about while one types or moves a slider; never while an input method is composing. */
  const stir = (form) => {
    clearTimeout(timers.get(form));
    timers.set(
      form,
      setTimeout(() => form.dispatchEvent(new Event("live", { bubbles: false })), REST),
    );
  };
  on("input", "form[data-live]", (event, form) => {
    if (!event.isComposing) stir(form);
  });
  on("change", "form[data-live]", (event, form) => stir(form));
  on("compositionend", "form[data-live]", (event, form) => stir(form));
  on("input", "[data-show]", (event, field) => {
    const place = $(field.dataset.show);
    if (place) place.textContent = field.value;
  });

  start(() =>
    $$("[data-filters] input").forEach((field) => {
      if (isText(field)) field.dataset.sent = field.value;
    }),
  );
})();
